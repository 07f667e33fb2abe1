import { createHmac, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { SECRETS } from '../db/cursor.service.js';
import { deriveKeys } from '../db/secrets.js';

/** What a link may be used for: to fetch one file as one reader might, until it expires. */
export interface FileLink {
  /** The public id of the file. */
  readonly id: string;
  /** The public id of the funder or grantee it was made for, as whom it is read. */
  readonly reader: string;
}

/** Long enough to open it or to watch a recording's beginning, too short to pass on; a player may ask for a new one. */
export const LINK_SECONDS = 600;

const ID_BYTES = 3;
const MAC_BYTES = 32;

interface LinkKey {
  readonly id: Buffer;
  readonly key: Buffer;
}

/** Links that carry their own permission, so that a browser or a player can follow them without a key. */
@Injectable()
export class FileLinks {
  private readonly keys: readonly LinkKey[];

  constructor(
    @Inject(SECRETS) secrets: readonly string[],
    private readonly clock: Clock,
  ) {
    const ids = deriveKeys(secrets, 'goodfaith file link id');
    this.keys = deriveKeys(secrets, 'goodfaith file link').map((key, i) => ({ id: ids[i].subarray(0, ID_BYTES), key }));
  }

  /** The query of a link that is good from now for `LINK_SECONDS`. */
  sign(link: FileLink): string {
    const expires = String(Math.floor(this.clock.now().getTime() / 1000) + LINK_SECONDS);
    const signature = signatureOf(this.keys[0], link, expires).toString('base64url');
    return new URLSearchParams({ reader: link.reader, expires, signature }).toString();
  }

  /** Whether this is a link of ours, and still good; or one of a secret that is not in the list (any more). */
  check(link: FileLink, expires: string, signature: string): 'GOOD' | 'EXPIRED' | 'FORGED' | 'OF_ANOTHER_SECRET' {
    const given = Buffer.from(signature, 'base64url');
    // One text for one signature: base64url readers forgive odd characters.
    if (given.length !== ID_BYTES + MAC_BYTES || given.toString('base64url') !== signature) return 'FORGED';
    const key = this.keys.find(({ id }) => id.equals(given.subarray(0, ID_BYTES)));
    if (!key) return 'OF_ANOTHER_SECRET';
    if (!timingSafeEqual(given, signatureOf(key, link, expires))) return 'FORGED';
    return Number(expires) * 1000 > this.clock.now().getTime() ? 'GOOD' : 'EXPIRED';
  }
}

/** Begins with the id of the key, so that a reader can tell which of the secrets made it. */
function signatureOf({ id: keyId, key }: LinkKey, { id, reader }: FileLink, expires: string): Buffer {
  const mac = createHmac('sha256', key).update(JSON.stringify([id, reader, expires]));
  return Buffer.concat([keyId, mac.digest()]);
}
