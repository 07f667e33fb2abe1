import { createHash } from 'node:crypto';
import rateLimit from '@fastify/rate-limit';
import type { FastifyRequest } from 'fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { refuse } from '../errors/refusal.js';

export interface Rates {
  readonly ratePerKey: number;
  readonly ratePerAddress: number;
}

/**
 * Requests a minute: by key with a key, by address without. The whole token names the bucket, so that nobody empties a
 * key's bucket by knowing its id; answers carry the `RateLimit` headers of the IETF draft.
 */
export async function limitRate(app: NestFastifyApplication, { ratePerKey, ratePerAddress }: Rates): Promise<void> {
  await app.register(rateLimit, {
    max: (request: FastifyRequest) => (hasKey(request) ? ratePerKey : ratePerAddress),
    timeWindow: 60_000,
    cache: 20_000,
    enableDraftSpec: true,
    allowList: (request: FastifyRequest) => request.url.startsWith('/health/') || request.url.startsWith('/graphiql/'),
    keyGenerator: (request: FastifyRequest) =>
      hasKey(request) ? createHash('sha256').update(request.headers.authorization!).digest('base64url') : request.ip,
    errorResponseBuilder: (_request, { ttl }) =>
      refuse('RATE_LIMITED', { parameters: { seconds: Math.ceil(ttl / 1000) } }),
  });
}

function hasKey({ headers }: FastifyRequest): boolean {
  return /^bearer gf_/i.test(headers.authorization ?? '');
}
