import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * No answer is kept by whoever passes it on: neither what a caller with a key was told, errors included, nor an answer with a
 * new key in it. What is public says itself how long it may be kept, and is kept for callers without a key alone.
 */
export function keepNothing(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onSend', (request: FastifyRequest, reply: FastifyReply, _payload: unknown, done: () => void) => {
    const own = reply.getHeader('cache-control');
    if (request.headers.authorization !== undefined || own === undefined) reply.header('cache-control', 'no-store');
    const vary = String(reply.getHeader('vary') ?? '');
    if (!/\bauthorization\b/i.test(vary)) reply.header('vary', vary ? `${vary}, Authorization` : 'Authorization');
    done();
  });
}
