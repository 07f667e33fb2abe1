import { readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { parseId, publicId } from '../src/platform/api/ids.js';
import { Jobs } from '../src/platform/jobs/jobs.service.js';
import type { TestDatabase } from './support/database.js';
import type { Network } from './support/network.js';
import type { Restored } from './support/restores.js';
import { networkWithBackup, publishedBodies, restore } from './support/restores.js';
import { S3Server } from './support/s3-server.js';
import { sealingState } from './support/statistics-scenes.js';

const QUARTER = '2026-Q3';
const s3 = new S3Server();
const running: Restored[] = [];
let inS3: Record<string, string>;
let network: Network;
let backup: TestDatabase;
beforeAll(async () => {
  inS3 = { ...(await s3.start()), ATTACHMENTS: 'disk', LEDGER: 's3' };
  ({ network, backup } = await networkWithBackup());
});
afterEach(async () => {
  for (const each of running.splice(0)) await each.stop();
  rmSync(network.ledger, { recursive: true, force: true });
  s3.objects.clear();
  s3.failing = null;
});
afterAll(async () => {
  await backup.drop();
  await network.stop();
  await s3.stop();
});

const restored = async (env: Record<string, string> = {}): Promise<Restored> => {
  const each = await restore(network, backup, env);
  running.push(each);
  return each;
};
const ledger = (): string[] =>
  readdirSync(network.ledger, { recursive: true, encoding: 'utf8' }).filter((name) => /releases\/.*json$/.test(name));
const textOf = (name: string): string => readFileSync(join(network.ledger, name), 'utf8');
const stateOf = ({ sql }: Restored): Promise<string> => sealingState({ sql } as Network);
const cells = ({ sql }: Restored): Promise<object[]> =>
  sql(`SELECT c.view, c.place, c.value FROM statistics.cells c ORDER BY 1, 2`);

describe('the ledger outside the database', () => {
  it('holds what is published, and names no organization', async () => {
    const first = await restored();
    const { release } = await first.scenes.seal(QUARTER);
    const [{ id }] = await first.sql<{ id: string }>('SELECT id FROM network');
    expect(ledger()).toEqual([`${id}/releases/${QUARTER}.json`]);
    const text = textOf(ledger()[0]);
    expect(JSON.parse(text)).toMatchObject({
      form: 1,
      network: id,
      release: { period: QUARTER, state: 'SEALED' },
      countedSince: '2026-07-01T00:00:00.000Z',
      spent: [{ period: QUARTER, view: 'CATEGORY', epsilon: 350 }],
      cells: await cells(first),
    });
    expect(text).toContain(parseId('obstacleRelease', release!.id));
    const organizations = await first.sql<{ id: string }>('SELECT id FROM organizations');
    for (const organization of organizations) expect(text).not.toContain(organization.id);
  });

  it('is written before the commit: what a node drew that died is published by the next', async () => {
    const first = await restored();
    const before = await stateOf(first);
    await first.sql(`CREATE FUNCTION crash() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$;
      CREATE TRIGGER crash BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION crash()`);
    await expect(first.scenes.seal(QUARTER)).rejects.toThrow('UNAVAILABLE');
    await first.sql('DROP TRIGGER crash ON events; DROP FUNCTION crash()');
    expect(await stateOf(first)).toBe(before);
    const { cells: drawn, release } = JSON.parse(textOf(ledger()[0])) as { cells: object[]; release: { id: string } };
    expect(await first.scenes.seal(QUARTER)).toMatchObject({
      release: { id: publicId('obstacleRelease', release.id) },
    });
    expect(drawn).toMatchObject(await cells(first));
  });

  it.each([
    ['a folder', {}],
    ['a bucket', 's3'],
  ])('in %s lets one of two databases draw that seal at once', async (_, where) => {
    const env = where === 's3' ? inS3 : {};
    const both = [await restored(env), await restored(env)];
    const sealed = await Promise.all(both.map(({ scenes }) => scenes.seal(QUARTER)));
    expect(sealed).toMatchObject(Array(2).fill({ isDone: true, userErrors: [] }));
    expect(new Set(await Promise.all(both.map((each) => publishedBodies(each, QUARTER)))).size).toBe(1);
    const inBucket = [...s3.objects.keys()].filter((key) =>
      /^ledger\/[0-9a-f-]{36}\/releases\/2026-Q3\.json$/.test(key),
    );
    expect(inBucket).toHaveLength(where === 's3' ? 1 : 0);
  });

  it('keeps that a period was closed without figures', async () => {
    const small = await restored({ STATISTICS_GATE_NETWORK: '1000' });
    expect(await small.scenes.seal(QUARTER)).toMatchObject({
      isDone: true,
      release: { state: 'REFUSED_FOR_SIZE' },
      userErrors: [],
      notices: [{ code: 'NETWORK_TOO_SMALL' }],
    });
    const again = await restored();
    const dry = await again.scenes.seal(QUARTER, { dryRun: true });
    expect(dry).toMatchObject({ userErrors: [], notices: [{ code: 'NETWORK_TOO_SMALL' }] });
    expect(await again.scenes.seal(QUARTER)).toMatchObject({ release: { state: 'REFUSED_FOR_SIZE' } });
    expect(await cells(again)).toEqual([]);
  });

  it('takes in what was sealed before there was one', async () => {
    const first = await restored();
    await first.scenes.seal(QUARTER);
    const [name] = ledger();
    const kept: unknown = JSON.parse(textOf(name));
    rmSync(network.ledger, { recursive: true });
    await first.app.get(Jobs).runScheduled('seal_obstacle_releases');
    expect(JSON.parse(textOf(name))).toEqual(kept);
  });
});

describe('without the ledger', () => {
  it('nothing is sealed while a folder cannot be written', async () => {
    const first = await restored();
    const before = await stateOf(first);
    rmSync(network.ledger, { recursive: true, force: true });
    writeFileSync(network.ledger, 'no folder');
    expect(await first.scenes.refused(QUARTER)).toEqual(['UNAVAILABLE']);
    rmSync(network.ledger);
    expect(await stateOf(first)).toBe(before);
    expect(await first.scenes.seal(QUARTER)).toMatchObject({ isDone: true });
  });

  it('nothing is sealed while a bucket takes nothing', async () => {
    const first = await restored(inS3);
    const before = await stateOf(first);
    s3.failing = 503;
    expect(await first.scenes.refused(QUARTER)).toEqual(['UNAVAILABLE']);
    s3.failing = null;
    expect(await stateOf(first)).toBe(before);
    expect(await first.scenes.seal(QUARTER)).toMatchObject({ isDone: true });
  });

  it.each([
    ['is not whole', (text: string): string => text.slice(0, 500)],
    ['is of another period', (text: string): string => text.replaceAll(QUARTER, '2026-Q2')],
    ['is of another network', (text: string): string => text.replace(/"network": ".{8}/, '"network": "00000000')],
  ])('nothing is sealed by a text that %s', async (_, change) => {
    await (await restored()).scenes.seal(QUARTER);
    const place = join(network.ledger, ledger()[0]);
    const text = readFileSync(place, 'utf8');
    writeFileSync(place, change(text));
    const again = await restored();
    expect(await again.scenes.refused(QUARTER)).toEqual(['UNAVAILABLE']);
    writeFileSync(`${place}.new`, text);
    renameSync(`${place}.new`, place);
    expect(await again.scenes.seal(QUARTER)).toMatchObject({ isDone: true });
  });
});
