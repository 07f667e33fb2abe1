import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { findBreaches } from '../src/doctor/doctor.js';
import { Jobs } from '../src/platform/jobs/jobs.service.js';
import type { Network } from './support/network.js';
import { SealingScenes, SeededEntropy, sealingState, startSealingNetwork } from './support/statistics-scenes.js';

let network: Network;
let scenes: SealingScenes;
beforeAll(async () => {
  network = await startSealingNetwork(new SeededEntropy(20));
  scenes = new SealingScenes(network);
  await scenes.addGrantees({ from: 1, count: 220 });
  network.clock.set('2026-10-20T09:00:00Z');
});
afterAll(() => network.stop());

const counted = async (): Promise<Record<string, number>> => {
  const rows = await network.sql<{ period: string; n: number }>(
    `SELECT coalesce(counted_in, 'none') AS period, count(*)::int AS n FROM obstacles.entries GROUP BY 1`,
  );
  return Object.fromEntries(rows.map(({ period, n }) => [period, n]));
};

/** What the doctor finds wrong with statistics (the agreements of these scenes have no terms). */
async function unwell(): Promise<string[]> {
  const owner = new pg.Client({ connectionString: network.databaseUrls.owner });
  await owner.connect();
  const findings = await findBreaches(owner);
  await owner.end();
  const isAboutStatistics = (name: string): boolean => /statistics|release|counted/.test(name);
  return findings
    .filter(({ name, breaches }) => breaches.length > 0 && isAboutStatistics(name))
    .map(({ name }) => name);
}

