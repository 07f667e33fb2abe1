import { describe, expect, it } from '@jest/globals';
import { type FileFacts, ImportTally, LISTED_REJECTIONS, LISTED_TWINS } from './import-summary.js';
import { shown } from './rejection.rules.js';

const SECONDS = 1.50049;

const FACTS: FileFacts = { issued: null, monthFirst: null, restrictionRules: [] };
const MISSING = { code: 'MISSING', field: 'id', parameters: {} } as const;

describe('ImportTally', () => {
  it('sums up', () => {
    const rule = { field: 'title', value: 'Core*', restriction: 'UNRESTRICTED' } as const;
    const tally = new ImportTally({ ...FACTS, restrictionRules: [rule] });
    tally.recorded('created');
    tally.recorded('unchanged', 500);
    tally.recorded('updated');
    tally.ruledBy(0);
    tally.ruledBy(null);
    tally.differed('OLDER');
    tally.differed('UNDATED');
    tally.differed('NEWER');
    tally.issuedAt({ at: '2020-05-07T00:00:00.000Z', isDay: true });
    tally.reject(7, null, [MISSING, { ...MISSING, field: 'currency' }]);
    tally.reject(3, '360G-x-3', [{ code: 'NOT_A_GRANT', field: null, parameters: { shown: shown([]) } }]);
    const notAGrant = { en: 'The row is a list, not a grant.', vi: expect.stringContaining('một danh sách') };
    const missing = (field: string) => ({ code: 'MISSING', field, en: `${field} is missing.`, vi: `Thiếu ${field}.` });
    expect(tally.summary(SECONDS, false, 'vi')).toEqual({
      read: 504,
      created: 1,
      updated: 1,
      unchanged: 500,
      rejectedCount: 2,
      rejected: [
        {
          position: 3,
          id: '360G-x-3',
          field: null,
          reason: notAGrant.vi,
          reasons: [{ code: 'NOT_A_GRANT', field: null, ...notAGrant }],
        },
        {
          position: 7,
          id: null,
          field: 'id',
          reason: 'Thiếu id.',
          reasons: [missing('id'), missing('currency')],
        },
      ],
      issued: '2020-05-07',
      olderCount: 1,
      undatedKeptCount: 1,
      undatedUpdatedCount: 0,
      monthFirstDate: null,
      restrictionRules: [{ ...rule, grants: 1 }],
      likelyTwinCount: 0,
      likelyTwins: [],
      seconds: 1.5,
      dryRun: false,
    });
  });

  it('names the first likely twins, each once, and in a dry run no organization that will not be there', () => {
    const tally = new ImportTally(FACTS);
    const id = (n: number): string => `00000000-0000-0000-0000-${String(n).padStart(12, '0')}`;
    for (let n = 0; n < LISTED_TWINS + 5; n += 1) {
      const one = { identifier: { scheme: 'GB-CHC', value: String(n) }, organizationId: id(1), isNew: n === 0 };
      const other = { identifier: { scheme: 'GB-CHC', value: `0${n}` }, organizationId: id(2), isNew: false };
      tally.twin({ reason: 'SAME_NUMBER', ...one, twin: other });
      tally.twin({ reason: 'SAME_NUMBER', ...other, twin: one });
    }
    const { likelyTwinCount, likelyTwins } = tally.summary(SECONDS, true, 'en');
    expect([likelyTwinCount, likelyTwins.length]).toEqual([LISTED_TWINS + 5, LISTED_TWINS]);
    const [organizationId, twinId] = [1, 2].map((n) => `org_${id(n).replaceAll('-', '')}`);
    const twin = { reason: 'SAME_NUMBER', twinId };
    expect(likelyTwins.slice(0, 2)).toEqual([
      { ...twin, identifier: 'GB-CHC-0', twinIdentifier: 'GB-CHC-00', organizationId: null },
      { ...twin, identifier: 'GB-CHC-1', twinIdentifier: 'GB-CHC-01', organizationId },
    ]);
  });

  it('counts every rejection and lists the first', () => {
    const tally = new ImportTally(FACTS);
    for (let position = 0; position < LISTED_REJECTIONS + 5; position += 1) tally.reject(position, null, [MISSING]);
    const { rejectedCount, rejected } = tally.summary(SECONDS, false, 'en');
    expect(rejectedCount).toBe(LISTED_REJECTIONS + 5);
    expect(rejected).toHaveLength(LISTED_REJECTIONS);
    expect(rejected.at(-1)?.position).toBe(LISTED_REJECTIONS - 1);
  });
});
