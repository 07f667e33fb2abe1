import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';

export const SECRET = Symbol('SECRET');

const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Cursors are encrypted: a readable one would show how many others lie between two of mine. The nonce is derived from
 * the content, so that a row's cursor in one list is always the same text; that equal rows look equal is intended.
 */
@Injectable()
export class CursorCipher {
  private readonly encryptionKey: Buffer;
  private readonly nonceKey: Buffer;

  constructor(@Inject(SECRET) secret: string) {
    const derive = (purpose: string): Buffer => Buffer.from(hkdfSync('sha256', secret, '', purpose, 32));
    this.encryptionKey = derive('goodfaith cursor encryption');
    this.nonceKey = derive('goodfaith cursor nonce');
  }

  /** `scope` names the list, its order and its filter: a cursor opens only where it was made. */
  seal(scope: string, keys: readonly unknown[]): string {
    const plain = Buffer.from(JSON.stringify(keys));
    const nonce = createHmac('sha256', this.nonceKey)
      .update(scope)
      .update('\0')
      .update(plain)
      .digest()
      .subarray(0, IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.encryptionKey, nonce).setAAD(Buffer.from(scope));
    return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString('base64url');
  }

  /** The keys, or null for anything that was not sealed here for this scope. */
  open(scope: string, cursor: string): unknown[] | null {
    const bytes = Buffer.from(cursor, 'base64url');
    if (bytes.length <= IV_BYTES + TAG_BYTES || bytes.toString('base64url') !== cursor) return null;
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.encryptionKey, bytes.subarray(0, IV_BYTES));
      decipher.setAAD(Buffer.from(scope)).setAuthTag(bytes.subarray(-TAG_BYTES));
      const plain = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
      return JSON.parse(plain.toString()) as unknown[];
    } catch {
      return null;
    }
  }
}
