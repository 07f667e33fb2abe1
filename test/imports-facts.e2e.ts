import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { everything, file, grant, send } from './support/grants.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';

/** What a file says is kept as it says it: names, times, durations, the order of its dates, and what is wrong. */
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

describe('the name in the file', () => {
  it('stays visible where the number leads to an organization with another name', async () => {
    const number = 'GB-CHC-7400001';
    await send(network, file(grant('head', recipient(number, 'River Trust'))));
    await send(network, file(grant('branch', recipient(number, 'River Trust\n(Delta branch)'))));
    const { data } = await network.call(
      network.keys.steward,
      '{ agreements(first: 100) { nodes { grantee { name } importedFrom { id funderName recipientName durationMonths } } } }',
    );
    const branch = data.agreements.nodes.find(
      (node: { importedFrom: { id: string } | null }) => node.importedFrom?.id === '360G-test-branch',
    );
    expect(branch).toEqual({
      grantee: { name: 'River Trust' },
      importedFrom: {
        id: '360G-test-branch',
        funderName: 'Harbor Fund',
        recipientName: 'River Trust (Delta branch)',
        durationMonths: null,
      },
    });
  });
});

describe('what nobody could read', () => {
  it('is refused by the rules of the API, in every text', async () => {
    const before = await everything(network);
    const { body } = await send(
      network,
      file(
        grant('forced', { title: 'invoice \u202Efdp.exe' }),
        grant('unseen', recipient(undefined, '\u200b\u2060')),
        grant('long', recipient('GB-CHC-7400009', 'x'.repeat(201))),
        grant('heavy', { id: '👩‍👩‍👧‍👦'.repeat(150) }),
      ),
    );
    expect(body).toMatchObject({ created: 0, rejectedCount: 4 });
    expect(body.rejected.map(({ reasons }: { reasons: { code: string; field: string }[] }) => reasons)).toEqual([
      [expect.objectContaining({ code: 'TEXT_DIRECTION_FORCED', field: 'title' })],
      [expect.objectContaining({ code: 'MISSING', field: 'recipientOrganization[0].name' })],
      [expect.objectContaining({ code: 'TEXT_TOO_LONG', field: 'recipientOrganization[0].name' })],
      [expect.objectContaining({ code: 'TEXT_TOO_MANY_BYTES', field: 'id' })],
    ]);
    expect(await everything(network)).toEqual(before);
  });

  it('is said for each field, in both languages, and first in that of the caller', async () => {
    const wrong = grant('wrong', { currency: 'UKP', amountAwarded: '£5', awardDate: '31/02/2020' });
    const sent = await send(network, file(wrong), { headers: { 'accept-language': 'vi' } });
    const [row] = sent.body.rejected;
    expect(row).toMatchObject({ position: 0, id: '360G-test-wrong', field: 'currency' });
    expect(row.reason).toBe(row.reasons[0].vi);
    expect(row.reasons.map(({ code, field }: { code: string; field: string }) => [code, field])).toEqual([
      ['UNKNOWN_CURRENCY', 'currency'],
      ['AMOUNT_NOT_A_NUMBER', 'amountAwarded'],
      ['NO_SUCH_SLASHED_DAY', 'awardDate'],
    ]);
    expect(row.reasons[1]).toMatchObject({
      en: expect.stringContaining('"£5"; a plain number is expected'),
      vi: expect.stringContaining('"£5"; cần một số thuần túy'),
    });
    const english = await send(network, file(wrong));
    expect(english.body.rejected[0].reason).toBe(row.reasons[0].en);
  });

  it.each<[string, string, string]>([
    ['an IATI file', '<?xml version="1.0"?><iati-activities version="2.03"/>', 'IATI_XML_FILE'],
    ['a page', '<!DOCTYPE html><html></html>', 'HTML_FILE'],
    ['a table', 'id;title\n1;Rent', 'CSV_FILE'],
    ['a flat table', 'Identifier,Amount Awarded,Recipient Org:Name\n1,2,3', 'FLAT_CSV_FILE'],
    [
      'flat rows in a package',
      JSON.stringify({ grants: [{ Identifier: '1', 'Recipient Org:Name': 'Kite Makers' }] }),
      'FLAT_JSON_FILE',
    ],
    ['flat rows by paths', JSON.stringify([{ id: '1', 'recipientOrganization/0/name': 'Kite' }]), 'FLAT_JSON_FILE'],
  ])('is named as what it is: %s', async (_what, body, problem) => {
    const english = await send(network, body);
    expect(english).toMatchObject({ status: 422, body: { code: 'IMPORT_UNREADABLE', problem } });
    const vietnamese = await send(network, body, { headers: { 'accept-language': 'vi' } });
    expect(vietnamese.body.problem).toBe(problem);
    expect(vietnamese.body.detail).toMatch(/JSON/);
    expect(vietnamese.body.detail).not.toBe(english.body.detail);
    expect(vietnamese.body.detail).toMatch(/[ạ-ỹ]/);
  });
});

