import { createHmac, hkdfSync } from 'node:crypto';

/**
 * The object of an idempotency key's lock. Keyed with the secret of the service: nobody outside can find two keys with one
 * number, so a call in flight is met by calls with the same key alone (and by another of four thousand million by chance,
 * which then is told to try again).
 */
export class LockNumbers {
  private readonly key: Buffer;

  constructor(secret: string) {
    this.key = Buffer.from(hkdfSync('sha256', secret, '', 'goodfaith idempotency lock', 32));
  }

  of(scope: readonly (string | null)[]): number {
    return createHmac('sha256', this.key).update(JSON.stringify(scope)).digest().readInt32BE();
  }
}
