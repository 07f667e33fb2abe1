import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import pg from 'pg';
import { createApp } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import { Entropy } from '../../src/platform/clock/entropy.js';
import type { TestDatabase } from './database.js';
import { copyDatabase } from './database.js';
import type { Network } from './network.js';
import { QUIET, callsTo } from './network.js';
import { SealingScenes } from './statistics-scenes.js';

/** A service on a copy of a network's database, with the same secret, clock and ledger: what an operator has after a restore. */
export interface Restored extends Pick<Network, 'url' | 'app' | 'call' | 'mutate' | 'sql'> {
  readonly database: TestDatabase;
  readonly scenes: SealingScenes;
  stop(): Promise<void>;
}

/** A backup of the database as it is now. The network's service goes on. */
export async function backUp(network: Network): Promise<TestDatabase> {
  const name = new URL(network.databaseUrls.owner).pathname.slice(1);
  for (let attempt = 1; ; attempt++) {
    await endConnections(name);
    try {
      return await copyDatabase(name);
    } catch (error) {
      // The service connected again in between.
      if ((error as { code?: string }).code !== '55006' || attempt === 50) throw error;
    }
  }
}

export async function restore(
  network: Network,
  backup: TestDatabase,
  env: Record<string, string> = {},
): Promise<Restored> {
  const database = await copyDatabase(backup.name);
  const config = readConfig({ ...QUIET, ATTACHMENTS_FOLDER: network.folder, LEDGER_FOLDER: network.ledger, ...env });
  const { clock, keys, ids } = network;
  const app: NestFastifyApplication = await createApp({
    ...{ config, databaseUrl: database.appUrl, secret: config.secret!, clock, entropy: new Entropy(clock) },
  });
  await app.listen(0, '127.0.0.1');
  const url = `http://127.0.0.1:${(app.getHttpServer().address() as { port: number }).port}`;
  const owner = new pg.Pool({ connectionString: database.ownerUrl, max: 2 });
  const sql = async <T extends object>(text: string, values: unknown[] = []): Promise<T[]> =>
    (await owner.query(text, values)).rows as T[];
  const calls = callsTo(url);
  const stop = async (): Promise<void> => {
    await app.close();
    await owner.end();
    await database.drop();
  };
  return { ...{ url, app, database, sql, stop }, ...calls, scenes: new SealingScenes({ ...calls, sql, keys, ids }) };
}

/** What is published of a period under the addresses that never change. */
export async function publishedBodies({ url }: Pick<Network, 'url'>, period: string): Promise<string> {
  const forms = ['category.csv', 'category.json', 'category.svg'];
  const bodies = await Promise.all(
    forms.map(async (form) => (await fetch(`${url}/v1/statistics/${period}/${form}`)).text()),
  );
  return bodies.join('\n');
}

async function endConnections(name: string): Promise<void> {
  const server = new pg.Client({ connectionString: process.env.TEST_DATABASE_URL });
  await server.connect();
  try {
    await server.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name]);
  } finally {
    await server.end();
  }
}
