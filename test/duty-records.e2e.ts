import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Jobs } from '../src/platform/jobs/jobs.service.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import { ABOUT_FUNDER, ObstacleCalls, recordAgreement } from './support/obstacle-scenes.js';
import { makeAgreement } from './support/report-scenes.js';

let network: Network;
let calls: ObstacleCalls;
beforeAll(async () => {
  network = await startNetwork();
  calls = new ObstacleCalls(network);
  network.clock.set('2026-10-01T03:00:00Z');
  for (const grantee of ['grantee', 'secondGrantee'] as const) await recordAgreement(network, 'funder', grantee);
});
afterAll(() => network.stop());

const BAND = '{ from to }';
const RECORD = `live { due awaited answered answeredInTime medianDays resolved counterparties }
  published { year answered ${BAND} answeredInTime ${BAND} resolved ${BAND} medianDays ${BAND} }`;
interface DutyRecord {
  live: object | null;
  published: object[];
}
async function record(key: string | null, field: string, funder = network.ids.funder): Promise<DutyRecord> {
  const query = `query ($id: ID!) { funder(id: $id) { ${field} { ${RECORD} } } }`;
  const { data, errors } = await network.call(key, query, { id: funder });
  expect(errors).toBeUndefined();
  return (data as { funder: Record<string, DutyRecord> }).funder[field];
}
const outsiders = (): (string | null)[] => [network.keys.secondFunder, network.keys.analyst, null];
const NOTHING = {
  due: 0,
  awaited: 0,
  answered: 0,
  answeredInTime: 0,
  medianDays: null,
  resolved: 0,
  counterparties: 0,
};

describe('Funder.obstacleRecord', () => {
  it('counts as it stands for the funder and the steward, its own for a grantee, and nothing for anybody else', async () => {
    const { funder, grantee, secondGrantee, steward } = network.keys;
    const about = { ...ABOUT_FUNDER, beganMonth: '2026-09-01', tier: 'SHARED', funderId: network.ids.funder };
    const first = await calls.log(about);
    const second = await calls.log(about);
    const third = await calls.log(about, secondGrantee);
    await calls.log(about, secondGrantee);
    const withdrawn = await calls.log(about);
    await calls.done(grantee, 'withdrawObstacle', { id: withdrawn.id, expectedVersion: withdrawn.version });
    expect((await record(funder, 'obstacleRecord')).live).toEqual({ ...NOTHING, awaited: 4 });

    network.clock.set('2026-10-05T09:00:00Z');
    const answer = { text: 'We pay on the first of the month from now on.', expectedVersion: 1 };
    await calls.done(funder, 'respondToObstacle', { id: first.id, ...answer });
    await calls.done(grantee, 'resolveObstacle', { id: first.id, expectedVersion: 2 });
    // Resolved before it was due, and unanswered: neither kept nor missed.
    await calls.done(grantee, 'resolveObstacle', { id: second.id, expectedVersion: second.version });
    network.clock.set('2026-11-20T09:00:00Z');
    await calls.done(funder, 'respondToObstacle', { id: third.id, ...answer });

    const all = { due: 3, awaited: 0, answered: 2, answeredInTime: 1, medianDays: 27, resolved: 1, counterparties: 2 };
    expect((await record(funder, 'obstacleRecord')).live).toEqual(all);
    expect((await record(steward, 'obstacleRecord')).live).toEqual(all);
    expect((await record(grantee, 'obstacleRecord')).live).toEqual({
      ...{ due: 1, awaited: 0, answered: 1, answeredInTime: 1, medianDays: 4, resolved: 1, counterparties: 1 },
    });
    expect((await record(secondGrantee, 'obstacleRecord')).live).toEqual({
      ...{ due: 2, awaited: 0, answered: 1, answeredInTime: 0, medianDays: 50, resolved: 0, counterparties: 1 },
    });
    for (const key of outsiders()) expect(await record(key, 'obstacleRecord')).toEqual({ live: null, published: [] });
    expect((await record(network.keys.secondFunder, 'obstacleRecord', network.ids.secondFunder)).live).toEqual(NOTHING);
  });

  it('is moved by nothing that is confidential', async () => {
    const keys = [...Object.values(network.keys), null];
    const before = await Promise.all(keys.map((key) => record(key, 'obstacleRecord')));
    const about = { ...ABOUT_FUNDER, beganMonth: '2026-09-01', funderId: network.ids.funder };
    for (const tier of ['CONFIDENTIAL', 'AGGREGATE_ONLY']) {
      const { id, version } = await calls.log({ ...about, tier });
      await calls.done(network.keys.grantee, 'resolveObstacle', { id, expectedVersion: version });
    }
    expect(await Promise.all(keys.map((key) => record(key, 'obstacleRecord')))).toEqual(before);
  });

  it('forgets what fell due more than 365 days ago', async () => {
    network.clock.set('2027-10-31T03:00:00Z');
    expect((await record(network.keys.funder, 'obstacleRecord')).live).toMatchObject({ due: 3 });
    network.clock.set('2027-11-01T03:00:00Z');
    expect((await record(network.keys.funder, 'obstacleRecord')).live).toEqual(NOTHING);
    network.clock.set('2026-11-20T03:00:00Z');
  });
});