describe('sealing a quarter', () => {
  it('is refused in words while it is open, out of order, or no period, and changes nothing', async () => {
    const before = await sealingState(network);
    expect(await scenes.refused('2026-Q4')).toEqual(['PERIOD_STILL_OPEN']);
    expect(await scenes.refused('2026-Q5')).toEqual(['NOT_A_PERIOD']);
    expect(await scenes.refused('2026')).toEqual(['PERIOD_STILL_OPEN']);
    network.clock.set('2026-10-14T23:59:59Z');
    const { userErrors } = await scenes.seal('2026-Q3');
    expect(userErrors).toMatchObject([
      { code: 'PERIOD_STILL_OPEN', path: ['period'], message: expect.stringContaining('2026-10-15') as unknown },
    ]);
    network.clock.set('2027-01-20T00:00:00Z');
    expect(await scenes.refused('2026')).toEqual(['QUARTERS_STILL_OPEN']);
    network.clock.set('2026-10-20T09:00:00Z');
    expect(await sealingState(network)).toBe(before);
  });

  it('can be tried out, which changes nothing and tells nothing of what is hidden', async () => {
    const tryOut = async (): Promise<object> => {
      const before = await sealingState(network);
      const answer = await scenes.seal('2026-Q3', { dryRun: true });
      expect(await sealingState(network)).toBe(before);
      return answer;
    };
    const empty = await tryOut();
    expect(empty).toEqual({ isDone: false, release: null, userErrors: [], notices: [] });
    await scenes.report({ from: 1, count: 120, code: 'DISBURSEMENT_DELAY', at: '2026-08-01', funder: 'funder' });
    await scenes.report({
      from: 100,
      count: 60,
      code: 'VIOLENCE',
      at: '2026-09-30 23:59:59.999',
      tier: 'AGGREGATE_ONLY',
    });
    await scenes.report({ from: 1, count: 7, code: 'VIOLENCE', at: '2026-10-01' });
    expect(await tryOut()).toEqual(empty);
  });

  it('survives a crash at any statement as if it had not begun', async () => {
    const before = await sealingState(network);
    const crashes = {
      'statistics.cells': `IF NEW.place = 4 THEN RAISE EXCEPTION 'out of order'; END IF`,
      'statistics.ledger': 'PERFORM pg_terminate_backend(pg_backend_pid())',
      'public.events': 'PERFORM pg_terminate_backend(pg_backend_pid())',
    };
    for (const [table, crash] of Object.entries(crashes)) {
      await network.sql(`CREATE FUNCTION crash() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN ${crash}; RETURN NEW; END $$;
        CREATE TRIGGER crash BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION crash()`);
      await expect(scenes.seal('2026-Q3')).rejects.toThrow(/INTERNAL_ERROR|UNAVAILABLE/);
      await network.sql(`DROP TRIGGER crash ON ${table}; DROP FUNCTION crash()`);
      expect(await sealingState(network)).toBe(before);
    }
  });

  it('happens once, however many ask for it at once', async () => {
    const answers = await Promise.all(Array.from({ length: 4 }, () => scenes.seal('2026-Q3')));
    const done = answers.filter(({ isDone }) => isDone);
    expect(done).toMatchObject([
      {
        userErrors: [],
        release: {
          period: '2026-Q3',
          state: 'SEALED',
          views: [{ view: 'CATEGORY', epsilon: 0.35 }],
          ledger: { spent: 0.35 },
        },
      },
    ]);
    const refused = answers.filter(({ isDone }) => !isDone).map(({ userErrors }) => userErrors.map(({ code }) => code));
    expect(refused).toEqual(Array(3).fill(['PERIOD_ALREADY_SEALED']));
    expect(await scenes.refused('2026-Q3', { dryRun: true })).toEqual(['PERIOD_ALREADY_SEALED']);
  });

  it('counts what was logged until its last instant, once each, and publishes every category', async () => {
    expect(await counted()).toEqual({ '2026-Q3': 180, none: 7 });
    const figures = await scenes.published('2026-Q3', 'CATEGORY');
    expect(Object.keys(figures)).toHaveLength(10);
    // Noise is beyond 25 once in some ten thousand draws; the seed fixes which these are.
    const truth: Record<string, [number, number]> = { FUNDER_PAYMENT: [99, 120], EXTERNAL_CONFLICT: [39, 60] };
    for (const [category, value] of Object.entries(figures)) {
      const [least, most] = truth[category] ?? [0, 0];
      expect(value).toBeGreaterThan(least - 25);
      expect(value).toBeLessThan(most + 25);
    }
    expect(Object.values(figures).some((value) => value < 0)).toBe(true);
  });

  it('tells the steward, and nobody else', async () => {
    const { keys } = network;
    const last = async (key: string): Promise<object[]> => {
      const { data } = await network.call(
        key,
        '{ events(last: 1) { nodes { type actorRole subjectType subjectId } } }',
      );
      return (data as { events: { nodes: object[] } }).events.nodes;
    };
    const [event] = (await last(keys.steward)) as { subjectId: string }[];
    expect(event).toMatchObject({
      type: 'OBSTACLE_RELEASE_SEALED',
      actorRole: 'SYSTEM',
      subjectType: 'OBSTACLE_RELEASE',
    });
    const { data } = await network.call(
      keys.analyst,
      `{ node(id: "${event.subjectId}") { id ... on ObstacleRelease { period } } }`,
    );
    expect(data).toEqual({ node: { id: event.subjectId, period: '2026-Q3' } });
    expect(JSON.stringify(await last(keys.funder))).not.toContain('RELEASE');
  });

  it('is answered again by its idempotency key, and never done again', async () => {
    const [first, second] = [
      await scenes.seal('2026-Q2', { idempotencyKey: 'Q2' }),
      await scenes.seal('2026-Q2', { idempotencyKey: 'Q2' }),
    ];
    expect(second).toEqual(first);
    expect(await scenes.refused('2026-Q1', { idempotencyKey: 'Q2' })).toEqual(['IDEMPOTENCY_MISMATCH']);
  });

  it('never spends again what was spent, also when the release is gone', async () => {
    expect(await unwell()).toEqual([]);
    await network.sql(
      `DELETE FROM statistics.cells WHERE period = '2026-Q2'; DELETE FROM statistics.releases WHERE period = '2026-Q2'`,
    );
    expect(await unwell()).toEqual(['a release has figures for exactly what it spent']);
    expect(await scenes.refused('2026-Q2')).toEqual(['LEDGER_EXHAUSTED']);
    await network.app.get(Jobs).runScheduled('seal_obstacle_releases');
    const closed = await network.sql<{ period: string }>('SELECT period FROM statistics.releases ORDER BY period');
    expect(closed.map(({ period }) => period)).toEqual(['2026-Q1', '2026-Q3']);
  });
});

