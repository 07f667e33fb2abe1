import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import pg from 'pg';
import { createApp } from '../../src/app.js';
import type { Config } from '../../src/config.js';
import { readConfig } from '../../src/config.js';
import { Clock } from '../../src/platform/clock/clock.js';
import { Entropy } from '../../src/platform/clock/entropy.js';
import { surviveLostConnections } from '../../src/platform/db/lost-connections.js';
import { openLedger } from '../../src/platform/ledger/ledger.module.js';
import type { Answer } from '../../src/restore/after-restore.js';
import { carryOut, planAfterRestore } from '../../src/restore/after-restore.js';
import type { TestDatabase } from './database.js';
import { copyDatabase } from './database.js';
import type { Network } from './network.js';
import { QUIET, callsTo } from './network.js';
import { SealingScenes, startSealingNetwork } from './statistics-scenes.js';

/** A service on a copy of a network's database, with the same secret, clock and ledger: what an operator has after a restore. */
export interface Restored extends Pick<Network, 'url' | 'app' | 'call' | 'mutate' | 'sql'> {
  readonly database: TestDatabase;
  readonly config: Config;
  readonly scenes: SealingScenes;
  stop(): Promise<void>;
}

/**
 * A network whose third quarter of 2026 is due, and a backup of it from before anybody seals the quarter. Chance decides what
 * is published: real noise, drawn from the system's random bytes.
 */
export async function networkWithBackup(): Promise<{ network: Network; backup: TestDatabase }> {
  const network = await startSealingNetwork(new Entropy(new Clock()));
  const scenes = new SealingScenes(network);
  await scenes.addGrantees({ from: 1, count: 220 });
  await scenes.report({ from: 1, count: 90, code: 'DISBURSEMENT_DELAY', at: '2026-08-01' });
  network.clock.set('2026-10-20T09:00:00Z');
  return { network, backup: await backUp(network) };
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

/** Says what the database of this address is, as `npm run after-restore` does; answers the differences that there were. */
export async function sayAfterRestore(
  ownerUrl: string,
  config: Config,
  answer: Answer,
  now: Date,
): Promise<readonly string[]> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    const ledger = await openLedger(config);
    const plan = await planAfterRestore(owner, ledger, answer, now);
    if (!plan) throw new Error('nothing is to be said');
    const entropy = new Entropy(new Clock());
    await carryOut(owner, ledger, plan, { now, newId: () => entropy.uuidv7() });
    return plan.differences;
  } finally {
    await owner.end();
  }
}

/** `answer`: what an operator says that the database is, before the service starts; null says nothing. */
export async function restore(
  network: Network,
  backup: TestDatabase,
  env: Record<string, string> = {},
  answer: Answer | null = 'REPLACE',
): Promise<Restored> {
  const database = await copyDatabase(backup.name);
  const config = readConfig({ ...QUIET, ATTACHMENTS_FOLDER: network.folder, LEDGER_FOLDER: network.ledger, ...env });
  const { clock, keys, ids } = network;
  if (answer) await sayAfterRestore(database.ownerUrl, config, answer, clock.now());
  const app: NestFastifyApplication = await createApp({
    ...{ config, databaseUrl: database.appUrl, secret: config.secret!, clock, entropy: new Entropy(clock) },
  });
  await app.listen(0, '127.0.0.1');
  const url = `http://127.0.0.1:${(app.getHttpServer().address() as { port: number }).port}`;
  const owner = new pg.Pool({ connectionString: database.ownerUrl, max: 2 });
  // As in startNetwork: dropping the database may end a connection that the pool has not ended yet.
  surviveLostConnections(owner);
  const sql = async <T extends object>(text: string, values: unknown[] = []): Promise<T[]> =>
    (await owner.query(text, values)).rows as T[];
  const calls = callsTo(url);
  const stop = async (): Promise<void> => {
    await app.close();
    await owner.end();
    await database.drop();
  };
  return {
    ...{ url, app, config, database, sql, stop },
    ...calls,
    scenes: new SealingScenes({ ...calls, sql, keys, ids }),
  };
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
