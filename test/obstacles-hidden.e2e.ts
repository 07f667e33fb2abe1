import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Network } from './support/network.js';
import { USER_ERRORS, startNetwork } from './support/network.js';
import {
  ABOUT_FUNDER,
  FIELDS,
  HIDDEN,
  ONE,
  ObstacleCalls,
  recordAgreement,
  stored,
} from './support/obstacle-scenes.js';
import { nameSteward } from './support/steward-scenes.js';

let network: Network;
let calls: ObstacleCalls;
beforeAll(async () => {
  network = await startNetwork();
  calls = new ObstacleCalls(network);
  for (const funder of ['funder', 'secondFunder'] as const) await recordAgreement(network, funder, 'grantee');
});
afterAll(() => network.stop());

describe('refusals', () => {
  const random = 'obs_0123456789ab4def8123456789abcdef';

  it.each([
    ['a code that is none', { code: 'NO_SUCH' }, 'UNKNOWN_OBSTACLE_CODE code'],
    ['a code named twice', { otherCodes: ['VIOLENCE', 'VIOLENCE'] }, 'INVALID_VALUE otherCodes.1'],
    ['three more codes', { otherCodes: ['A', 'B', 'C'] }, 'TOO_MANY_ITEMS otherCodes'],
    ['a funder code without a funder', { code: 'NO_RESPONSE' }, 'FUNDER_NEEDED funderId'],
    ['sharing without a funder', { tier: 'SHARED' }, 'FUNDER_NEEDED funderId'],
    ['next month', { beganMonth: '2099-01-01' }, 'DATE_OUT_OF_RANGE beganMonth'],
    ['no text', { text: '  ' }, 'TEXT_TOO_SHORT text'],
    ['a NUL', { text: 'a\u0000b' }, 'TEXT_MALFORMED text'],
    ['half a dong', { impact: { cost: { amount: '0.5', currency: 'VND' } } }, 'MONEY_TOO_PRECISE impact.cost.amount'],
    ['an agreement that is none', { agreementId: `agr_${random.slice(4)}` }, 'NOT_GROUNDED agreementId'],
  ])('says why to %s', async (_, change, reason) => {
    const before = await stored(network);
    expect(
      await calls.refused(network.keys.grantee, 'logObstacle', { ...HIDDEN, tier: 'CONFIDENTIAL', ...change }),
    ).toEqual([reason]);
    expect(await stored(network)).toEqual(before);
  });

  it('grounds an entry in an agreement: a funder that offered none is none', async () => {
    const input = { ...ABOUT_FUNDER, tier: 'SHARED', funderId: network.ids.funder };
    const before = await stored(network);
    expect(await calls.refused(network.keys.secondGrantee, 'logObstacle', input)).toEqual(['NOT_GROUNDED funderId']);
    expect(await stored(network)).toEqual(before);
  });

  it('never closes a tier', async () => {
    const { grantee } = network.keys;
    const { id } = await calls.log({ ...ABOUT_FUNDER, tier: 'SHARED', funderId: network.ids.funder });
    for (const tier of ['SHARED', 'CONFIDENTIAL', 'AGGREGATE_ONLY']) {
      expect(await calls.refused(grantee, 'openObstacleTier', { id, tier, expectedVersion: 1 })).toEqual([
        'TIER_CANNOT_CLOSE tier',
      ]);
    }
  });

  it('keeps what concerns the steward from the steward', async () => {
    const { keys, ids } = network;
    await nameSteward(network, ids.organization.secondFunder);
    const input = { ...ABOUT_FUNDER, funderId: ids.secondFunder };
    expect(await calls.refused(keys.grantee, 'logObstacle', { ...input, tier: 'CONFIDENTIAL' })).toEqual([
      'STEWARD_IS_CONCERNED tier',
    ]);
    const { id } = await calls.log({ ...input, tier: 'AGGREGATE_ONLY' });
    expect(
      await calls.refused(keys.grantee, 'openObstacleTier', { id, tier: 'CONFIDENTIAL', expectedVersion: 1 }),
    ).toEqual(['STEWARD_IS_CONCERNED tier']);
    expect(
      await calls.done(keys.grantee, 'openObstacleTier', { id, tier: 'SHARED', expectedVersion: 1 }),
    ).toMatchObject({
      state: 'OPEN',
    });
  });

  it('says no to what the state does not allow, and to a stale version', async () => {
    const { keys, ids } = network;
    const { id } = await calls.log({ ...ABOUT_FUNDER, tier: 'SHARED', funderId: ids.funder });
    const before = await stored(network);
    expect(await calls.refused(keys.grantee, 'reopenObstacle', { id, expectedVersion: 1 })).toEqual([
      'ACTION_NOT_ALLOWED id',
    ]);
    expect(await calls.refused(keys.grantee, 'resolveObstacle', { id, expectedVersion: 7 })).toEqual([
      'STALE_VERSION expectedVersion',
    ]);
    const answer = { id, text: 'Too short?', expectedVersion: 1 };
    expect(await calls.refused(keys.funder, 'respondToObstacle', { ...answer, changeBy: '2001-01-01' })).toEqual([
      'DATE_OUT_OF_RANGE changeBy',
    ]);
    expect(await calls.refused(keys.funder, 'respondToObstacle', { ...answer, text: 'No.' })).toEqual([
      'TEXT_TOO_SHORT text',
    ]);
    expect(await stored(network)).toEqual(before);
  });

  it('answers a funder about a hidden obstacle with the bytes it answers about none', async () => {
    const { keys, ids } = network;
    const hidden = await calls.log({ ...ABOUT_FUNDER, tier: 'CONFIDENTIAL', funderId: ids.funder });
    const known = { expectedVersion: 1 };
    const attempts: [string, (id: string) => object][] = [
      [ONE, (id) => ({ id })],
      ['query ($id: ID!) { node(id: $id) { id } nodes(ids: [$id]) { id } }', (id) => ({ id })],
      ...(
        [
          'acknowledgeObstacle',
          'respondToObstacle',
          'resolveObstacle',
          'reopenObstacle',
          'withdrawObstacle',
          'openObstacleTier',
        ] as const
      ).map((name): [string, (id: string) => object] => [
        `mutation ($input: ${name[0].toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { obstacle { ${FIELDS} } ${USER_ERRORS} } }`,
        (id) => ({
          input: {
            ...{ id, ...known },
            ...(name === 'respondToObstacle' && { text: 'This will change soon.' }),
            ...(name === 'openObstacleTier' && { tier: 'SHARED' }),
          },
        }),
      ]),
    ];
    const without = (text: string): string => text.replace(/"requestId":"[^"]*"/g, '');
    for (const key of [keys.funder, keys.secondFunder, keys.secondGrantee, keys.analyst, keys.steward]) {
      for (const [query, variables] of attempts) {
        if (key === keys.steward && !query.startsWith('mutation')) continue;
        const before = await stored(network);
        const [about, none] = [
          await network.call(key, query, variables(hidden.id)),
          await network.call(key, query, variables(random)),
        ];
        expect(without(about.text)).toBe(without(none.text));
        expect(about.status).toBe(none.status);
        expect(await stored(network)).toEqual(before);
      }
    }
    expect((await calls.list(keys.funder)).nodes.map(({ id }) => id)).not.toContain(hidden.id);
  });
});