describe('logging and sealing', () => {
  it('take turns, so that none is missed', async () => {
    network.clock.set('2027-01-20T09:00:00Z');
    const writer = new pg.Client({ connectionString: network.databaseUrls.owner });
    await writer.connect();
    await writer.query('BEGIN');
    await writer.query(
      `INSERT INTO obstacles.entries (id, organization_id, reader_id, tier, state, code, other_codes, began_month, text, logged_at, updated_at)
       SELECT gen_random_uuid(), organization_id, organization_id, 'CONFIDENTIAL', 'LOGGED', 'VIOLENCE', '{}', '2026-12-01', 'x',
         '2026-12-31 23:59:59', now() FROM obstacles.entries LIMIT 1`,
    );
    const sealing = scenes.seal('2026-Q4');
    const waiting = async (): Promise<number> =>
      (
        await network.sql<{ n: number }>(
          `SELECT count(*)::int AS n FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`,
        )
      )[0].n;
    while ((await waiting()) === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    await writer.query('COMMIT');
    await writer.end();
    expect(await sealing).toMatchObject({ isDone: true, userErrors: [] });
    expect(await counted()).toEqual({ '2026-Q3': 180, '2026-Q4': 8 });
  });

  it('leaves an entry where it was counted, whoever tries', async () => {
    for (const value of [`'2026-Q1'`, 'NULL']) {
      await expect(
        network.sql(`UPDATE obstacles.entries SET counted_in = ${value} WHERE counted_in = '2026-Q3'`),
      ).rejects.toThrow('counted once');
    }
  });

  it('counts what comes late in the next quarter that is open', async () => {
    await scenes.report({ from: 1, count: 3, code: 'VIOLENCE', at: '2026-08-01' });
    await scenes.addGrantees({ from: 900, count: 1 });
    network.clock.set('2027-04-20T09:00:00Z');
    await scenes.seal('2027-Q1');
    expect(await counted()).toEqual({ '2026-Q3': 180, '2026-Q4': 8, '2027-Q1': 3 });
  });
});

describe('the job', () => {
  it('closes what is due, in order, a year after its quarters, and then nothing more', async () => {
    await network.sql(
      `INSERT INTO statistics.releases VALUES (gen_random_uuid(), '2026-Q2', 'REFUSED_FOR_SIZE', 350, 200, 400, now())`,
    );
    network.clock.set('2027-07-20T09:00:00Z');
    const before = await sealingState(network);
    await network.app.get(Jobs).runScheduled('seal_obstacle_releases');
    const closed = await network.sql<{ period: string; state: string }>(
      'SELECT period, state FROM statistics.releases ORDER BY sealed_at DESC, id DESC LIMIT 2',
    );
    expect(closed.map(({ period, state }) => `${period} ${state}`).sort()).toEqual(['2026 SEALED', '2027-Q2 SEALED']);
    const after = await sealingState(network);
    expect(after).not.toBe(before);
    await network.app.get(Jobs).runScheduled('seal_obstacle_releases');
    expect(await sealingState(network)).toBe(after);
    const [{ spent }] = await network.sql<{ spent: number }>(
      `SELECT sum(epsilon)::int AS spent FROM statistics.ledger WHERE year = 2026`,
    );
    expect(spent).toBe(2_000);
  });
});

describe('the database role', () => {
  const as = async (role: string, sql: string): Promise<string> => {
    const login = new pg.Client({ connectionString: network.databaseUrls.app });
    await login.connect();
    await login.query(`SET ROLE goodfaith_${role}`);
    const outcome = await login.query(sql).then(
      () => 'possible',
      (error: unknown) => (error as { code: string }).code,
    );
    await login.end();
    return outcome;
  };

  it('of the sealer reads no text, and changes nothing but where an entry is counted', async () => {
    const closed = [
      ...['text', 'reader_id', 'agreement_id', 'cost_minor'].map((column) => `SELECT ${column} FROM obstacles.entries`),
      ...['obstacles.events', 'narrative_reports', 'organization_contacts'].map((table) => `SELECT FROM ${table}`),
      'SELECT secret_digest FROM api_keys',
      `UPDATE obstacles.entries SET state = 'RESOLVED'`,
      'DELETE FROM obstacles.entries',
      ...['cells', 'ledger', 'releases'].flatMap((table) => [
        `DELETE FROM statistics.${table}`,
        `UPDATE statistics.${table} SET period = period`,
      ]),
    ];
    for (const sql of closed) expect([sql, await as('sealer', sql)]).toEqual([sql, '42501']);
    expect(await as('sealer', 'SELECT code, counted_in FROM obstacles.entries')).toBe('possible');
  });

  it.each(['worker', 'steward', 'grantee', 'funder', 'analyst', 'public'])(
    'of another seals nothing: %s',
    async (role) => {
      const attempts = [
        `INSERT INTO statistics.releases VALUES (gen_random_uuid(), '1999', 'SEALED', 350, 200, 400, now())`,
        `INSERT INTO statistics.ledger VALUES ('1999-Q1', 'CATEGORY', 1999, 1, now())`,
        'UPDATE statistics.cells SET value = 0',
      ];
      for (const sql of attempts) expect([sql, await as(role, sql)]).toEqual([sql, '42501']);
    },
  );

  it('of anybody spends no more than is allowed, nor twice', async () => {
    const line = (period: string, view: string, year: number, epsilon: number): Promise<object[]> =>
      network.sql(`INSERT INTO statistics.ledger VALUES ('${period}', '${view}', ${year}, ${epsilon}, now())`);
    await expect(line('2030-Q1', 'CATEGORY', 2030, 351)).rejects.toThrow('ledger_epsilon');
    await expect(line('2030', 'KIND_BY_REGION', 2030, 201)).rejects.toThrow('ledger_epsilon');
    await expect(line('2030-Q1', 'FUNDER', 2030, 1)).rejects.toThrow('ledger_view_of_period');
    await expect(line('2030-Q1', 'CATEGORY', 2031, 1)).rejects.toThrow('ledger_year');
    await expect(line('2026-Q3', 'CATEGORY', 2026, 1)).rejects.toThrow('ledger_pkey');
  });
});
