import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import type { Refusal } from '../errors/refusal.js';
import { badRequest } from '../errors/refusal.js';

type Done = (error: Error | null, body?: unknown) => void;

/** Reads JSON as Fastify does. Fastify does not tell where a body breaks: a broken body is read again, to say so. */
export function readJsonBodies(app: NestFastifyApplication, bodyLimit: number): void {
  const fastify = app.getHttpAdapter().getInstance();
  const read = fastify.getDefaultJsonParser('error', 'error');
  app.useBodyParser('application/json', { bodyLimit }, (request: FastifyRequest, body: Buffer, done: Done) => {
    const text = body.toString();
    if (text === '') return done(badRequest('BODY_EMPTY'));
    void read(request, text, (error: (Error & { code?: string }) | null, value?: unknown) =>
      done(error?.code === 'FST_ERR_CTP_INVALID_JSON_BODY' ? whereBroken(text) : error, value),
    );
  });
}

function whereBroken(text: string): Refusal {
  try {
    JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const { message } = error as SyntaxError;
    if (/^Unexpected end|^Unterminated/.test(message)) return badRequest('JSON_CUT_OFF');
    const position = /at position (\d+)/.exec(message)?.[1];
    return position === undefined ? badRequest('JSON_BROKEN') : badRequest('JSON_BROKEN_AT', { position });
  }
  // What JSON itself allows, and Fastify does not: names by which a prototype could be replaced.
  return badRequest('JSON_NAME_REFUSED');
}
