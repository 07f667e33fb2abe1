import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { createDataSource } from '../src/data-source.js';
import type { Caller } from './support/database-callers.js';
import { asCaller, callerOf } from './support/database-callers.js';
import { KeyCalls } from './support/key-scenes.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import { HIDDEN } from './support/obstacle-scenes.js';

type Payload = Record<string, unknown> & { readonly userErrors: readonly { readonly code: string }[] };

let network: Network;
let keys: KeyCalls;
let turn = 0;
beforeAll(async () => {
  network = await startNetwork();
  keys = new KeyCalls(network);
});
afterAll(() => network.stop());

const codes = ({ userErrors }: Payload): string[] => userErrors.map(({ code }) => code);
const count = async (table: string): Promise<number> =>
  (await network.sql<{ rows: number }>(`SELECT count(*)::int AS rows FROM ${table}`))[0].rows;

/** A key of each role, and of the organization behind it if there is one, and what that key may do. */
interface Act {
  readonly role: string;
  readonly name: string;
  readonly table: string;
  readonly input: () => object;
  readonly selection: string;
}
const section = (text: string) => ({ prompt: 'FREE_TEXT', text });
const ACTS: readonly Act[] = [
  {
    role: 'GRANTEE',
    name: 'submitReport',
    table: 'narrative_reports',
    input: () => ({ sections: [section('Rain.')] }),
    selection: 'narrativeReport { id version }',
  },
  {
    role: 'FUNDER',
    name: 'inviteGrantee',
    table: 'invitations',
    input: () => ({ name: `Group ${turn}`, place: 'Hà Giang', contact: { email: 'a@example.org' } }),
    selection: 'grantee { id }',
  },
  {
    role: 'STEWARD',
    name: 'registerOrganization',
    table: 'organizations',
    input: () => ({ name: 'Once', grantee: { legalForm: 'REGISTERED' } }),
    selection: 'organization { id }',
  },
];
async function keyOf(role: string): Promise<string> {
  if (role === 'GRANTEE') return keys.fresh(network.ids.organization.grantee);
  if (role === 'FUNDER') return (await keys.issue(network.ids.organization.funder, role)).secret;
  const made = await network.mutate(network.keys.steward, 'createApiKey', { role, label: 'x' }, 'secret');
  return (made as unknown as { secret: string }).secret;
}
/** One call with an idempotency key of its own, to be sent with any API key. */
function callOf({ name, input, selection }: Act): (key: string, other?: object) => Promise<Payload> {
  const sent = { idempotencyKey: `key ${++turn}`, ...input() };
  return (key, other = {}) => network.mutate(key, name, { ...sent, ...other }, selection);
}

describe('an idempotency key', () => {
  it.each(ACTS)('is one for a key and its heirs: $name of a $role', async (act) => {
    const old = await keyOf(act.role);
    const send = callOf(act);
    const before = await count(act.table);
    const first = await send(old);
    expect(codes(first)).toEqual([]);
    const heir = (await keys.rotate(old)).secret!;
    for (const key of [heir, old, heir]) {
      const again = await send(key);
      expect(again).toEqual(first);
    }
    const heirsHeir = (await keys.rotate(heir)).secret!;
    expect(await send(heirsHeir)).toEqual(first);
    expect(await count(act.table)).toBe(before + 1);
  });

  it.each(ACTS)('is one for a key in its last day and the heir: $name of a $role', async (act) => {
    const old = await keyOf(act.role);
    const heir = (await keys.rotate(old)).secret!;
    const before = await count(act.table);
    const send = callOf(act);
    const first = await send(old);
    expect(codes(first)).toEqual([]);
    expect(await send(heir)).toEqual(first);
    const atOnce = callOf(act);
    const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => atOnce(i % 2 === 0 ? old : heir)));
    expect(new Set([...answers.flatMap(codes), 'IDEMPOTENCY_IN_FLIGHT'])).toEqual(new Set(['IDEMPOTENCY_IN_FLIGHT']));
    expect(await count(act.table)).toBe(before + 2);
  });

  it('takes no other input from the heir', async () => {
    const [act] = ACTS;
    const old = await keyOf('GRANTEE');
    const send = callOf(act);
    await send(old);
    const heir = (await keys.rotate(old)).secret!;
    expect(codes(await send(heir, { sections: [section('Sun.')] }))).toEqual(['IDEMPOTENCY_MISMATCH']);
  });

  it('is another for each lineage of one organization, and for each operation', async () => {
    const [act] = ACTS;
    const send = callOf(act);
    const before = await count(act.table);
    const [one, other] = [await send(await keyOf('GRANTEE')), await send(await keyOf('GRANTEE'))];
    expect([codes(one), codes(other)]).toEqual([[], []]);
    expect(await count(act.table)).toBe(before + 2);
  });

  it('logs one obstacle for a key and its heir, and nothing for a key in its last day', async () => {
    const old = await keyOf('GRANTEE');
    const log = (key: string, idempotencyKey: string): Promise<Payload> =>
      network.mutate(
        key,
        'logObstacle',
        { ...HIDDEN, tier: 'AGGREGATE_ONLY', idempotencyKey },
        'obstacle { id version }',
      );
    const first = await log(old, 'flood');
    const heir = (await keys.rotate(old)).secret!;
    const before = await count('obstacles.entries');
    expect(await log(heir, 'flood')).toEqual(first);
    // Whether the lineage has sent that key before changes nothing.
    for (const key of ['flood', 'never sent']) expect(codes(await log(old, key))).toEqual(['KEY_IN_LAST_DAY']);
    expect(await count('obstacles.entries')).toBe(before);
  });

  it('answers a rotation by the heir too, which is not rotated again', async () => {
    const old = await keyOf('FUNDER');
    const first = await keys.rotate(old, { idempotencyKey: 'rotate' });
    const again = await keys.rotate(first.secret!, { idempotencyKey: 'rotate' });
    expect(again).toMatchObject({ secret: null, apiKey: first.apiKey, userErrors: [] });
    expect(again.notices).toMatchObject([{ code: 'SECRET_ALREADY_SHOWN' }]);
    expect(await keys.tried(first.secret!)).toEqual([200]);
  });
});