/** Grantees that shared one obstacle each with a funder, answered on the 11th day; the first `slow` of them not at all. */
async function manyShare(funder: 'funder' | 'secondFunder', count: number, slow: number): Promise<void> {
  await network.sql(
    `WITH made AS (INSERT INTO organizations (id, name, is_listed, created_at, updated_at)
       SELECT gen_random_uuid(), $2 || n, true, now(), now() FROM generate_series(1, $3::integer) n RETURNING id, name),
     entry AS (INSERT INTO obstacles.entries (id, organization_id, reader_id, tier, state, code, other_codes, began_month, text, funder_id, logged_at, updated_at)
       SELECT gen_random_uuid(), id, id, 'SHARED', 'LOGGED', 'NO_RESPONSE', '{}', '2025-01-01', 'x', $1, now(), now() FROM made RETURNING id, organization_id)
     INSERT INTO obstacles.shared (id, funder_id, organization_id, state, code, other_codes, began_month, text, shared_at, response_days,
       time_zone, respond_by, respond_by_at, answer, answered_at, updated_at)
     SELECT id, $1, organization_id, CASE WHEN late THEN 'OPEN' ELSE 'ANSWERED' END, 'NO_RESPONSE', '{}', '2025-01-01', 'x', '2025-05-01T00:00:00Z',
       30, 'UTC', '2025-05-31', '2025-06-01T00:00:00Z', CASE WHEN NOT late THEN 'Yes.' END, CASE WHEN NOT late THEN timestamptz '2025-05-12T00:00:00Z' END, now()
     FROM (SELECT e.*, row_number() OVER () <= $4::integer AS late FROM entry e) AS e`,
    [network.ids[funder].slice(4), `${funder} group `, count, slow],
  );
}

