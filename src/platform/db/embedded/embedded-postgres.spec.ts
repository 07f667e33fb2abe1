import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.js';

describe('the embedded PostgreSQL', () => {
  let home: string;
  let started: EmbeddedPostgres[];

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'goodfaith-embedded-'));
    chmodSync(home, 0o755); // as root, Postgres runs as another account
    started = [];
  });

  afterEach(async () => {
    for (const server of started) await server.stop('immediate');
    rmSync(home, { recursive: true, force: true });
    for (const { dataHome } of started) rmSync(dataHome, { recursive: true, force: true });
  });

  async function start(): Promise<EmbeddedPostgres> {
    const server = await startEmbeddedPostgres({ home, settings: { fsync: 'off' } });
    started.push(server);
    return server;
  }

  it('keeps its data over a stop, and its password to itself', async () => {
    const first = await start();
    expect(first).toMatchObject({ owned: true, initialised: true });
    await query(first, 'CREATE TABLE kept (id int)');
    expect(statSync(join(first.dataHome, 'pgdata', 'credentials.json')).mode & 0o777).toBe(0o600);
    await Promise.all([first.stop(), first.stop()]);
    await first.stop();
    await expect(query(first, 'SELECT')).rejects.toMatchObject({ code: 'ECONNREFUSED' });

    const second = await start();
    expect(second).toMatchObject({ owned: true, initialised: false });
    await query(second, 'SELECT FROM kept');
  });

  it('writes into its log neither statements nor what they failed on', async () => {
    const server = await start();
    await query(server, `CREATE TABLE hidden_thing (id int CONSTRAINT hidden_rule CHECK (id > 0))`);
    await expect(query(server, 'INSERT INTO hidden_thing VALUES (-1)')).rejects.toMatchObject({ code: '23514' });
    await expect(query(server, 'SELECT FROM hidden_nothing')).rejects.toMatchObject({ code: '42P01' });
    await server.stop();
    const log = readFileSync(join(server.dataHome, 'server.log'), 'utf8');
    expect(log).toContain('database system is ready');
    expect(log).not.toContain('hidden');
  });

  it('is made once when two starts meet, and runs until the last one leaves', async () => {
    const [first, second] = await Promise.all([start(), start()]);
    expect(first.pid).toBe(second.pid);
    expect([first.initialised, second.initialised].sort()).toEqual([false, true]);
    expect([first.owned, second.owned].sort()).toEqual([false, true]);
    await first.stop();
    await query(second, 'SELECT');
    await second.stop();
    await expect(query(second, 'SELECT')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('recovers after its server was killed', async () => {
    const first = await start();
    await query(first, 'CREATE TABLE kept (id int)');
    process.kill(first.pid, 'SIGKILL');
    await first.stop();
    const second = await start();
    expect(second.pid).not.toBe(first.pid);
    await query(second, 'SELECT FROM kept');
  });

  it('is not blocked by a pid file whose number now belongs to another process', async () => {
    const first = await start();
    const pidFile = join(first.dataHome, 'pgdata', 'postmaster.pid');
    const left = readFileSync(pidFile, 'utf8');
    await first.stop();
    writeFileSync(pidFile, left.replace(/^\d+/, String(process.pid)));
    await query(await start(), 'SELECT');
  });

  it('takes over a start lock and a place among the users left by a killed process', async () => {
    const first = await start();
    const dead = '4194304 1';
    const [lock, holder] = [join(first.dataHome, 'start.lock'), join(first.dataHome, 'holders', '4194304-dead')];
    writeFileSync(lock, dead);
    writeFileSync(holder, dead);
    await first.stop();
    await expect(query(first, 'SELECT')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect([lock, holder].map(existsSync)).toEqual([false, false]);
  });
});

async function query(server: EmbeddedPostgres, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
