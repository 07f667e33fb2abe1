import { createHash } from 'node:crypto';
import { Clock } from '../platform/clock/clock.js';
import { Entropy } from '../platform/clock/entropy.js';

const BLOCK = 32;

/** Bytes that look random and are the same for the same seed: SHA-256 of the seed and a counter. For simulations only. */
export class SeededBytes {
  private left: Buffer = Buffer.alloc(0);
  private count = 0;

  constructor(private readonly seed: string) {}

  take(size: number): Buffer {
    const parts = [this.left];
    for (let have = this.left.length; have < size; have += BLOCK) {
      parts.push(createHash('sha256').update(`${this.seed} ${this.count++}`).digest());
    }
    const all = Buffer.concat(parts);
    this.left = all.subarray(size);
    return Buffer.from(all.subarray(0, size));
  }

  /** From 0 to below 1. */
  number(): number {
    return this.take(6).readUIntBE(0, 6) / 2 ** 48;
  }

  /** One of them, as often as its weight says. */
  pick<T>(choices: readonly { readonly weight: number; readonly value: T }[]): T {
    let at = this.number() * choices.reduce((sum, { weight }) => sum + weight, 0);
    return (choices.find(({ weight }) => (at -= weight) < 0) ?? choices[choices.length - 1]).value;
  }

  uuid(): string {
    const bytes = this.take(16);
    bytes[6] = 0x40 | (bytes[6] & 0x0f);
    bytes[8] = 0x80 | (bytes[8] & 0x3f);
    return bytes.toString('hex').replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  }
}

/** Stands where the simulation puts it. */
export class SimulatedClock extends Clock {
  private instant = 0;

  override now(): Date {
    return new Date(this.instant);
  }

  override aheadOf(): number {
    return 0;
  }

  set(instant: number): void {
    this.instant = instant;
  }
}

/** Ids and noise of a simulated service, so that a whole run can be repeated. Each task begins a stream of its own. */
export class SeededEntropy extends Entropy {
  private stream: SeededBytes;

  constructor(
    clock: Clock,
    private readonly seed: string,
  ) {
    super(clock);
    this.stream = new SeededBytes(seed);
  }

  /** What was drawn before, and how often something was tried again, no longer matters. */
  begin(task: string): void {
    this.stream = new SeededBytes(`${this.seed} ${task}`);
  }

  override bytes(size: number): Buffer {
    return this.stream.take(size);
  }

  override uuidv4(): string {
    return this.stream.uuid();
  }

  override requestId(): string {
    return this.stream.uuid();
  }
}
