import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

/** How something that is public is sent, and how long it may be kept by whoever read it. */
interface Kept {
  readonly type: string;
  /** Suggested when it is saved; a page has none. */
  readonly fileName?: string;
  /** Saved rather than shown. */
  readonly isAttachment?: boolean;
  /** Never changes under its address: a year is the longest that RFC 9111 expects caches to believe. */
  readonly isImmutable?: boolean;
  /** Whether `Accept-Language` decided what it says. */
  readonly isNegotiated?: boolean;
  /** What describes it, as a `Link` header has it. */
  readonly link?: string;
}

export interface Cacheable extends Kept {
  readonly body: string;
}

/** A file that is made while it is sent. */
export interface CacheableStream extends Kept {
  /** Another whenever the content is another. */
  readonly version: string;
  readonly content: () => AsyncIterable<string>;
}

/** Answers it with its ETag, or 304 to a caller that has it already. Readable and embeddable from any site. */
export function answerCacheable(reply: FastifyReply, answer: Cacheable): string {
  return isToBeSent(reply, answer, answer.body) ? answer.body : '';
}

/** The same of a file that is made while it is sent. One that breaks off is told by its connection, which breaks off too. */
export async function answerCacheableStream(reply: FastifyReply, answer: CacheableStream): Promise<void> {
  await reply.send(isToBeSent(reply, answer, answer.version) ? Readable.from(answer.content()) : '');
}

function isToBeSent(reply: FastifyReply, answer: Kept, version: string): boolean {
  const etag = `"${createHash('sha256').update(version).digest('base64url').slice(0, 27)}"`;
  void reply
    .header('etag', etag)
    .header('cache-control', answer.isImmutable ? 'public, max-age=31536000, immutable' : 'public, no-cache')
    .header('access-control-allow-origin', '*')
    .header('cross-origin-resource-policy', 'cross-origin');
  if (answer.link) void reply.header('link', answer.link);
  if (answer.isNegotiated) void reply.header('vary', 'Accept-Language');
  if (isKnown(reply.request.headers['if-none-match'], etag)) {
    void reply.status(304);
    return false;
  }
  void reply.type(answer.type);
  if (answer.fileName) {
    const disposition = answer.isAttachment ? 'attachment' : 'inline';
    void reply.header('content-disposition', `${disposition}; filename="${answer.fileName}"`);
  }
  return true;
}

/** RFC 9110, section 13.1.2: a list, compared weakly. */
function isKnown(header: string | undefined, etag: string): boolean {
  const tags = (header ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes(etag) || tags.includes('*');
}
