import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { countryOf } from './country-names.js';
import { digestOf } from './grant-digest.js';
import { type Codelists, type ImportedGrant, LARGEST_GRANT_BYTES, readGrant } from './grant-row.rules.js';
import type { RejectionReason } from './rejection.rules.js';

const DECIMALS: Readonly<Record<string, number>> = { GBP: 2, USD: 2, VND: 0 };
const codelists: Codelists = { decimalsOf: (currency) => DECIMALS[currency] ?? null, countryOf };

const ROW = {
  id: '360G-example-COVID 07 04 20-1',
  title: 'Core costs',
  description: 'Unrestricted funding for three years',
  currency: 'GBP',
  amountAwarded: '15000.0',
  awardDate: '2020-04-07T00:00:00+00:00',
  fundingOrganization: [{ id: 'GB-CHC-1153055', name: 'Example Trust' }],
  recipientOrganization: [{ id: 'GB-CHC-1164883', name: 'Green Mill', addressCountry: 'Wales' }],
};

describe('readGrant', () => {
  it('reads a grant', () => {
    expect(accepted(ROW)).toEqual({
      sourceId: '360G-example-COVID 07 04 20-1',
      title: 'Core costs',
      description: 'Unrestricted funding for three years',
      amount: '15000.00',
      minorUnits: 1_500_000n,
      currency: 'GBP',
      awardDate: '2020-04-07',
      startsOn: null,
      endsOn: null,
      funder: {
        identifier: { scheme: 'GB-CHC', value: '1153055' },
        rawId: 'GB-CHC-1153055',
        name: 'Example Trust',
        nameKey: 'example trust',
        country: null,
      },
      grantee: {
        identifier: { scheme: 'GB-CHC', value: '1164883' },
        rawId: 'GB-CHC-1164883',
        name: 'Green Mill',
        nameKey: 'green mill',
        country: 'GB',
      },
      programTitle: null,
      restriction: 'UNSTATED',
      dataSource: null,
      dateModified: null,
    });
  });

  it.each<[string, object, Partial<ImportedGrant>]>([
    ['a boolean where the standard says Yes/No', { fromOpenCall: true }, {}],
    ['a zero amount', { amountAwarded: '0' }, { minorUnits: 0n }],
    ['more disbursed than awarded', { amountDisbursed: '20000' }, { minorUnits: 1_500_000n }],
    ['no description', { description: undefined }, { description: null }],
    ['no title', { title: ' ' }, { title: null }],
    ['a number for a title', { title: '2020' }, { title: '2020' }],
    ['a currency in small letters', { currency: ' usd' }, { currency: 'USD' }],
    ['an award date with slashes', { awardDate: '07/04/2020' }, { awardDate: '2020-04-07' }],
    ['a funder funding itself', { recipientOrganization: ROW.fundingOrganization }, {}],
    ['an empty person', { recipientIndividual: {} }, {}],
    [
      'a program',
      { grantProgramme: [{ title: ' ' }, { title: 'Covid\nresponse' }] },
      { programTitle: 'Covid response' },
    ],
    ['a source', { dataSource: 'https://example.org/grants.json' }, { dataSource: 'https://example.org/grants.json' }],
    ['a source that is no web address', { dataSource: 'javascript:alert(1)' }, { dataSource: null }],
    ['an unreadable change date', { dateModified: 'yesterday' }, { dateModified: null }],
    ['decomposed letters', { title: 'Cafe\u0301' }, { title: 'Caf\u00e9' }],
    [
      'planned dates, the end before the start',
      { plannedDates: [{ startDate: '2020-05-01', endDate: '2019-05-01T00:00:00Z' }] },
      { startsOn: '2020-05-01', endsOn: '2019-05-01' },
    ],
    [
      'several stages',
      { plannedDates: [{ startDate: '2021-01-01', endDate: '2021-12-31' }, { startDate: '2020-01-01' }] },
      { startsOn: '2020-01-01', endsOn: '2021-12-31' },
    ],
    ['a duration only', { plannedDates: [{ duration: '12' }] }, { startsOn: null, endsOn: null }],
    ['a month only', { plannedDates: [{ startDate: '2020-05' }] }, { startsOn: null }],
    [
      "the publisher's own columns",
      { 'Project Start Date': '01/05/2020', 'Project End Date': '30/04/2021' },
      { startsOn: '2020-05-01', endsOn: '2021-04-30' },
    ],
    ['actual dates for want of planned ones', { actualDates: [{ endDate: '2021-04-30' }] }, { endsOn: '2021-04-30' }],
  ])('accepts %s', (_what, change, expected) => {
    expect(accepted({ ...ROW, ...change })).toMatchObject(expected);
  });

  it.each<[string, unknown, string | null, RegExp]>([
    ['no id', { ...ROW, id: undefined }, 'id', /^id is missing\.$/],
    ['an overlong id', { ...ROW, id: 'x'.repeat(201) }, 'id', /201 characters; at most 200/],
    ['a NUL', { ...ROW, title: 'a\0b' }, 'title', /broken character/],
    ['half a surrogate pair', { ...ROW, description: '\ud83c' }, 'description', /broken character/],
    ['a list for a title', { ...ROW, title: ['a'] }, 'title', /title is a list/],
    ['an overlong description', { ...ROW, description: 'x'.repeat(50_001) }, 'description', /at most 50000/],
    ['no currency', { ...ROW, currency: '' }, 'currency', /currency is missing/],
    ['an unknown currency', { ...ROW, currency: 'UKP' }, 'currency', /"UKP", not a currency code/],
    ['no amount', { ...ROW, amountAwarded: null }, 'amountAwarded', /missing/],
    ['a negative amount', { ...ROW, amountAwarded: '-1' }, 'amountAwarded', /negative/],
    ['no award date', { ...ROW, awardDate: undefined }, 'awardDate', /awardDate is missing/],
    ['a year for an award date', { ...ROW, awardDate: '2020' }, 'awardDate', /a date is expected/],
    ['the 31st of February', { ...ROW, awardDate: '31/02/2020' }, 'awardDate', /does not exist/],
    [
      'an impossible end',
      { ...ROW, plannedDates: [{ endDate: '2020-06-31' }] },
      'plannedDates[0].endDate',
      /not exist/,
    ],
    ['an own column without a date', { ...ROW, 'Project End Date': 'ongoing' }, 'Project End Date', /"ongoing"/],
    ['no funder', { ...ROW, fundingOrganization: [] }, 'fundingOrganization', /missing/],
    ['no recipient', { ...ROW, recipientOrganization: undefined }, 'recipientOrganization', /missing/],
    ['null', null, null, /^The row is "null", not a grant\.$/],
    ['a list', [], null, /^The row is a list, not a grant\.$/],
    ['a number', '12', null, /not a grant/],
  ])('rejects %s', (_what, raw, field, reason) => {
    expect(rejected(raw)).toMatchObject({ field, reason: expect.stringMatching(reason) });
  });

  it('rejects a grant to a person, and does not repeat who it is', () => {
    const person = { id: '360G-example-person:1', name: 'Ada Example' };
    const reason = rejected({ ...ROW, recipientOrganization: undefined, recipientIndividual: person });
    expect(reason.field).toBe('recipientIndividual');
    expect(JSON.stringify(reason)).not.toContain('Ada');
    expect(rejected({ ...ROW, recipientIndividual: person }).field).toBe('recipientIndividual');
  });

  it('rejects a grant that is too large to be one', () => {
    const reading = readGrant(ROW, codelists, LARGEST_GRANT_BYTES + 1);
    expect(reading).toMatchObject({ ok: false, reason: { id: ROW.id, field: null } });
  });

  it('shows the offending value, short and without e-mail addresses', () => {
    const { reason } = rejected({ ...ROW, awardDate: `ask ada@example.org\u001b[31m or ${'x'.repeat(200)}` });
    expect(reason).toMatch(/^awardDate is "ask \(e-mail address\) \[31m or x+…"; a date is expected/);
    expect(reason.length).toBeLessThan(130);
    expect(rejected({ ...ROW, id: 'ada@example.org-1', currency: null }).id).toBe('(e-mail address)');
  });

  it('answers for any JSON, and never with more than a sentence', () => {
    const value = fc.jsonValue({ maxDepth: 2 });
    const change = fc.dictionary(
      fc.constantFrom(...Object.keys(ROW), 'plannedDates', 'fundingType', 'grantProgramme'),
      value,
    );
    fc.assert(
      fc.property(
        fc.oneof(
          value,
          change.map((changed) => ({ ...ROW, ...changed })),
        ),
        (raw) => {
          const reading = readGrant(raw, codelists);
          if (!reading.ok) expect(reading.reason.reason.length).toBeLessThan(300);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

describe('restriction', () => {
  const core = [{ title: 'Type of support', Vocabluary: 'Core Funding:Unrestricted' }];

  it.each<[string, object, string]>([
    ['the word as title', { fundingType: [{ title: 'Unrestricted' }] }, 'UNRESTRICTED'],
    ['the word after a heading', { fundingType: core }, 'UNRESTRICTED'],
    ['the contrary', { fundingType: [{ title: 'Core Funding: restricted' }] }, 'RESTRICTED'],
    ['both', { fundingType: [{ title: 'Restricted' }, { title: 'Unrestricted' }] }, 'UNSTATED'],
    ['core costs', { fundingType: [{ title: 'Core' }] }, 'UNSTATED'],
    ['a word within others', { fundingType: [{ title: 'Partly unrestricted' }] }, 'UNSTATED'],
    ['a description', { description: 'Unrestricted', fundingType: [{ description: 'Unrestricted' }] }, 'UNSTATED'],
  ])('from %s', (_what, change, restriction) => {
    expect(accepted({ ...ROW, ...change }).restriction).toBe(restriction);
  });

  it('follows a given rule before the file', () => {
    const restrictionRules = [
      { field: 'grantProgramme', value: 'Core Fund', restriction: 'UNRESTRICTED' },
      { field: 'fundingType', value: 'project', restriction: 'PROGRAM' },
    ] as const;
    const read = (change: object) => readGrant({ ...ROW, ...change }, { ...codelists, restrictionRules });
    expect(read({ grantProgramme: [{ title: 'CORE FUND' }] })).toMatchObject({
      grant: { restriction: 'UNRESTRICTED' },
    });
    expect(read({ fundingType: [{ title: 'Project' }] })).toMatchObject({ grant: { restriction: 'PROGRAM' } });
    expect(read({})).toMatchObject({ grant: { restriction: 'UNSTATED' } });
  });
});

describe('digestOf', () => {
  const digest = (change: object) => digestOf(accepted({ ...ROW, ...change }));

  it('is the same for what would be recorded alike', () => {
    expect(digest({})).toMatch(/^[0-9a-f]{64}$/);
    const alike = {
      amountAwarded: '15e3',
      awardDate: '07/04/2020',
      currency: 'gbp',
      title: ' Core costs ',
      dateModified: '2026-01-01T00:00:00Z',
      dataSource: 'https://example.org/again.json',
      extra: [1],
    };
    expect(digest(alike)).toBe(digest({}));
  });

  it.each<[string, object]>([
    ['id', { id: '360G-example-2' }],
    ['title', { title: 'Core cost' }],
    ['description', { description: null }],
    ['amount', { amountAwarded: '15000.01' }],
    ['currency', { currency: 'USD' }],
    ['award date', { awardDate: '2020-04-08' }],
    ['start', { plannedDates: [{ startDate: '2020-05-01' }] }],
    ['end', { plannedDates: [{ endDate: '2020-05-01' }] }],
    ['funder', { fundingOrganization: [{ id: 'GB-CHC-1', name: 'Example Trust' }] }],
    ["recipient's name", { recipientOrganization: [{ ...ROW.recipientOrganization[0], name: 'Red Mill' }] }],
    ['program', { grantProgramme: [{ title: 'Core' }] }],
    ['restriction', { fundingType: [{ title: 'Unrestricted' }] }],
  ])('changes with the %s', (_what, change) => {
    expect(digest(change)).not.toBe(digest({}));
  });
});

function accepted(raw: unknown): ImportedGrant {
  const reading = readGrant(raw, codelists);
  if (!reading.ok) throw new Error(`rejected: ${reading.reason.reason}`);
  return reading.grant;
}

function rejected(raw: unknown): RejectionReason {
  const reading = readGrant(raw, codelists);
  if (reading.ok) throw new Error('accepted');
  return reading.reason;
}
