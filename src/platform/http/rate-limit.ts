import { createHash } from 'node:crypto';
import rateLimit from '@fastify/rate-limit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { LRUCache } from 'lru-cache';
import type { ActingRequest } from '../access/acting-request.js';
import { refuse } from '../errors/refusal.js';
import { asksForPublicFile } from './public-file.js';

export interface Rates {
  readonly ratePerKey: number;
  readonly ratePerAddress: number;
  readonly ratePerAddressOfFiles: number;
}

const WINDOW_MS = 60_000;
const MOST_REMEMBERED = 20_000;

/** No address and no digest of a key begins like this. */
const FILES_OF = 'files of ';

/**
 * Requests a minute: by key with a key, by address without. What an address reads of public files is counted apart. The whole token names the bucket, so that nobody empties a
 * key's bucket by knowing its id; answers carry the `RateLimit` headers of the IETF draft.
 */
export async function limitRate(app: NestFastifyApplication, rates: Rates): Promise<void> {
  const { ratePerKey, ratePerAddress, ratePerAddressOfFiles } = rates;
  const guesses = new Guesses(ratePerAddress);
  const most = (request: FastifyRequest, bucket: string): number => {
    if (bucket.startsWith(FILES_OF)) return ratePerAddressOfFiles;
    return bucket === request.ip ? ratePerAddress : ratePerKey;
  };
  await app.register(rateLimit, {
    max: most,
    timeWindow: WINDOW_MS,
    cache: MOST_REMEMBERED,
    enableDraftSpec: true,
    allowList: (request: FastifyRequest) => request.url.startsWith('/health/') || request.url.startsWith('/graphiql/'),
    keyGenerator: (request: FastifyRequest) => {
      const bucket = guesses.bucketOf(request);
      return bucket === request.ip && asksForPublicFile(request) ? `${FILES_OF}${bucket}` : bucket;
    },
    errorResponseBuilder: (_request, { ttl }) =>
      refuse('RATE_LIMITED', { parameters: { seconds: Math.ceil(ttl / 1000) } }),
  });
  const fastify = app.getHttpAdapter().getInstance();
  const countOne = fastify.createRateLimit();
  fastify.addHook('onRequest', (request: FastifyRequest, reply: FastifyReply, done: () => void) => {
    (request as ActingRequest).countMore = async (calls) => {
      for (let i = 0; i < calls; i++) {
        const rate = await countOne(request);
        if (rate.isAllowed) return;
        reply.header('ratelimit-remaining', rate.remaining);
        if (!rate.isExceeded) continue;
        reply.header('retry-after', rate.ttlInSeconds);
        throw refuse('RATE_LIMITED', { parameters: { seconds: rate.ttlInSeconds } });
      }
    };
    done();
  });
  fastify.addHook('onResponse', (request: FastifyRequest, reply: FastifyReply, done: () => void) => {
    guesses.learn(request, reply.statusCode);
    done();
  });
}

/**
 * A made-up key is no key: an address that sent too many of them has the rate of an address for every key that was not
 * seen to work. Keys that were keep their own, so that nobody locks out a neighbor behind the same proxy.
 */
class Guesses {
  private readonly working = new LRUCache<string, true>({ max: MOST_REMEMBERED });
  private readonly failures = new LRUCache<string, number>({ max: MOST_REMEMBERED, ttl: WINDOW_MS });

  constructor(private readonly most: number) {}

  bucketOf({ headers, ip }: FastifyRequest): string {
    const key = keyOf(headers.authorization);
    if (key === null) return ip;
    return !this.working.has(key) && (this.failures.get(ip) ?? 0) >= this.most ? ip : key;
  }

  learn({ headers, ip }: FastifyRequest, status: number): void {
    const key = keyOf(headers.authorization);
    if (key === null || status === 429) return;
    if (status !== 401) this.working.set(key, true);
    else this.failures.set(ip, (this.failures.get(ip) ?? 0) + 1, { noUpdateTTL: true });
  }
}

function keyOf(authorization = ''): string | null {
  return /^bearer gf_/i.test(authorization) ? createHash('sha256').update(authorization).digest('base64url') : null;
}
