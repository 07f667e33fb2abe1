import { Injectable } from '@nestjs/common';
import { Entropy } from '../platform/clock/entropy.js';
import type { Answer } from '../platform/idempotency/mutations.service.js';
import type { NewSecret } from './api-key.rules.js';
import { formatToken, tokenPrefix } from './api-key.rules.js';
import { digestOf } from './key-authenticator.service.js';

const SECRET_BYTES = 32;

/** An answer that may hold a secret: shown once, never stored. */
export interface KeyAnswer extends Answer {
  readonly secret: string | null;
}

/** Makes secrets, or takes the digest of a secret that the caller made, so that no lost answer loses a key. */
@Injectable()
export class KeySecrets {
  constructor(private readonly entropy: Entropy) {}

  make(secretDigest?: string | null): NewSecret {
    const id = this.entropy.uuidv7();
    if (secretDigest) return { id, digest: Buffer.from(secretDigest, 'hex'), token: null, isOwn: true };
    const secret = this.entropy.bytes(SECRET_BYTES).toString('base64url');
    return { id, digest: digestOf(secret), token: formatToken({ id, secret }), isOwn: false };
  }

  /** The whole key, when the secret goes to a key that was there before. */
  tokenFor(keyId: string, { id, token }: NewSecret): string | null {
    return token && `${tokenPrefix(keyId)}${token.slice(tokenPrefix(id).length)}`;
  }

  /** The secret with the first answer. A caller who made the secret is never told that one was shown. */
  show(answer: Answer, { token, isOwn }: NewSecret): KeyAnswer {
    if (!answer.replayed || isOwn) return { ...answer, secret: answer.replayed ? null : token };
    return { ...answer, secret: null, notices: [{ code: 'SECRET_ALREADY_SHOWN' }] };
  }
}
