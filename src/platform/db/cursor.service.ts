import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { refuse } from '../errors/refusal.js';
import { deriveKeys } from './secrets.js';

/** The newest of the service's secrets. */
export const SECRET = Symbol('SECRET');
/** All of them, the newest first: a list of `Secrets`. */
export const SECRETS = Symbol('SECRETS');

/** The first byte of each cursor, so that a text which is no cursor is not taken for one of an unknown secret. */
const FORM = 1;
const ID_BYTES = 3;
const HEAD_BYTES = 1 + ID_BYTES;
const IV_BYTES = 12;
const TAG_BYTES = 16;

interface CursorKey {
  /** The first bytes of the cursor: which secret made it. */
  readonly head: Buffer;
  readonly encryption: Buffer;
  readonly nonce: Buffer;
}

/**
 * Cursors are encrypted: a readable one would show how many others lie between two of mine. The nonce is derived from
 * the content, so that a row's cursor in one list is always the same text; that equal rows look equal is intended.
 */
@Injectable()
export class CursorCipher {
  private readonly keys: readonly CursorKey[];

  constructor(@Inject(SECRETS) secrets: readonly string[]) {
    const [ids, encryption, nonce] = ['id', 'encryption', 'nonce'].map((use) =>
      deriveKeys(secrets, `goodfaith cursor ${use}`),
    );
    this.keys = secrets.map((_, i) => ({
      head: Buffer.concat([Buffer.from([FORM]), ids[i].subarray(0, ID_BYTES)]),
      encryption: encryption[i],
      nonce: nonce[i],
    }));
  }

  /** `scope` names the list, its order and its filter: a cursor opens only where it was made. */
  seal(scope: string, keys: readonly unknown[]): string {
    const [{ head, encryption, nonce: nonceKey }] = this.keys;
    const plain = Buffer.from(JSON.stringify(keys));
    const nonce = createHmac('sha256', nonceKey)
      .update(scope)
      .update('\0')
      .update(plain)
      .digest()
      .subarray(0, IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', encryption, nonce).setAAD(Buffer.from(scope));
    return Buffer.concat([head, nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString(
      'base64url',
    );
  }

  /** The keys, or null for anything that was not sealed here for this scope. Refuses what another secret made. */
  open(scope: string, cursor: string): unknown[] | null {
    const bytes = Buffer.from(cursor, 'base64url');
    if (bytes.length <= HEAD_BYTES + IV_BYTES + TAG_BYTES || bytes.toString('base64url') !== cursor) return null;
    if (bytes[0] !== FORM) return null;
    const key = this.keys.find(({ head }) => head.equals(bytes.subarray(0, HEAD_BYTES)));
    if (!key) throw refuse('MADE_WITH_ANOTHER_SECRET');
    try {
      const sealed = bytes.subarray(HEAD_BYTES);
      const decipher = createDecipheriv('aes-256-gcm', key.encryption, sealed.subarray(0, IV_BYTES));
      decipher.setAAD(Buffer.from(scope)).setAuthTag(sealed.subarray(-TAG_BYTES));
      const plain = Buffer.concat([decipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
      return JSON.parse(plain.toString()) as unknown[];
    } catch {
      return null;
    }
  }
}
