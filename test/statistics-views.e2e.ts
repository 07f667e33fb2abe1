import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Network } from './support/network.js';
import { SealingScenes, SilentEntropy, granteeUuid, startSealingNetwork } from './support/statistics-scenes.js';

/** Without noise, so that what was counted can be seen. */
let network: Network;
let scenes: SealingScenes;
beforeAll(async () => {
  network = await startSealingNetwork(new SilentEntropy());
  scenes = new SealingScenes(network);
});
afterAll(() => network.stop());

const isTooSmall = async (period: string): Promise<boolean> => {
  const { notices } = await scenes.seal(period, { dryRun: true });
  return notices.some(({ code }) => code === 'NETWORK_TOO_SMALL');
};

describe('who could have reported', () => {
  it('is told by agreements and keys, and for thirty days at least', async () => {
    network.clock.set('2026-04-20T00:00:00Z');
    await scenes.addGrantees({ from: 1, count: 199 });
    expect(await isTooSmall('2026-Q1')).toBe(true);

    // What does not make one eligible, each by itself.
    await scenes.addGrantees({ from: 900, count: 1, since: '2026-03-02T00:00:00.001Z' });
    await scenes.addGrantees({ from: 901, count: 1, keysRevokedAt: '2026-01-30T23:59:59.999Z' });
    await network.sql(`UPDATE api_keys SET expires_at = '2026-01-30' WHERE organization_id = '${granteeUuid(900)}'`);
    await scenes.addGrantees({ from: 902, count: 4 });
    await network.sql(`
      BEGIN;
      SET LOCAL session_replication_role = replica;
      DELETE FROM api_keys WHERE organization_id = '${granteeUuid(902)}';
      UPDATE api_keys SET role = 'FUNDER' WHERE organization_id = '${granteeUuid(903)}';
      UPDATE agreements SET state = 'RECORDED', origin = 'IMPORTED' WHERE grantee_id = '${granteeUuid(904)}';
      UPDATE agreements SET state = 'RELEASED', ended_at = '2026-01-15' WHERE grantee_id = '${granteeUuid(905)}';
      COMMIT`);
    expect(await isTooSmall('2026-Q1')).toBe(true);

    // Two keys one after the other, thirty days in all, with an agreement that ended.
    await scenes.addGrantees({ from: 950, count: 1, keysRevokedAt: '2026-01-15T00:00:00Z' });
    await network.sql(
      `INSERT INTO api_keys (id, secret_digest, role, organization_id, lineage_id, label, created_at, revoked_at) SELECT gen_random_uuid(),
         secret_digest, role, organization_id, lineage_id, label, '2026-01-15', '2026-01-30T23:59:59.999Z' FROM api_keys WHERE organization_id = $1`,
      [granteeUuid(950)],
    );
    expect(await isTooSmall('2026-Q1')).toBe(true);
    await network.sql(
      `UPDATE api_keys SET revoked_at = '2026-01-31T00:00:00Z' WHERE organization_id = $1 AND created_at = '2026-01-15'`,
      [granteeUuid(950)],
    );
    expect(await isTooSmall('2026-Q1')).toBe(false);
  });

  it('says nothing of who reported', async () => {
    await network.sql(`UPDATE api_keys SET revoked_at = created_at WHERE organization_id = $1`, [granteeUuid(950)]);
    await scenes.report({ from: 900, count: 6, code: 'VIOLENCE', at: '2026-02-01' });
    expect(await isTooSmall('2026-Q1')).toBe(true);
  });
});

describe('a network too small', () => {
  it('has its period closed without figures, for good', async () => {
    const { isDone, release, userErrors, notices } = await scenes.seal('2026-Q1');
    expect([isDone, userErrors]).toEqual([true, []]);
    expect(release).toMatchObject({ state: 'REFUSED_FOR_SIZE', views: [], ledger: { spent: 0 } });
    expect(notices).toMatchObject([{ code: 'NETWORK_TOO_SMALL', path: ['period'] }]);
    await scenes.addGrantees({ from: 200, count: 60, country: 'KE', funder: 'secondFunder' });
    expect(await scenes.refused('2026-Q1')).toEqual(['PERIOD_ALREADY_SEALED']);
    const [{ left }] = await network.sql<{ left: number }>(
      'SELECT count(*)::int AS left FROM obstacles.entries WHERE counted_in IS NULL',
    );
    expect(left).toBe(0);
  });
});

