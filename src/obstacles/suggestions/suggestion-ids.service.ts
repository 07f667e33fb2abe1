import { createCipheriv, createDecipheriv } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { SECRETS } from '../../platform/db/cursor.service.js';
import { deriveKeys } from '../../platform/db/secrets.js';
import type { SuggestionCode } from './suggestion.rules.js';
import { SUGGESTION_CODES } from './suggestion.rules.js';

/**
 * A suggestion is kept nowhere, so its id is that of its fact under a key of the code's own: the same for as long as the secret
 * of the service, one for each fact and code, and telling nothing to whoever finds it in a log. An id that an older secret
 * made still opens. An id is one block of AES, which is a permutation.
 */
@Injectable()
export class SuggestionIds {
  private readonly keys: ReadonlyMap<SuggestionCode, readonly Buffer[]>;

  constructor(@Inject(SECRETS) secrets: readonly string[]) {
    this.keys = new Map(SUGGESTION_CODES.map((code) => [code, deriveKeys(secrets, `goodfaith suggestion ${code}`)]));
  }

  seal(code: SuggestionCode, factId: string): string {
    return uuidOf(
      createCipheriv('aes-256-ecb', this.keys.get(code)![0], null).setAutoPadding(false).update(bytesOf(factId)),
    );
  }

  /** The fact it would be for each code and secret: at most one of them is there. */
  open(id: string): { code: SuggestionCode; factId: string }[] {
    return [...this.keys].flatMap(([code, keys]) =>
      keys.map((key) => ({
        code,
        factId: uuidOf(createDecipheriv('aes-256-ecb', key, null).setAutoPadding(false).update(bytesOf(id))),
      })),
    );
  }
}

function bytesOf(uuid: string): Buffer {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex');
}

function uuidOf(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
