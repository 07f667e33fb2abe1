import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Grant, file, grant, send } from './support/grants.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';

/** Which row is newer, in which order dates are written, and which numbers are one: as far as a file says it. */
let network: Network;
beforeAll(async () => {
  network = await startNetwork();
});
afterAll(() => network.stop());

const recordOf = async (id: string) => {
  const [row] = await network.sql<Record<string, unknown>>(
    `SELECT a.committed_minor AS amount, a.version, a.restriction, a.awarded_on::text AS "awardedOn", i.date_modified AS "publishedAt",
       a.grantee_id AS "granteeId", i.recipient_name AS "recipientName", i.duration_months AS "durationMonths"
     FROM imported_grants i JOIN agreements a ON a.id = i.agreement_id WHERE i.source_id = $1`,
    [`360G-test-${id}`],
  );
  return row;
};
const recipient = (id: string | undefined, name: string): object => ({ recipientOrganization: [{ id, name }] });
const packageOf = (fields: object, ...grants: Grant[]): string => JSON.stringify({ grants, ...fields });

describe('an older file', () => {
  const outcome = async (text: string, query = '') => {
    const { body } = await send(network, text, { query });
    return { updated: body.updated, unchanged: body.unchanged, older: body.olderCount, issued: body.issued };
  };

  it('never overwrites a newer one, by the date of its rows in any form', async () => {
    const version = (dateModified: string, amountAwarded: number) =>
      file(grant('dated', { dateModified, amountAwarded }));
    await send(network, version('2020-05-10', 10));
    expect(await outcome(version('09/05/2020', 9))).toMatchObject({ updated: 0, unchanged: 1, older: 1 });
    expect(await recordOf('dated')).toMatchObject({ amount: '1000', version: 1 });
    expect(await outcome(version('2020-05-10T15:00:00Z', 11))).toMatchObject({ updated: 1, older: 0 });
    // Of one day nobody knows which was first: what was sent last counts.
    expect(await outcome(version('10/05/2020', 12))).toMatchObject({ updated: 1, older: 0 });
  });

  it.each([['before'], ['after']])(
    'never does so by the date of the package that stands %s its grants',
    async (place) => {
      const id = `issued-${place}`;
      const version = (issued: string, amountAwarded: number) => {
        const grants = [grant(id, { amountAwarded })];
        return JSON.stringify(place === 'before' ? { issued, grants } : { grants, issued });
      };
      await send(network, version('2020-05-10', 10));
      expect(await recordOf(id)).toMatchObject({ publishedAt: new Date('2020-05-10') });
      const older = await outcome(version('2020-05-09', 9));
      expect(older).toEqual({ updated: 0, unchanged: 1, older: 1, issued: '2020-05-09' });
      expect(await outcome(version('2020-05-11', 11))).toMatchObject({ updated: 1, older: 0 });
      // A row's own time is more exact than its package's.
      const own = grant(id, { amountAwarded: 12, dateModified: '2020-05-10T00:00:00Z' });
      expect(await outcome(packageOf({ issued: '2020-06-01' }, own))).toMatchObject({ updated: 0, older: 1 });
      expect(await recordOf(id)).toMatchObject({ amount: '1100' });
    },
  );

  it('without any time changes what has none either, and nothing that has one; and says so', async () => {
    const version = (amountAwarded: number, fields: object = {}) =>
      file(grant('undated', { amountAwarded, ...fields }));
    await send(network, version(1));
    const second = (await send(network, version(2))).body;
    expect(second).toMatchObject({ updated: 1, undatedUpdatedCount: 1, undatedKeptCount: 0, issued: null });
    await send(network, version(3, { dateModified: '2020-05-10' }));
    const fourth = (await send(network, version(4))).body;
    expect(fourth).toMatchObject({ updated: 0, unchanged: 1, undatedUpdatedCount: 0, undatedKeptCount: 1 });
    expect(await recordOf('undated')).toMatchObject({ amount: '300' });
    // Whoever sends the file may know when it was issued.
    expect(await outcome(version(5), '?issued=2020-05-01')).toMatchObject({ updated: 0, older: 1 });
    expect(await outcome(version(5), '?issued=2020-06-01')).toMatchObject({ updated: 1, issued: '2020-06-01' });
    expect(await send(network, version(6), { query: '?issued=soon' })).toMatchObject({
      status: 422,
      body: { code: 'INVALID_ISSUED_DATE', path: ['issued'] },
    });
  });
});