describe('what a calculation left', () => {
  it('is taken for the sum it comes from, and the duration for what it is', async () => {
    const plannedDates = [{ startDate: '2020-05-01', duration: 18 }];
    const half = grant('half-penny', { amountAwarded: '33.335' });
    const { body } = await send(
      network,
      file(grant('residue', { amountAwarded: '41133.770000000004', plannedDates }), half),
    );
    expect(body).toMatchObject({ created: 1, rejectedCount: 1 });
    expect(await recordOf('residue')).toMatchObject({ amount: '4113377', durationMonths: 18 });
  });
});

describe('rules for the restriction', () => {
  const file1 = file(
    grant('rule-1', { fundingType: [{ title: 'Core Costs' }] }),
    grant('rule-2', { title: 'Towards the core costs of a boat' }),
    grant('rule-3', { grantProgramme: [{ title: 'Boats' }] }),
    grant('rule-4', { fundingType: [{ title: 'Unrestricted' }] }),
  );
  const query = (...rules: string[]) => `?${rules.map((rule) => `restriction=${encodeURIComponent(rule)}`).join('&')}`;

  it('are given with the file, applied in their order, and said again in the summary', async () => {
    const rules = query(
      'fundingType:core costs=UNRESTRICTED',
      'title:*core costs*=UNRESTRICTED',
      'grantProgramme:Boats=PROGRAM',
      'title:*yacht*=RESTRICTED',
    );
    const { body } = await send(network, file1, { query: rules });
    expect(body.restrictionRules).toEqual([
      { field: 'fundingType', value: 'core costs', restriction: 'UNRESTRICTED', grants: 1 },
      { field: 'title', value: '*core costs*', restriction: 'UNRESTRICTED', grants: 1 },
      { field: 'grantProgramme', value: 'Boats', restriction: 'PROGRAM', grants: 1 },
      { field: 'title', value: '*yacht*', restriction: 'RESTRICTED', grants: 0 },
    ]);
    const said = await Promise.all([1, 2, 3, 4].map(async (n) => (await recordOf(`rule-${n}`)).restriction));
    expect(said).toEqual(['UNRESTRICTED', 'UNRESTRICTED', 'PROGRAM', 'UNRESTRICTED']);
    // The same file without rules says less, which is a change.
    expect((await send(network, file1)).body).toMatchObject({ updated: 3, unchanged: 1, restrictionRules: [] });
  });

  it.each([['title'], ['description:Core=UNRESTRICTED'], ['title:Core=SPONSORED_PROJECT'], ['title:\u202Ea=PROGRAM']])(
    'are refused when they are none: %s',
    async (rule) => {
      const before = await everything(network);
      const sent = await send(network, file(grant('no-rule')), { query: query('title:*a*=PROGRAM', rule) });
      expect(sent).toMatchObject({
        status: 422,
        body: { code: 'INVALID_RESTRICTION_RULE', path: ['restriction', '1'] },
      });
      const vi = { 'accept-language': 'vi' };
      expect((await send(network, file(grant('no-rule')), { query: query(rule), headers: vi })).body.detail).toMatch(
        /^Một quy tắc/,
      );
      const many = query(...Array.from({ length: 51 }, () => 'title:*a*=PROGRAM'));
      expect((await send(network, file(grant('no-rule')), { query: many })).body.code).toBe('INVALID_RESTRICTION_RULE');
      expect(await everything(network)).toEqual(before);
    },
  );
});
