import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';

/** What is public and may be kept by whoever read it. */
export interface Cacheable {
  readonly body: string;
  readonly type: string;
  /** Suggested when it is saved; a page has none. */
  readonly fileName?: string;
  /** Saved rather than shown. */
  readonly isAttachment?: boolean;
  /** Never changes under its address: a year is the longest that RFC 9111 expects caches to believe. */
  readonly isImmutable?: boolean;
  /** Whether `Accept-Language` decided what it says. */
  readonly isNegotiated?: boolean;
}

/** Answers it with its ETag, or 304 to a caller that has it already. Readable and embeddable from any site. */
export function answerCacheable(reply: FastifyReply, answer: Cacheable): string {
  const etag = `"${createHash('sha256').update(answer.body).digest('base64url').slice(0, 27)}"`;
  void reply
    .header('etag', etag)
    .header('cache-control', answer.isImmutable ? 'public, max-age=31536000, immutable' : 'public, no-cache')
    .header('access-control-allow-origin', '*')
    .header('cross-origin-resource-policy', 'cross-origin');
  if (answer.isNegotiated) void reply.header('vary', 'Accept-Language');
  if (isKnown(reply.request.headers['if-none-match'], etag)) {
    void reply.status(304);
    return '';
  }
  void reply.type(answer.type);
  if (answer.fileName) {
    const disposition = answer.isAttachment ? 'attachment' : 'inline';
    void reply.header('content-disposition', `${disposition}; filename="${answer.fileName}"`);
  }
  return answer.body;
}

/** RFC 9110, section 13.1.2: a list, compared weakly. */
function isKnown(header: string | undefined, etag: string): boolean {
  const tags = (header ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes(etag) || tags.includes('*');
}
