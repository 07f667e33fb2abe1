import { describe, expect, it } from '@jest/globals';
import { codelists, ROW } from '../../test/support/grant-row.js';
import { digestOf } from './grant-digest.js';
import { type ImportedGrant, readGrant } from './grant-row.rules.js';
import { wordsFor } from './row-reasons.rules.js';

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
      durationMonths: null,
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
      byRule: null,
      dataSource: null,
      publishedAt: null,
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
    ['an unreadable change date', { dateModified: 'yesterday' }, { publishedAt: null }],
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
    ['a duration only', { plannedDates: [{ duration: '12' }] }, { startsOn: null, endsOn: null, durationMonths: 12 }],
    [
      'a duration beside a start',
      { plannedDates: [{ startDate: '2020-05-01', duration: '36.0' }] },
      { startsOn: '2020-05-01', endsOn: null, durationMonths: 36 },
    ],
    [
      'a duration beside an end, which says more',
      { plannedDates: [{ endDate: '2020-05-01', duration: 3 }] },
      { endsOn: '2020-05-01', durationMonths: null },
    ],
    [
      'the durations of several stages',
      { plannedDates: [{ duration: '12' }, { duration: '6' }] },
      { durationMonths: null },
    ],
    ["the publisher's own duration", { 'Planned Dates:Duration (months)': '6' }, { durationMonths: 6 }],
    ['no months at all', { plannedDates: [{ duration: '0' }] }, { durationMonths: null }],
    ['half a month', { plannedDates: [{ duration: '0.5' }] }, { durationMonths: null }],
    ['a duration in words', { plannedDates: [{ duration: 'a year' }] }, { durationMonths: null }],
    ['binary residue', { amountAwarded: '41133.770000000004' }, { amount: '41133.77', minorUnits: 4_113_377n }],
    ['a title that nobody can see', { title: '\u200b\u2060 ' }, { title: null }],
    ['an emoji as one character', { title: '👩‍👩‍👧‍👦'.repeat(1_000) }, { title: '👩‍👩‍👧‍👦'.repeat(1_000) }],
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
      recipientOrganization: [{ ...ROW.recipientOrganization[0], description: 'A mill' }],
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
    ['duration', { plannedDates: [{ duration: 12 }] }],
    ['restriction', { fundingType: [{ title: 'Unrestricted' }] }],
  ])('changes with the %s', (_what, change) => {
    expect(digest(change)).not.toBe(digest({}));
  });
});

function accepted(raw: unknown): ImportedGrant {
  const reading = readGrant(raw, codelists);
  if (!reading.ok) throw new Error(`rejected: ${reading.reasons.map((reason) => wordsFor(reason, 'en')).join(' ')}`);
  return reading.grant;
}
