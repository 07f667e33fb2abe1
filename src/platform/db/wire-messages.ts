/** Messages of PostgreSQL's extended query protocol, put together in one buffer so that a group is one write. */

const SYNC = Buffer.from([0x53, 0, 0, 0, 4]);
const EXECUTE_ALL = Buffer.from([0x45, 0, 0, 0, 9, 0, 0, 0, 0, 0]);
const DESCRIBE_PORTAL = Buffer.from([0x44, 0, 0, 0, 6, 0x50, 0]);
const FIRST_SIZE = 16_384;
/** A text's bytes are at most three times its UTF-16 length. */
const MOST_BYTES_PER_UNIT = 3;

export class WireMessages {
  private bytes = Buffer.allocUnsafe(FIRST_SIZE);
  private length = 0;

  parse(name: string, text: string): void {
    const start = this.begin(0x50);
    this.text(name);
    this.text(text);
    this.int16(0);
    this.end(start);
  }

  /** Ends a prepared statement, also in a transaction that failed. That there is none of this name is no error. */
  close(name: string): void {
    const start = this.begin(0x43);
    this.byte(0x53);
    this.text(name);
    this.end(start);
  }

  /** Values are null, text, or bytes; all columns come back as text. */
  bind(name: string, values: readonly (string | Buffer | null)[]): void {
    const start = this.begin(0x42);
    this.byte(0);
    this.text(name);
    this.int16(values.length);
    for (const value of values) this.int16(typeof value === 'string' || value === null ? 0 : 1);
    this.int16(values.length);
    for (const value of values) this.value(value);
    this.int16(0);
    this.end(start);
  }

  describe(): void {
    this.append(DESCRIBE_PORTAL);
  }

  execute(): void {
    this.append(EXECUTE_ALL);
  }

  sync(): void {
    this.append(SYNC);
  }

  /** What was put together since the last time: a copy, since the socket may keep it. */
  take(): Buffer {
    const taken = Buffer.from(this.bytes.subarray(0, this.length));
    this.length = 0;
    if (this.bytes.length > 16 * FIRST_SIZE) this.bytes = Buffer.allocUnsafe(FIRST_SIZE);
    return taken;
  }

  /** Forgets what was put together. */
  clear(): void {
    this.length = 0;
  }

  private begin(code: number): number {
    this.byte(code);
    this.room(4);
    this.length += 4;
    return this.length - 4;
  }

  private end(start: number): void {
    this.bytes.writeInt32BE(this.length - start, start);
  }

  private value(value: string | Buffer | null): void {
    if (value === null) return this.int32(-1);
    if (typeof value !== 'string') {
      this.int32(value.length);
      return this.append(value);
    }
    this.room(4 + value.length * MOST_BYTES_PER_UNIT);
    const written = this.bytes.write(value, this.length + 4);
    this.bytes.writeInt32BE(written, this.length);
    this.length += 4 + written;
  }

  private text(value: string): void {
    this.room(value.length * MOST_BYTES_PER_UNIT + 1);
    this.length += this.bytes.write(value, this.length);
    this.bytes[this.length++] = 0;
  }

  private append(bytes: Buffer): void {
    this.room(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  private byte(value: number): void {
    this.room(1);
    this.bytes[this.length++] = value;
  }

  private int16(value: number): void {
    this.room(2);
    this.length = this.bytes.writeInt16BE(value, this.length);
  }

  private int32(value: number): void {
    this.room(4);
    this.length = this.bytes.writeInt32BE(value, this.length);
  }

  private room(wanted: number): void {
    if (this.length + wanted <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, this.length + wanted));
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
  }
}
