import { randomBytes, randomUUID } from 'node:crypto';

import { type Clock } from './clock.js';

/** The only source of randomness: ids, secrets, request ids. Tests replace it to make two runs byte-identical. */

export class Entropy {
  constructor(private readonly clock: Clock) {}

  bytes(size: number): Buffer {
    return randomBytes(size);
  }

  /** For obstacles and all about them: carries no time. */
  uuidv4(): string {
    return randomUUID();
  }

  /** Apart from the others, so that two runs that differ in a hidden obstacle can be held against each other. */
  requestId(): string {
    return randomUUID();
  }

  /** For everything else: ordered by creation, so that indexes grow at one end (RFC 9562, section 5.7). */
  uuidv7(): string {
    const bytes = this.bytes(16);
    bytes.writeUIntBE(this.clock.now().getTime(), 0, 6);
    bytes[6] = 0x70 | (bytes[6] & 0x0f);
    bytes[8] = 0x80 | (bytes[8] & 0x3f);
    const hex = bytes.toString('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  }
}
