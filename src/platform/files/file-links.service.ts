import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { SECRET } from '../db/cursor.service.js';

/** What a link may be used for: to fetch one file as one reader might, until it expires. */
export interface FileLink {
  /** The public id of the file. */
  readonly id: string;
  /** The public id of the funder or grantee it was made for, as whom it is read. */
  readonly reader: string;
}

/** Long enough to open it or to watch a recording's beginning, too short to pass on; a player may ask for a new one. */
export const LINK_SECONDS = 600;

/** Links that carry their own permission, so that a browser or a player can follow them without a key. */
@Injectable()
export class FileLinks {
  private readonly key: Buffer;

  constructor(
    @Inject(SECRET) secret: string,
    private readonly clock: Clock,
  ) {
    this.key = Buffer.from(hkdfSync('sha256', secret, '', 'goodfaith file link', 32));
  }

  /** The query of a link that is good from now for `LINK_SECONDS`. */
  sign(link: FileLink): string {
    const expires = String(Math.floor(this.clock.now().getTime() / 1000) + LINK_SECONDS);
    const signature = this.signatureOf(link, expires).toString('base64url');
    return new URLSearchParams({ reader: link.reader, expires, signature }).toString();
  }

  /** Whether this is a link of ours, and still good. */
  check(link: FileLink, expires: string, signature: string): 'GOOD' | 'EXPIRED' | 'FORGED' {
    const expected = this.signatureOf(link, expires);
    const given = Buffer.from(signature, 'base64url');
    const isOurs = given.length === expected.length && timingSafeEqual(given, expected);
    // One text for one signature: base64url readers forgive odd characters.
    if (!isOurs || given.toString('base64url') !== signature) return 'FORGED';
    return Number(expires) * 1000 > this.clock.now().getTime() ? 'GOOD' : 'EXPIRED';
  }

  private signatureOf({ id, reader }: FileLink, expires: string): Buffer {
    return createHmac('sha256', this.key)
      .update(JSON.stringify([id, reader, expires]))
      .digest();
  }
}