describe('dates with slashes', () => {
  it('are not read in a file of which one can only be month/day/year, wherever it stands', async () => {
    const rows = [
      ...Array.from({ length: 600 }, (_, i) => grant(`slash-${i}`, { awardDate: '03/04/2020' })),
      grant('slash-iso', { awardDate: '2020-04-03' }),
      grant('slash-proof', { plannedDates: [{ startDate: '02/13/2020' }] }),
      grant('slash-british', { awardDate: '13/02/2020' }),
    ];
    const { body } = await send(network, file(...rows));
    expect(body).toMatchObject({
      read: 603,
      created: 1,
      rejectedCount: 602,
      monthFirstDate: { position: 601, field: 'plannedDates[0].startDate', value: '"02/13/2020"' },
    });
    expect(body.rejected[0]).toMatchObject({
      field: 'awardDate',
      reasons: [
        {
          code: 'SLASHED_DATE_REFUSED',
          en: expect.stringContaining('"02/13/2020" at position 601 (plannedDates[0].startDate)'),
          vi: expect.stringContaining('tháng/ngày/năm'),
        },
      ],
    });
    expect((await recordOf('slash-iso')).awardedOn).toBe('2020-04-03');
    expect(await recordOf('slash-0')).toBeUndefined();
  });

  it('are day/month/year in every other file', async () => {
    const { body } = await send(network, file(grant('slash-fine', { awardDate: '03/04/2020' }), grant('slash-other')));
    expect(body).toMatchObject({ created: 2, monthFirstDate: null });
    expect((await recordOf('slash-fine')).awardedOn).toBe('2020-04-03');
  });
});

describe('numbers of registers', () => {
  const granteesOf = async (...ids: string[]) =>
    Promise.all(ids.map(async (id) => (await recordOf(id)).granteeId as string));

  it('are one number however they are mistyped, in one file and in the next', async () => {
    await send(
      network,
      file(
        grant('zero-1', recipient('GB-COH-1234567', 'Lost Zero')),
        grant('zero-2', recipient('GB-COH-01234567', 'Lost Zero Ltd')),
        grant('zero-3', recipient('GB-SC-SCO45678', 'Letter O')),
      ),
    );
    await send(
      network,
      file(
        grant('zero-4', recipient('GB-COH-O1234567', 'Lost Zero Limited')),
        grant('zero-5', recipient('GB-SC-SC045678', 'Letter O')),
        grant('zero-6', recipient('GB-COH-0C345678', 'A partnership')),
        grant('zero-7', recipient('GB-COH-OC345678', 'A partnership')),
      ),
    );
    const [one, two, three, four, five, six, seven] = await granteesOf(
      ...[1, 2, 3, 4, 5, 6, 7].map((n) => `zero-${n}`),
    );
    expect([two, four, five, seven]).toEqual([one, one, three, six]);
    const held = await network.sql(
      `SELECT scheme, value FROM organization_identifiers WHERE organization_id = ANY ($1) ORDER BY 1, 2`,
      [[one, three, six]],
    );
    expect(held).toEqual([
      { scheme: 'GB-COH', value: '01234567' },
      { scheme: 'GB-COH', value: 'OC345678' },
      { scheme: 'GB-SC', value: 'SC045678' },
    ]);
  });

  it('lead to who has the number of the file exactly, and the other holder is a likely twin', async () => {
    const register = async (name: string, value: string) => {
      const input = { name, grantee: { legalForm: 'REGISTERED' }, identifiers: [{ scheme: 'GB-COH', value }] };
      const made = await network.mutate(network.keys.steward, 'registerOrganization', input, 'organization { id }');
      return made.organization.id as string;
    };
    const short = await register('Short', '7654321');
    const full = await register('Full', '07654321');
    const { body } = await send(network, file(grant('twin-1', recipient('GB-COH-7654321', 'Short'))));
    expect((await recordOf('twin-1')).granteeId).toBe(
      short.slice(4).replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
    );
    expect(body).toMatchObject({
      likelyTwinCount: 1,
      likelyTwins: [
        {
          reason: 'SAME_NUMBER',
          identifier: 'GB-COH-7654321',
          organizationId: short,
          twinId: full,
          twinIdentifier: 'GB-COH-07654321',
        },
      ],
    });
  });

  it('of a register whose form nobody knows are listed, and nothing is attached by a guess', async () => {
    const rows = [
      grant('similar-1', recipient('XX-REG-00777', 'Zeros')),
      grant('similar-2', recipient('XX-REG-777', 'No zeros')),
    ];
    const dry = await send(network, file(...rows), { query: '?dryRun=true' });
    const similar = { reason: 'SIMILAR_NUMBER', identifier: 'XX-REG-00777', twinIdentifier: 'XX-REG-777' };
    expect(dry.body).toMatchObject({
      likelyTwinCount: 1,
      likelyTwins: [{ ...similar, organizationId: null, twinId: null }],
    });
    const { body } = await send(network, file(...rows));
    const [one, two] = await granteesOf('similar-1', 'similar-2');
    expect(one).not.toBe(two);
    expect(body.likelyTwins).toEqual([
      {
        ...similar,
        organizationId: `org_${one.replaceAll('-', '')}`,
        twinId: `org_${two.replaceAll('-', '')}`,
      },
    ]);
  });
});
