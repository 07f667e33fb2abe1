import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns';
import { writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Logger } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type pg from 'pg';

/**
 * Leaks that are planted on purpose, one for each way out: each happens when somebody logs an obstacle, and at no other
 * time. What each leaves behind names the way out, so that the test sees which leak was found.
 */
const LEAKS: Readonly<Record<string, (pool: pg.Pool) => unknown>> = {
  'log lines': () => process.stdout.write(`${JSON.stringify({ level: 30, msg: 'planted log line' })}\n`),
  'fault lines': () => new Logger('HTTP').error({ fault: { message: 'planted fault line' } }),
  'standard error': () => console.error('planted standard error'),
  'file store': () => writeFileSync(join(process.env.ATTACHMENTS_FOLDER!, 'planted-in-file-store'), ''),
  'ledger store': () => writeFileSync(join(process.env.LEDGER_FOLDER!, 'planted-in-ledger-store'), ''),
  'files written': () => writeFileSync(join(tmpdir(), 'planted-file'), ''),
  'sockets opened': () => connect({ host: '127.0.0.1', port: 9 }).on('error', () => undefined),
  'ports opened': () => createServer().listen(0, '127.0.0.2').unref(),
  datagrams: () => {
    const socket = createSocket('udp4');
    socket.send('planted', 9, '127.0.0.1', () => socket.close());
  },
  'name look-ups': () => lookup('planted.invalid', () => undefined),
  'processes started': () => spawn('true', ['planted']),
  'threads started': () => new Worker('planted', { eval: true }).on('error', () => undefined),
  'statement texts': (pool) => pool.query('SELECT 1 AS "planted in a statement"'),
  'event loop': () => {
    const end = performance.now() + 5;
    while (performance.now() < end);
  },
};

/** In the answers to whoever asks later. */
const IN_ANSWERS: Readonly<Record<string, (reply: FastifyReply, payload: string) => string>> = {
  answers: (_, payload) => payload.replace('"id"', '"planted"').replace('"title"', '"planted"'),
  headers: (reply, payload) => {
    reply.header('x-planted', 'yes');
    return payload;
  },
  lengths: (_, payload) => `${payload} `,
};

const logs = ({ body }: FastifyRequest): boolean =>
  /logObstacle/.test((body as { query?: string } | undefined)?.query ?? '');

export function plant(fastify: FastifyInstance, names: string, pool: pg.Pool): void {
  const planted = names.split(',').filter(Boolean);
  if (planted.length === 0) return;
  let someoneLogged = false;
  fastify.addHook('preHandler', async (request: FastifyRequest) => {
    if (logs(request)) for (const name of planted) await LEAKS[name]?.(pool);
  });
  fastify.addHook('onResponse', (request, _reply, done) => {
    someoneLogged ||= logs(request);
    done();
  });
  fastify.addHook('onSend', (_request, reply, payload: unknown, done: (error: null, payload: unknown) => void) => {
    let text = payload;
    if (someoneLogged && typeof text === 'string') {
      for (const name of planted) text = IN_ANSWERS[name]?.(reply, text as string) ?? text;
    }
    if (typeof text === 'string' && reply.hasHeader('content-length')) {
      reply.header('content-length', Buffer.byteLength(text));
    }
    done(null, text);
  });
}
