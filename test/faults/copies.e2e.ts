import { execFileSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { ApiKeys } from '../../src/accounts/api-keys.service.js';
import { createApp } from '../../src/app.js';
import type { Config } from '../../src/config.js';
import { readConfig } from '../../src/config.js';
import type { ReadyDatabase } from '../../src/local-database.js';
import { openDatabase } from '../../src/local-database.js';
import { PUBLIC_ACTOR } from '../../src/platform/access/actor.js';
import type { EmbeddedPostgres } from '../../src/platform/db/embedded/embedded-postgres.js';
import { startEmbeddedPostgres } from '../../src/platform/db/embedded/embedded-postgres.js';
import { EventSealer } from '../../src/platform/events/event-sealer.service.js';
import type { Difference } from '../../src/platform/witness/witness.rules.js';
import { Witness } from '../../src/platform/witness/witness.service.js';
import { QUIET } from '../support/network.js';
import { sayAfterRestore } from '../support/restores.js';
import { temporaryHome } from '../support/service-process.js';

/*
 * Clusters of their own, whose files are copied as an operator copies them, and the service on each. All have the same ledger.
 */
interface Node {
  readonly config: Config;
  /** Started first, so that the service finds it running. */
  readonly server: EmbeddedPostgres;
  readonly database: ReadyDatabase;
  readonly app: INestApplicationContext;
}
const base = temporaryHome();
const running: Node[] = [];
const homeOf = (name: string): string => join(base.path, name);

/** With the settings of one that replicas follow. */
function serve(name: string): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres({ home: homeOf(name), settings: { wal_level: 'replica', max_wal_senders: 2 } });
}

async function start(name: string): Promise<Node> {
  const config = readConfig({ ...QUIET, GOODFAITH_HOME: homeOf(name), LEDGER_FOLDER: homeOf('ledger') });
  const server = await serve(name);
  const database = await openDatabase(config);
  const app = await createApp({ config, databaseUrl: database.url, secret: database.secret });
  await app.init();
  const node = { config, server, database, app };
  running.push(node);
  return node;
}

async function stop(node: Node): Promise<void> {
  running.splice(running.indexOf(node), 1);
  await node.app.close();
  await node.database.stop();
  await node.server.stop();
}

function copyFiles(from: string, to: string): void {
  rmSync(homeOf(to), { recursive: true, force: true });
  execFileSync('cp', ['-a', homeOf(from), homeOf(to)]);
}

/** Something that the history tells. */
async function happen(node: Node): Promise<void> {
  const { app } = node;
  const [{ id }] = await asOwner<{ id: string }>(
    node,
    `WITH made AS (INSERT INTO organizations (id, name, is_listed, created_at, updated_at)
       VALUES (gen_random_uuid(), 'A fund', true, now(), now()) RETURNING id)
     INSERT INTO funders (organization_id, name, is_listed, updated_at) SELECT id, 'A fund', true, now() FROM made RETURNING organization_id AS id`,
  );
  const steward = { ...PUBLIC_ACTOR, role: 'STEWARD' as const };
  await app.get(ApiKeys).create(steward, { role: 'FUNDER', organizationId: id, label: 'a key' });
  await app.get(EventSealer).catchUp();
}

async function compared({ app }: Node): Promise<readonly Difference[] | null> {
  await app.get(Witness).check();
  return app.get(Witness).differences;
}

/** A standby that is promoted at once: it has what its files have. */
async function promote(name: string): Promise<void> {
  const signal = join(homeOf(name), 'postgres', 'pgdata', 'standby.signal');
  if (!existsSync(join(signal, '..', 'PG_VERSION'))) throw new Error(`no cluster at ${signal}`);
  writeFileSync(signal, '', { mode: 0o644 });
  execFileSync('chown', ['--reference', join(signal, '..', 'PG_VERSION'), signal]);
  const server = await serve(name);
  const owner = new pg.Client({ connectionString: server.url });
  await owner.connect();
  expect((await owner.query('SELECT pg_promote() AS done')).rows).toEqual([{ done: true }]);
  await owner.end();
  await server.stop();
}

beforeAll(async () => {
  const first = await start('first');
  await happen(first);
  expect(await compared(first)).toEqual([]);
  await stop(first);
  copyFiles('first', 'older');
  const again = await start('first');
  await happen(again);
  await stop(again);
  copyFiles('first', 'twin');
  copyFiles('first', 'replica');
  copyFiles('older', 'lagging');
}, 120_000);
afterEach(async () => {
  for (const node of [...running]) await stop(node);
}, 60_000);
afterAll(() => base.remove());

describe('a database that is served from other files', () => {
  it('is noticed when the files are older', async () => {
    expect(await compared(await start('older'))).toEqual(['HISTORY_BEHIND']);
  });

  it('is noticed in another cluster, as a dump comes into it', async () => {
    const first = await start('first');
    const network = await networkOf(first);
    await stop(first);
    const other = await start('other');
    // No pg_dump is among the packages; this row is what it would have brought.
    await asOwner(other, `UPDATE network SET id = '${network}', is_witnessed = true`);
    expect(await compared(other)).toEqual(expect.arrayContaining(['OTHER_CLUSTER', 'HISTORY_BEHIND']));
  });

  it('goes on by itself when a replica was promoted that has everything, and not on the server of before', async () => {
    await promote('replica');
    const replica = await start('replica');
    expect(await compared(replica)).toEqual([]);
    await happen(replica);
    expect(await compared(replica)).toEqual([]);
    const first = await start('first');
    expect(await compared(first)).toEqual(expect.arrayContaining(['EARLIER_TIMELINE']));
    expect(await compared(replica)).toEqual([]);
  });

  it('does not go on when the replica had lagged behind', async () => {
    await promote('lagging');
    expect(await compared(await start('lagging'))).toEqual(['HISTORY_BEHIND']);
  });

  it('is noticed by both when two servers have the same files, until one of them is said to be the network', async () => {
    rmSync(homeOf('ledger'), { recursive: true });
    const first = await start('first');
    expect(await compared(first)).toEqual(['WITNESS_MISSING']);
    await sayAfterRestore(first.database.ownerUrl!, first.config, 'REPLACE', new Date());
    expect(await compared(first)).toEqual([]);
    await stop(first);
    copyFiles('first', 'twin');
    const again = await start('first');
    expect(await compared(again)).toEqual([]);
    const twin = await start('twin');
    expect(await compared(twin)).toEqual([]);
    expect(await compared(again)).toEqual(['OTHER_SERVER']);
    expect(await compared(twin)).toEqual(['DISPUTED']);
    await sayAfterRestore(twin.database.ownerUrl!, twin.config, 'COPY', new Date());
    expect(await compared(twin)).toEqual([]);
    await sayAfterRestore(again.database.ownerUrl!, again.config, 'REPLACE', new Date());
    expect(await compared(again)).toEqual([]);
    await happen(again);
    await happen(twin);
    expect([await compared(again), await compared(twin)]).toEqual([[], []]);
  });
});

async function asOwner<T extends object>({ database }: Node, text: string): Promise<T[]> {
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  const { rows } = await owner.query(text);
  await owner.end();
  return rows as T[];
}

async function networkOf(node: Node): Promise<string> {
  return (await asOwner<{ id: string }>(node, 'SELECT id FROM network'))[0].id;
}