describe('the database', () => {
  it('lists the transitions that the lifecycle has', async () => {
    const { obstacleTransitions } = await import('../src/obstacles/obstacle.lifecycle.js');
    const [{ source }] = (await network.sql(
      `SELECT prosrc AS source FROM pg_proc WHERE oid = 'obstacles.legal_transition'::regproc`,
    )) as [{ source: string }];
    expect(source.match(/[A-Z]+>[A-Z]+/g)!.sort()).toEqual(obstacleTransitions());
  });

  it('has no policy and no grant by which a funder reaches the log, nor the steward AGGREGATE_ONLY', async () => {
    const grants = await network.sql<{ grantee: string; name: string }>(
      `SELECT DISTINCT grantee, table_name AS name FROM information_schema.role_table_grants
       WHERE table_schema = 'obstacles' AND table_name NOT IN ('codes', 'categories') AND grantee IN ('goodfaith_funder', 'goodfaith_analyst', 'goodfaith_public', 'goodfaith_steward')
       ORDER BY 1, 2`,
    );
    expect(grants.map(({ grantee, name }) => `${grantee} ${name}`)).toEqual([
      'goodfaith_funder shared',
      'goodfaith_steward entries',
      'goodfaith_steward shared',
    ]);
    const foreign = await network.sql(
      `SELECT conname FROM pg_constraint c WHERE contype = 'f' AND (SELECT relnamespace FROM pg_class WHERE oid = conrelid)
         <> (SELECT relnamespace FROM pg_class WHERE oid = confrelid)
         AND 'obstacles'::regnamespace IN ((SELECT relnamespace FROM pg_class WHERE oid = conrelid), (SELECT relnamespace FROM pg_class WHERE oid = confrelid))`,
    );
    expect(foreign).toEqual([]);
  });
});
