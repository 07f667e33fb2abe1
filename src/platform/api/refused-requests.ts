import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLFormattedError } from 'graphql';
import type { PendingExtensions } from '../errors/format-error.js';
import { finishError } from '../errors/graphql/finish-error.js';
import type { RequestTrouble } from '../errors/reasons.js';
import { localeOf } from './locale.js';

/**
 * Apollo refuses some requests before it asks who is calling and in which language: lists of operations, what another site
 * could have sent, what holds no query. Its answer is finished here as the edge plugin finishes all others.
 */
export function finishRefusedRequests(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook(
    'onSend',
    (request: FastifyRequest, reply: FastifyReply, payload: unknown, done: (error: null, payload: unknown) => void) => {
      const isRefused = reply.statusCode >= 400 && request.routeOptions.url === '/graphql';
      done(null, isRefused && typeof payload === 'string' ? finished(payload, request) : payload);
    },
  );
}

function finished(payload: string, request: FastifyRequest): string {
  if (!payload.startsWith('{"errors":') || payload.includes('"requestId":')) return payload;
  const answer = JSON.parse(payload) as { errors: GraphQLFormattedError[] };
  const told = { locale: localeOf(request.headers['accept-language']), requestId: request.id };
  const errors = answer.errors.map((error) => finishError(withBody(error, request.body), told));
  return JSON.stringify({ ...answer, errors });
}

/** Apollo says of every body without a field that there is none. */
function withBody(error: GraphQLFormattedError, body: unknown): GraphQLFormattedError {
  const { parameters, ...rest } = error.extensions as unknown as PendingExtensions;
  if (parameters?.why !== ('BODY_MISSING' satisfies RequestTrouble) || body === undefined) return error;
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
  const why: RequestTrouble = isObject ? 'QUERY_MISSING' : 'BODY_NOT_AN_OBJECT';
  return { ...error, extensions: { ...rest, parameters: { why } } };
}
