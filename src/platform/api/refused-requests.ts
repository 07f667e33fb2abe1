import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLFormattedError } from 'graphql';
import { finishError } from '../errors/graphql/finish-error.js';
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
  return JSON.stringify({ ...answer, errors: answer.errors.map((error) => finishError(error, told)) });
}
