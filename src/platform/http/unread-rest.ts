import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * Reads, and forgets, what is left of a body that was answered before its end, such as a file that is refused by its first
 * bytes. The next request on the same connection comes behind that rest: left unread, the rest would hold the next request
 * for ever. Node does this by itself only for a body of which nothing was read.
 */
export function readRestOfBodies(app: NestFastifyApplication): void {
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onResponse', ({ raw }: FastifyRequest, _reply: FastifyReply, done: () => void) => {
      if (!raw.readableEnded) raw.unpipe().resume();
      done();
    });
}