describe('a published record', () => {
  const freeze = (): Promise<void> => network.app.get(Jobs).runScheduled('freeze_obstacle_response_records');
  const frozen = (): Promise<object[]> =>
    network.sql(
      `SELECT y.frozen_at::text, year, r.funder_id, to_json(r) AS record FROM duty_record_years y LEFT JOIN duty_records r USING (duty, year) ORDER BY year, funder_id`,
    );

  it('is frozen once a year for everybody, when 25 grantees had to do with it', async () => {
    await manyShare('funder', 25, 8);
    await manyShare('secondFunder', 24, 0);
    await freeze();
    const published = [
      {
        year: 2025,
        answered: { from: 60, to: 80 },
        answeredInTime: { from: 60, to: 80 },
        resolved: { from: 0, to: 20 },
        medianDays: { from: 8, to: 14 },
      },
    ];
    for (const key of [...Object.values(network.keys), null]) {
      expect((await record(key, 'obstacleRecord')).published).toEqual(published);
      expect((await record(key, 'obstacleRecord', network.ids.secondFunder)).published).toEqual([]);
    }
  });

  it('stays as it was, whatever is told or asked later, and is made by one of several at once', async () => {
    const before = await frozen();
    await manyShare('secondFunder', 30, 30);
    await network.sql(
      `UPDATE obstacles.shared SET answered_at = '2025-05-12T00:00:00Z', answer = 'Yes.', state = 'ANSWERED' WHERE answered_at IS NULL AND state = 'OPEN'`,
    );
    await freeze();
    expect(await frozen()).toEqual(before);
    await expect(network.sql(`UPDATE duty_records SET answered = 4`)).rejects.toThrow('insert-only');
    network.clock.set('2027-01-02T04:41:00Z');
    await Promise.all([freeze(), freeze(), freeze()]);
    const after = (await frozen()) as { year: number; funder_id: string | null }[];
    expect(after.map(({ year, funder_id }) => [year, funder_id])).toEqual([
      [2025, network.ids.funder.slice(4).replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')],
      [2026, null],
    ]);
  });
});

describe('Funder.responseRecord', () => {
  const answer = (shareId: string): Promise<unknown> =>
    network.mutate(
      network.keys.funder,
      'respondToReport',
      { shareId, kind: 'QUESTION', text: 'What became of the classes?' },
      'reportShare { id }',
    );
  async function share(agreement: string, key = network.keys.grantee): Promise<string> {
    const input = { sections: [{ prompt: 'WHAT_HAPPENED', text: 'Lũ rút.' }], shareWith: [agreement] };
    const selection = 'narrativeReport { shares { nodes { id } } }';
    const { narrativeReport } = (await network.mutate(key, 'submitReport', input, selection)) as {
      narrativeReport: { shares: { nodes: { id: string }[] } };
    };
    return narrativeReport.shares.nodes[0].id;
  }

  it('counts for the funder and the steward alike, its own for a grantee, and nothing that is not shared', async () => {
    network.clock.set('2031-01-01T03:00:00Z');
    const make = makeAgreement.bind(null, network);
    const [first, second] = [await make('funder', 'grantee'), await make('funder', 'secondGrantee')];
    const kept = await share(first);
    const late = await share(second, network.keys.secondGrantee);
    await share(second, network.keys.secondGrantee);
    const unshared = await share(await make('funder', 'grantee'));
    network.clock.set('2031-01-08T09:00:00Z');
    await answer(kept);
    const rating = { shareId: kept, helped: true };
    await network.mutate(network.keys.grantee, 'rateReportResponse', rating, 'reportShare { id }');
    await network.mutate(network.keys.grantee, 'unshareReport', { shareId: unshared }, 'reportShare { id }');
    network.clock.set('2031-03-01T09:00:00Z');
    await answer(late);
    const all = { due: 3, awaited: 0, answered: 2, answeredInTime: 1, medianDays: 33, resolved: 1, counterparties: 2 };
    expect(await record(network.keys.funder, 'responseRecord')).toEqual({ live: all, published: [] });
    expect(await record(network.keys.steward, 'responseRecord')).toEqual({ live: all, published: [] });
    expect((await record(network.keys.grantee, 'responseRecord')).live).toMatchObject({
      due: 1,
      answered: 1,
      resolved: 1,
      medianDays: 7,
    });
    expect((await record(network.keys.secondGrantee, 'responseRecord')).live).toMatchObject({
      due: 2,
      answered: 1,
      answeredInTime: 0,
    });
    for (const key of [network.keys.secondFunder, network.keys.analyst, null]) {
      expect(await record(key, 'responseRecord')).toEqual({ live: null, published: [] });
    }
  });

  it('is frozen once a year from what grantees were told by its end', async () => {
    const funder = network.ids.funder.slice(4);
    await network.sql(
      `INSERT INTO organizations (id, name, is_listed, created_at, updated_at)
       SELECT gen_random_uuid(), 'Group ' || n, true, now(), now() FROM generate_series(1, 30) n`,
    );
    // Copies of one share under 30 grantees, past the triggers: who shared what is tested above.
    await network.sql(
      `BEGIN; SET LOCAL session_replication_role = replica;
       CREATE TEMP TABLE copies ON COMMIT DROP AS SELECT gen_random_uuid() AS id, o.id AS grantee FROM organizations o WHERE o.name LIKE 'Group %';
       INSERT INTO report_shares (id, grantee_id, funder_id, agreement_id, report_id, report_version, content, shared_at, respond_by, respond_by_at, state)
         SELECT c.id, c.grantee, '${funder}', s.agreement_id, gen_random_uuid(), 1, s.content, '2030-05-01T00:00:00Z', '2030-05-31', '2030-06-01T00:00:00Z', 'ANSWERED'
         FROM copies c, (SELECT * FROM report_shares LIMIT 1) s;
       INSERT INTO report_responses (id, share_id, funder_id, grantee_id, kind, text, responded_at)
         SELECT gen_random_uuid(), id, '${funder}', grantee, 'LEARNED', 'We learned a lot.', '2030-05-21T00:00:00Z' FROM copies;
       COMMIT`,
    );
    network.clock.set('2031-01-02T05:00:00Z');
    const freeze = (): Promise<void> => network.app.get(Jobs).runScheduled('freeze_report_response_records');
    await Promise.all([freeze(), freeze()]);
    const published = [
      {
        year: 2030,
        answered: { from: 80, to: 100 },
        answeredInTime: { from: 80, to: 100 },
        resolved: { from: 0, to: 20 },
        medianDays: { from: 15, to: 30 },
      },
    ];
    for (const key of [...Object.values(network.keys), null])
      expect((await record(key, 'responseRecord')).published).toEqual(published);
  });
});
