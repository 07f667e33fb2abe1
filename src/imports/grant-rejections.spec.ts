import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { codelists, ROW } from '../../test/support/grant-row.js';
import { MAX_GRANT_BYTES, readGrant } from './grant-row.rules.js';
import { MAX_REASONS_OF_A_ROW } from './rejection.rules.js';
import { type RowReason, wordsFor } from './row-reasons.rules.js';

describe('readGrant', () => {
  it.each<[string, unknown, string | null, RegExp]>([
    ['no id', { ...ROW, id: undefined }, 'id', /^id is missing\.$/],
    ['an overlong id', { ...ROW, id: 'x'.repeat(201) }, 'id', /^id: The text has more than 200 characters/],
    ['a NUL', { ...ROW, title: 'a\0b' }, 'title', /NUL character/],
    ['a NUL in a name', { ...ROW, recipientOrganization: [{ name: 'a\0b' }] }, 'recipientOrganization[0].name', /NUL/],
    ['half a surrogate pair', { ...ROW, description: '\ud83c' }, 'description', /half of a surrogate pair/],
    ['a list for a title', { ...ROW, title: ['a'] }, 'title', /title is a list/],
    [
      'an overlong description',
      { ...ROW, description: 'x'.repeat(50_001) },
      'description',
      /more than 50000 characters/,
    ],
    ['no currency', { ...ROW, currency: '' }, 'currency', /currency is missing/],
    ['an unknown currency', { ...ROW, currency: 'UKP' }, 'currency', /"UKP", not a currency code/],
    ['a forced direction', { ...ROW, title: 'gnp\u202Eexe' }, 'title', /^title: Character 4 \(U\+202E\)/],
    [
      'a forced direction in a name',
      { ...ROW, fundingOrganization: [{ name: 'a\u202db' }] },
      'fundingOrganization[0].name',
      /U\+202D/,
    ],
    [
      'a name that nobody can see',
      { ...ROW, recipientOrganization: [{ name: '\u200b\u2060\u00ad' }] },
      'recipientOrganization[0].name',
      /missing/,
    ],
    [
      'a name of control characters',
      { ...ROW, recipientOrganization: [{ name: '\u0001\u007f' }] },
      'recipientOrganization[0].name',
      /missing/,
    ],
    [
      'an overlong name',
      { ...ROW, recipientOrganization: [{ name: 'x'.repeat(201) }] },
      'recipientOrganization[0].name',
      /more than 200 characters/,
    ],
    ['an id of too many bytes', { ...ROW, id: '👩‍👩‍👧‍👦'.repeat(150) }, 'id', /^id: The text takes 3750 bytes/],
    ['piled marks', { ...ROW, title: `a${'\u0301'.repeat(40)}` }, 'title', /more than 30 marks/],
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
    expect(rejected(raw)).toEqual([{ field, reason: expect.stringMatching(reason) }]);
  });

  it('says everything that is wrong with a row', () => {
    const wrong = {
      id: 'x'.repeat(201),
      title: 'a\u202eb',
      description: ['text'],
      currency: 'UKP',
      amountAwarded: '£5',
      awardDate: '31/02/2020',
      plannedDates: [{ startDate: 'soon', endDate: '2020-13-01' }, { endDate: 'later' }],
      fundingOrganization: [],
      recipientOrganization: [{ id: {}, name: '' }],
      grantProgramme: [{ title: {} }],
    };
    expect(rejected(wrong).map(({ field }) => field)).toEqual([
      'id',
      'currency',
      'amountAwarded',
      'awardDate',
      'fundingOrganization',
      'recipientOrganization[0].id',
      'recipientOrganization[0].name',
      'title',
      'description',
      'plannedDates[0].startDate',
      'plannedDates[0].endDate',
      'plannedDates[1].endDate',
      'grantProgramme[0].title',
    ]);
    const many = { ...ROW, plannedDates: Array.from({ length: 100 }, () => ({ endDate: 'later' })) };
    expect(rejected(many)).toHaveLength(MAX_REASONS_OF_A_ROW);
    const proof = { ...many, plannedDates: [...many.plannedDates, { endDate: '02/13/2020' }] };
    expect(reasonsOf(proof).at(-1)?.code).toBe('MONTH_BEFORE_DAY');
    expect(reasonsOf(proof)).toHaveLength(MAX_REASONS_OF_A_ROW);
  });

  it('rejects a grant to a person, and does not repeat who it is', () => {
    const person = { id: '360G-example-person:1', name: 'Ada Example' };
    const reasons = reasonsOf({ ...ROW, recipientOrganization: undefined, recipientIndividual: person });
    expect(reasons.map(({ field }) => field)).toEqual(['recipientIndividual']);
    expect(JSON.stringify(reasons)).not.toContain('Ada');
    expect(rejected({ ...ROW, recipientIndividual: person })).toMatchObject([{ field: 'recipientIndividual' }]);
  });

  it('rejects a grant that is too large to be one', () => {
    const reading = readGrant(ROW, codelists, MAX_GRANT_BYTES + 1);
    expect(reading).toMatchObject({ ok: false, id: ROW.id, reasons: [{ code: 'ROW_TOO_LARGE', field: null }] });
  });

  it('shows the offending value, short and without e-mail addresses', () => {
    const [{ reason }] = rejected({ ...ROW, awardDate: `ask ada@example.org\u001b[31m or ${'x'.repeat(200)}` });
    expect(reason).toMatch(/^awardDate is "ask \(e-mail address\) \[31m or x+…"; a date is expected/);
    expect(reason.length).toBeLessThan(130);
    const reading = readGrant({ ...ROW, id: 'ada@example.org-1', currency: null }, codelists);
    expect(reading).toMatchObject({ id: '(e-mail address)' });
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
          const said = JSON.stringify(raw);
          for (const reason of reading.ok ? [] : reading.reasons) {
            for (const locale of ['en', 'vi'] as const) {
              const words = wordsFor(reason, locale);
              expect(words.length).toBeLessThan(400);
              // The value is shown, and may say anything.
              const unfilled = words.match(/\{[a-z]+\}|undefined/gi) ?? [];
              expect(unfilled.filter((text) => !said.includes(text))).toEqual([]);
            }
          }
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

function reasonsOf(raw: unknown): readonly RowReason[] {
  const reading = readGrant(raw, codelists);
  if (reading.ok) throw new Error('accepted');
  return reading.reasons;
}

/** As they are said in English. */
function rejected(raw: unknown): { field: string | null; reason: string }[] {
  return reasonsOf(raw).map((reason) => ({ field: reason.field, reason: wordsFor(reason, 'en') }));
}
