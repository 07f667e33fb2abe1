import type { Readable } from 'node:stream';
import { create as contentDisposition } from 'content-disposition';
import { Injectable } from '@nestjs/common';
import { FileStore } from '../../platform/files/file-store.js';
import type { LinkQuery } from './attachment-links.service.js';
import { AttachmentLinks } from './attachment-links.service.js';
import { rangeOf } from './byte-range.rules.js';
import { allowedType } from './media-type.rules.js';

/** What goes over HTTP: with a range a part of the file, or word that there is no such part. */
export interface ServedFile {
  readonly status: 200 | 206 | 416;
  readonly headers: Readonly<Record<string, string | number>>;
  readonly content: Readable | null;
}

/** Serves attachments so that a browser runs nothing of them. */
@Injectable()
export class AttachmentReader {
  constructor(
    private readonly links: AttachmentLinks,
    private readonly files: FileStore,
  ) {}

  async read(id: string, link: LinkQuery, range: string | undefined, ifRange: string | undefined): Promise<ServedFile> {
    const { fileId, name, mediaType, size, sha256 } = await this.links.follow(id, link);
    const etag = `"${sha256.toString('hex')}"`;
    const asked = ifRange === undefined || ifRange === etag ? rangeOf(range, size) : 'ALL';
    const headers = {
      'content-type': mediaType,
      'content-disposition': contentDisposition(name, {
        type: allowedType(mediaType)?.isShown ? 'inline' : 'attachment',
      }),
      // An origin of its own, in which nothing is loaded and nothing runs, whatever the bytes turn out to be.
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      // The link is the permission: a portal on another origin may show the picture.
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'private, no-store',
      'accept-ranges': 'bytes',
      etag,
    };
    if (asked === 'NONE') {
      return { status: 416, headers: { ...headers, 'content-range': `bytes */${size}` }, content: null };
    }
    if (asked === 'ALL') {
      return { status: 200, headers: { ...headers, 'content-length': size }, content: await this.files.read(fileId) };
    }
    const { first, last } = asked;
    const part = { 'content-range': `bytes ${first}-${last}/${size}`, 'content-length': last - first + 1 };
    return { status: 206, headers: { ...headers, ...part }, content: await this.files.read(fileId, asked) };
  }
}
