import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import { HIDDEN } from './support/obstacle-scenes.js';

let network: Network;
beforeAll(async () => {
  network = await startNetwork();
});
afterAll(() => network.stop());

describe('a refusal', () => {
  const REFUSED = 'userErrors { code requestId retryable }';
  interface Refused {
    readonly code: string;
    readonly requestId: string;
    readonly retryable: boolean;
  }
  const refused = async (key: string, name: string, input: object): Promise<Refused[]> => {
    const type = `${name[0].toUpperCase()}${name.slice(1)}Input!`;
    const query = `mutation ($input: ${type}) { ${name}(input: $input) { ${REFUSED} } }`;
    const { data, headers } = await network.call(key, query, { input });
    const { userErrors } = (data as Record<string, { userErrors: Refused[] }>)[name];
    // The id is of the request that asks, in each of its errors.
    for (const { requestId } of userErrors) expect(requestId).toBe(headers.get('x-request-id'));
    return userErrors;
  };
  const toldOf = (errors: readonly Refused[]): unknown[] => errors.map(({ code, retryable }) => [code, retryable]);

  it('has the id of its request, another each time it is sent', async () => {
    const { grantee } = network.keys;
    const input = { ...HIDDEN, tier: 'SHARED', idempotencyKey: 'refused twice' };
    const [one, two] = [await refused(grantee, 'logObstacle', input), await refused(grantee, 'logObstacle', input)];
    expect([toldOf(one), toldOf(two)]).toEqual([[['FUNDER_NEEDED', false]], [['FUNDER_NEEDED', false]]]);
    expect(one[0].requestId).not.toBe(two[0].requestId);
  });

  it.each<[string, string, string, object]>([
    [
      'NOT_FOUND',
      'grantee',
      'acceptAgreement',
      { id: `agr_${'0'.repeat(32)}`, revision: 1, acceptedByName: 'A', acceptedByTitle: 'B' },
    ],
    ['REPORT_EMPTY', 'grantee', 'submitReport', {}],
    ['INCOMPLETE_ORGANIZATION', 'steward', 'registerOrganization', { name: 'Neither' }],
    [
      'INVALID_ID',
      'grantee',
      'acceptAgreement',
      { id: 'agr_1', revision: 1, acceptedByName: 'A', acceptedByTitle: 'B' },
    ],
  ])('is not to be sent again as it is: %s', async (code, role, name, input) => {
    const errors = await refused(network.keys[role as 'grantee'], name, input);
    expect(toldOf(errors)).toContainEqual([code, false]);
    expect(errors.every(({ retryable }) => !retryable)).toBe(true);
  });

  it('is to be sent again while the first call with its key is at work', async () => {
    const { grantee } = network.keys;
    const holder = new pg.Client({ connectionString: network.databaseUrls.owner });
    await holder.connect();
    try {
      await holder.query('BEGIN');
      const { organization } = network.ids;
      await holder.query('SELECT 1 FROM organizations WHERE id = $1 FOR UPDATE', [organization.grantee.slice(4)]);
      const input = { expectedVersion: 1, website: 'https://example.org/', idempotencyKey: 'at work' };
      const first = refused(grantee, 'updateOrganization', input);
      const isWaiting = async (): Promise<boolean> =>
        (await network.sql('SELECT 1 FROM pg_locks WHERE NOT granted')).length > 0;
      while (!(await isWaiting())) await new Promise((resolve) => setTimeout(resolve, 5));
      expect(toldOf(await refused(grantee, 'updateOrganization', input))).toEqual([['IDEMPOTENCY_IN_FLIGHT', true]]);
      await holder.query('COMMIT');
      expect(await first).toEqual([]);
    } finally {
      await holder.end();
    }
  });

  it('is to be sent again when what refuses it passes by itself', async () => {
    const { steward } = network.keys;
    network.clock.skew = 120_000;
    const errors = await refused(steward, 'sealObstacleRelease', { period: '2026-Q4' });
    network.clock.skew = 0;
    expect(toldOf(errors)).toEqual([['CLOCKS_DISAGREE', true]]);
  });
});
