import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * Every 401 says how a key is sent (RFC 9110, RFC 6750). What the header says depends on the form of the request alone:
 * it is one for a wrong key, a cut key and a key that has ended.
 */
export function challengeCallers(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onSend', (request: FastifyRequest, reply: FastifyReply, payload: unknown, done: Done) => {
    if (reply.statusCode === 401) reply.header('www-authenticate', challengeTo(request.headers.authorization));
    done(null, payload);
  });
}

type Done = (error: null, payload: unknown) => void;

function challengeTo(authorization = ''): string {
  return `Bearer realm="Goodfaith"${/^bearer\s/i.test(authorization) ? ', error="invalid_token"' : ''}`;
}