describe('what is kept of it', () => {
  it('is read by its own lineage alone; about obstacles by nobody in a last day', async () => {
    const login = new pg.Client({ connectionString: network.databaseUrls.app });
    await login.connect();
    const seen = (caller: Caller, table: string): Promise<number> =>
      asCaller(login, caller, async (query) => (await query(`SELECT FROM ${table}`)).length);
    try {
      const key = await keyOf('GRANTEE');
      const sent = callOf(ACTS[0]);
      await sent(key);
      await network.mutate(
        key,
        'logObstacle',
        { ...HIDDEN, tier: 'CONFIDENTIAL', idempotencyKey: 'x' },
        'obstacle { id }',
      );
      const own = await callerOf(network, key);
      const colleague = await callerOf(network, await keyOf('GRANTEE'));
      const lastDay = { ...own, lineageId: null, keyLineageId: own.lineageId };
      const tables = ['idempotency_outcomes', 'obstacles.idempotency_outcomes'];
      const all = async (caller: Caller): Promise<number[]> => [
        await seen(caller, tables[0]),
        await seen(caller, tables[1]),
      ];
      expect(await all(own)).toEqual([1, 1]);
      expect(await all(colleague)).toEqual([0, 0]);
      expect(await all(lastDay)).toEqual([1, 0]);
      for (const table of tables) {
        const forge = asCaller(login, colleague, (query) =>
          query(
            `INSERT INTO ${table} (lineage_id, operation, idempotency_key, input_hash, entity_id, entity_version, created_at)
             VALUES ($1, 'x', 'x', '', gen_random_uuid(), 1, now())`,
            [own.lineageId],
          ),
        );
        await expect(forge).rejects.toThrow('row-level security');
      }
    } finally {
      await login.end();
    }
  });

  it('was moved from keys to their lineages: of one text the first call stays', async () => {
    const old = await keyOf('GRANTEE');
    const heir = (await keys.rotate(old)).secret!;
    const [first, second] = [await callerOf(network, old), await callerOf(network, heir)];
    const dataSource = await createDataSource(network.databaseUrls.owner).initialize();
    try {
      const isThere = async (): Promise<boolean> =>
        (await network.sql(`SELECT FROM migrations WHERE name = 'OutcomesOfLineages1790000000041'`)).length > 0;
      while (await isThere()) await dataSource.undoLastMigration({ transaction: 'each' });
      const kept: string[] = [];
      for (const table of ['idempotency_outcomes', 'obstacles.idempotency_outcomes']) {
        const add = async (key: string | null, text: string, at: string): Promise<string> => {
          const [{ id }] = await network.sql<{ id: string }>(
            `INSERT INTO ${table} (key_id, operation, idempotency_key, input_hash, entity_id, entity_version, created_at)
             VALUES ($1, 'submitReport', $2, '', gen_random_uuid(), 1, $3) RETURNING entity_id AS id`,
            [key, text, at],
          );
          return id;
        };
        await add(second.keyId, 'both', '2026-11-02');
        kept.push(await add(first.keyId, 'both', '2026-11-01'), await add(second.keyId, 'heir', '2026-11-02'));
        await add('00000000-0000-4000-8000-000000000000', 'of no key', '2026-11-01');
      }
      await dataSource.runMigrations();
      for (const table of ['idempotency_outcomes', 'obstacles.idempotency_outcomes']) {
        const rows = await network.sql<{ id: string; lineage: string }>(
          `SELECT entity_id AS id, lineage_id AS lineage FROM ${table} WHERE idempotency_key IN ('both', 'heir', 'of no key') ORDER BY 1`,
        );
        expect(rows.map(({ lineage }) => lineage)).toEqual([first.lineageId, first.lineageId]);
        for (const { id } of rows) expect(kept).toContain(id);
      }
    } finally {
      await dataSource.destroy();
    }
    // The service works on over what was migrated.
    expect(codes(await callOf(ACTS[0])(heir))).toEqual([]);
  });
});
