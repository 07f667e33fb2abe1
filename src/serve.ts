import { setTimeout as sleep } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp } from './app.js';
import type { AppOptions } from './app.module.js';
import type { Config } from './config.js';
import { ConfigError, readConfig } from './config.js';
import type { ReadyDatabase } from './local-database.js';
import { openDatabase } from './local-database.js';
import { Stewardship } from './organizations/stewardship/stewardship.service.js';
import { endOnUnhandledFaults } from './platform/errors/unhandled.js';
import { Draining, endConnections } from './platform/http/draining.js';
import { Jobs } from './platform/jobs/jobs.service.js';

/** Within this time two interrupts are one. */
const ONE_PRESS_MS = 1_000;

export interface Running {
  readonly config: Config;
  readonly database: ReadyDatabase;
  readonly app: NestFastifyApplication;
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts the service, and stops it cleanly on SIGTERM and SIGINT, also while it is still starting. */
export async function serve(options: Pick<AppOptions, 'clock'> = {}): Promise<Running> {
  endOnUnhandledFaults();
  const begun = performance.now();
  const stops: ((isReplaced: boolean) => Promise<void>)[] = [];
  let stopping: Promise<void> | undefined;
  const stop = (isReplaced = false): Promise<void> =>
    (stopping ??= (async () => {
      for (const each of stops.reverse()) await each(isReplaced);
    })());
  let asked = Infinity;
  const end = (signal: NodeJS.Signals): void => {
    // npm hands on the Ctrl-C that the terminal has sent to both, so one press comes twice. Whoever presses again means now.
    if (signal === 'SIGINT' && performance.now() - asked > ONE_PRESS_MS) process.exit(130);
    asked = Math.min(asked, performance.now());
    // Ctrl-C comes from somebody who waits, not from whoever moves callers to another node.
    void stop(signal === 'SIGTERM').then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', end).on('SIGINT', end);
  try {
    const config = readConfig();
    const database = await openDatabase(config, (line) => console.error(line));
    stops.push(() => database.stop());
    const app = await createApp({ ...options, config, databaseUrl: database.url, secret: database.secret });
    stops.push((isReplaced) => leave(app, config, isReplaced ? config.shutdownDelaySeconds : 0));
    await app.init();
    // Nest's own listen() would log a taken port as a fault before it is told in one line below.
    await app.getHttpAdapter().getInstance().listen({ port: config.port, host: config.host });
    const { port } = app.getHttpServer().address() as { port: number };
    const url = `http://localhost:${port}`;
    console.error(
      `Goodfaith answers on ${url}/graphql (ready in ${((performance.now() - begun) / 1000).toFixed(2)} s)`,
    );
    // After the port: a start that ends with a line about something else says that line alone.
    await app.get(Stewardship).warnWhileUndeclared();
    return { config, database, app, url, stop };
  } catch (error) {
    console.error(lineFor(error));
    await stop().catch(() => undefined);
    process.exit(1);
  }
}

/** Readiness says it first; then requests and jobs are finished; then all else ends. */
async function leave(app: NestFastifyApplication, config: Config, delaySeconds: number): Promise<void> {
  if (app.getHttpServer().listening) {
    app.get(Draining).begin();
    const jobs = app.get(Jobs).stop();
    jobs.catch(() => undefined); // told below, when the connections have ended
    await sleep(delaySeconds * 1_000);
    await endConnections(app, config.shutdownLimitSeconds * 1_000);
    await jobs;
  }
  await app.close();
}

/** One line that the person who starts the service can act on. */
function lineFor(error: unknown): string {
  if (error instanceof ConfigError) return `Wrong setting: ${error.message}`;
  if (!(error instanceof Error)) return String(error);
  const { code, port, hostname } = error as { code?: string; port?: number; hostname?: string };
  if (code === 'EADDRINUSE') return `Port ${port} is taken: set PORT to another one.`;
  if (code === 'ENOTFOUND') return `There is no host ${hostname}: see HOST and DATABASE_REPLICA_URLS.`;
  if (code === 'ECONNREFUSED') return 'PostgreSQL does not answer at an address of DATABASE_REPLICA_URLS.';
  return process.env.LOG_LEVEL === 'debug' ? (error.stack ?? error.message) : error.message;
}