describe('an organization', () => {
  it('counts once in a view, where it reported most, by the first code of what it did not withdraw', async () => {
    network.clock.set('2026-07-20T00:00:00Z');
    const at = '2026-05-01';
    await scenes.report({ from: 1, count: 50, code: 'DISBURSEMENT_DELAY', at, funder: 'funder' });
    await scenes.report({ from: 1, count: 20, code: 'VIOLENCE', at });
    await scenes.report({ from: 1, count: 20, code: 'GOVERNMENT_INSTABILITY', at, tier: 'AGGREGATE_ONLY' });
    await scenes.report({ from: 60, count: 5, code: 'FRAUD_OR_THEFT', at });
    await network.sql(
      `UPDATE obstacles.entries SET state = 'WITHDRAWN' WHERE code = 'FRAUD_OR_THEFT' AND organization_id = $1`,
      [granteeUuid(60)],
    );
    await scenes.seal('2026-Q2');
    expect(await scenes.published('2026-Q2', 'CATEGORY')).toEqual({
      ...{ FUNDER_DIRECTION: 0, FUNDER_PAYMENT: 30, FUNDER_COMMITMENT: 0, FUNDER_PAPERWORK: 0, FUNDER_RELATIONSHIP: 0 },
      ...{ EXTERNAL_DISASTER: 0, EXTERNAL_CONFLICT: 20, EXTERNAL_ECONOMY: 0 },
      ...{ ORGANIZATION_PEOPLE: 4, ORGANIZATION_ASSETS: 0 },
    });
  });

  it('stays counted when it withdraws, and one with another it had become before the period ended', async () => {
    await network.sql(`UPDATE obstacles.entries SET state = 'WITHDRAWN' WHERE organization_id = $1`, [granteeUuid(61)]);
    const merge = (from: number, into: number, at: string): Promise<object[]> =>
      network.sql('UPDATE organizations SET merged_into = $2, updated_at = $3 WHERE id = $1', [
        granteeUuid(from),
        granteeUuid(into),
        at,
      ]);
    network.clock.set('2026-10-20T00:00:00Z');
    await scenes.report({ from: 101, count: 4, code: 'VIOLENCE', at: '2026-08-01' });
    await merge(101, 102, '2026-09-30T23:59:59Z');
    await merge(103, 104, '2026-10-02T00:00:00Z');
    await scenes.seal('2026-Q3');
    expect(await scenes.published('2026-Q3', 'CATEGORY')).toMatchObject({
      EXTERNAL_CONFLICT: 3,
      ORGANIZATION_PEOPLE: 0,
    });
    expect(await scenes.published('2026-Q2', 'CATEGORY')).toMatchObject({ ORGANIZATION_PEOPLE: 4 });
  });
});

describe('the views of a year', () => {
  it('show regions and funders that enough could report from, and the others together', async () => {
    await scenes.addGrantees({ from: 300, count: 20, country: 'FR', since: '2026-10-01' });
    await scenes.addGrantees({ from: 320, count: 10, country: null, since: '2026-10-01' });
    const at = '2026-11-01';
    await scenes.report({ from: 200, count: 40, code: 'DISBURSEMENT_DELAY', at, funder: 'secondFunder' });
    await scenes.report({
      from: 300,
      count: 9,
      code: 'DISBURSEMENT_DELAY',
      at,
      funder: 'funder',
      tier: 'AGGREGATE_ONLY',
    });
    await scenes.report({ from: 320, count: 3, code: 'FRAUD_OR_THEFT', at });
    network.clock.set('2027-01-20T00:00:00Z');
    await scenes.seal('2026-Q4');
    // Who moves after the year's end is still where it was then.
    await network.sql(`UPDATE organizations SET country = 'KE', updated_at = '2027-01-02' WHERE id = $1`, [
      granteeUuid(300),
    ]);
    const { release, userErrors } = await scenes.seal('2026');
    expect(userErrors).toEqual([]);
    expect(release).toMatchObject({
      views: [
        { view: 'KIND_BY_REGION', epsilon: 0.2 },
        { view: 'FUNDER', epsilon: 0.4 },
      ],
      ledger: { spent: 1.65 },
    });
    expect(await scenes.published('2026', 'KIND_BY_REGION')).toEqual({
      'FUNDER South-eastern Asia': 30,
      'FUNDER Sub-Saharan Africa': 40,
      'FUNDER Other regions': 9,
      // 20 and 2, and the 6 of the quarter that was closed without figures.
      'EXTERNAL South-eastern Asia': 28,
      'EXTERNAL Sub-Saharan Africa': 0,
      'EXTERNAL Other regions': 0,
      // One of the four that were counted in the second quarter has withdrawn since.
      'ORGANIZATION South-eastern Asia': 3,
      'ORGANIZATION Sub-Saharan Africa': 0,
      'ORGANIZATION Other regions': 3,
    });
    // The second funder has 60 grantees, so its cell joins the others, which are still too few to be shown without the first.
    expect(await scenes.published('2026', 'FUNDER')).toEqual({ 'Other funders': 90 });
  });
});
