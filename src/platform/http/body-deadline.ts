import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** In each span of waiting a body brings at least this much, or the rest of it. */
const LEAST_BYTES = 1024;
const TIMED_OUT = 'HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n';

/**
 * Closes a connection whose body does not come. The time of a whole request is not limited, so that a long upload over a
 * poor line, which goes on coming, is taken.
 */
export function closeSilentBodies(app: NestFastifyApplication, seconds: number): void {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onRequest', (request: FastifyRequest, reply: FastifyReply, done: () => void) => {
    if (hasBody(request)) watch(request, reply, seconds * 1_000);
    done();
  });
}

function hasBody({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function watch({ raw }: FastifyRequest, reply: FastifyReply, ms: number): void {
  const { socket } = raw;
  let seen = socket.bytesRead;
  const timer = setInterval(() => {
    if (raw.complete || socket.destroyed) return clearInterval(timer);
    // What has come and was not taken yet is our delay, not the caller's.
    const isWaitedFor = raw.readableLength === 0;
    if (isWaitedFor && socket.bytesRead - seen < LEAST_BYTES) {
      clearInterval(timer);
      if (!reply.raw.headersSent) socket.write(TIMED_OUT);
      socket.destroySoon();
    }
    seen = socket.bytesRead;
  }, ms);
  timer.unref();
  raw.once('close', () => clearInterval(timer));
}
