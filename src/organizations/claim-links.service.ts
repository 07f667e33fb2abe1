import { Injectable } from '@nestjs/common';
import { digestOf } from '../accounts/key-authenticator.service.js';
import { Entropy } from '../platform/clock/entropy.js';

const TOKEN_BYTES = 32;
const DAY = 86_400_000;
/** Long enough for a letter to a village, short enough that a lost link dies. */
const DAYS_TO_CLAIM = 60;

export interface ClaimLink {
  readonly token: string;
  /** All of the token that is kept. */
  readonly tokenDigest: Buffer;
  readonly expiresAt: Date;
}

/** Whoever claims the link gets the group's key, once. Who made the link sees the token once and the key never. */
@Injectable()
export class ClaimLinks {
  constructor(private readonly entropy: Entropy) {}

  make(now: Date): ClaimLink {
    const token = this.entropy.bytes(TOKEN_BYTES).toString('base64url');
    return { token, tokenDigest: digestOf(token), expiresAt: new Date(now.getTime() + DAYS_TO_CLAIM * DAY) };
  }
}
