import { createHash } from 'node:crypto';
import { Clock } from '../../src/platform/clock/clock.js';
import { Entropy } from '../../src/platform/clock/entropy.js';

/** Stands still within a request; each request is a second after the one before. */
class RequestClock extends Clock {
  private instant = Date.parse('2026-11-23T02:00:00Z');

  override now(): Date {
    return new Date(this.instant);
  }

  override aheadOf(): number {
    return 0;
  }

  step(): void {
    this.instant += 1_000;
  }
}

/**
 * Three streams that run apart: hidden ids, request ids, and all else. What draws from one does not move the others, and
 * hidden ids begin anew with each request, so that one caller's do not move another's.
 */
class RepeatableEntropy extends Entropy {
  private readonly drawn = new Map<string, number>();

  constructor(
    private readonly steps: RequestClock,
    private readonly isAnewEachRequest: boolean,
  ) {
    super(steps);
  }

  override bytes(size: number): Buffer {
    return this.draw('open', size, this.isAnewEachRequest ? this.steps.now().toISOString() : '');
  }

  override uuidv4(): string {
    return version4(this.draw('hidden', 16, this.steps.now().toISOString()));
  }

  override requestId(): string {
    this.steps.step();
    this.drawn.set('hidden', 0);
    if (this.isAnewEachRequest) this.drawn.set('open', 0);
    return version4(this.draw('request', 16));
  }

  private draw(stream: string, size: number, salt = ''): Buffer {
    const count = (this.drawn.get(stream) ?? 0) + 1;
    this.drawn.set(stream, count);
    const blocks = Array.from({ length: Math.ceil(size / 32) }, (_, i) =>
      createHash('sha256').update(`${stream} ${salt} ${count} ${i}`).digest(),
    );
    return Buffer.concat(blocks).subarray(0, size);
  }
}

function version4(bytes: Buffer): string {
  bytes[6] = 0x40 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  return bytes.toString('hex').replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/**
 * A clock and ids that are the same in every run of the same requests; with `isAnewEachRequest` also in a run of as many
 * others, for ids then depend only on which request it is.
 */
export function repeatable(isAnewEachRequest = false): { clock: Clock; entropy: Entropy } {
  const clock = new RequestClock();
  return { clock, entropy: new RepeatableEntropy(clock, isAnewEachRequest) };
}
