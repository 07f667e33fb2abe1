import type { Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** How long a caller who has just connected may take to ask, once nobody else can connect. */
const FIRST_REQUEST_MS = 1_000;

/** Whether this node is about to end. It says so first, and goes on answering meanwhile. */
@Injectable()
export class Draining {
  private isBegun = false;
  readonly open = new Set<Socket>();

  get hasBegun(): boolean {
    return this.isBegun;
  }

  begin(): void {
    this.isBegun = true;
  }
}

/** From the beginning of its end on, a node asks with each answer that the next request takes another connection. */
export function sendCallersElsewhere(app: NestFastifyApplication): void {
  const draining = app.get(Draining);
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onSend', (_request: FastifyRequest, reply: FastifyReply, _payload: unknown, done: () => void) => {
      if (draining.hasBegun) reply.header('connection', 'close');
      done();
    });
  app.getHttpServer().on('connection', (socket: Socket) => {
    draining.open.add(socket);
    socket.once('close', () => draining.open.delete(socket));
  });
}

/**
 * Takes no more connections, and waits until all requests that were sent are answered, or until the limit. A request that
 * is on its way while its idle connection is closed is lost, as HTTP has it: its caller sends it again.
 */
export async function endConnections(app: NestFastifyApplication, limitMs: number): Promise<void> {
  const server = app.getHttpServer();
  const { open } = app.get(Draining);
  // What has arrived by now is read before a connection counts as idle.
  await turn();
  const ended = new Promise<void>((resolve) => server.close(() => resolve()));
  const timers = [
    setTimeout(() => {
      for (const socket of open) if (socket.bytesRead === 0) socket.destroy();
    }, FIRST_REQUEST_MS),
    setTimeout(() => server.closeAllConnections(), limitMs),
  ];
  await ended;
  timers.forEach(clearTimeout);
}
