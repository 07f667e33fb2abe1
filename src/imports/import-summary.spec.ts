import { describe, expect, it } from '@jest/globals';
import { ImportTally, LISTED_REJECTIONS, LISTED_TWINS } from './import-summary.js';

const SECONDS = 1.50049;

describe('ImportTally', () => {
  it('sums up', () => {
    const tally = new ImportTally();
    tally.recorded('created');
    tally.recorded('unchanged', 500);
    tally.recorded('updated');
    tally.reject(7, { id: null, field: 'id', reason: 'id is missing.' });
    tally.reject(3, { id: '360G-x-3', field: null, reason: 'The row is a list.' });
    expect(tally.summary(SECONDS, false)).toEqual({
      read: 504,
      created: 1,
      updated: 1,
      unchanged: 500,
      rejectedCount: 2,
      rejected: [
        { position: 3, id: '360G-x-3', field: null, reason: 'The row is a list.' },
        { position: 7, id: null, field: 'id', reason: 'id is missing.' },
      ],
      likelyTwinCount: 0,
      likelyTwins: [],
      seconds: 1.5,
      dryRun: false,
    });
  });

  it('names the first likely twins, each once, and in a dry run no organization that will not be there', () => {
    const tally = new ImportTally();
    const id = (n: number): string => `00000000-0000-0000-0000-${String(n).padStart(12, '0')}`;
    for (let n = 0; n < LISTED_TWINS + 5; n += 1) {
      const identifier = { scheme: 'GB-CHC', value: String(n) };
      for (const isNew of [n === 0, false]) {
        tally.twin({ identifier, organizationId: id(1), claimantId: id(2), isNew });
      }
    }
    const { likelyTwinCount, likelyTwins } = tally.summary(SECONDS, true);
    expect([likelyTwinCount, likelyTwins.length]).toEqual([LISTED_TWINS + 5, LISTED_TWINS]);
    const [organizationId, claimantId] = [1, 2].map((n) => `org_${id(n).replaceAll('-', '')}`);
    expect(likelyTwins.slice(0, 2)).toEqual([
      { identifier: 'GB-CHC-0', organizationId: null, claimantId },
      { identifier: 'GB-CHC-1', organizationId, claimantId },
    ]);
  });

  it('counts every rejection and lists the first', () => {
    const tally = new ImportTally();
    for (let position = 0; position < LISTED_REJECTIONS + 5; position += 1) {
      tally.reject(position, { id: null, field: 'id', reason: 'id is missing.' });
    }
    const { rejectedCount, rejected } = tally.summary(SECONDS, false);
    expect(rejectedCount).toBe(LISTED_REJECTIONS + 5);
    expect(rejected).toHaveLength(LISTED_REJECTIONS);
    expect(rejected.at(-1)?.position).toBe(LISTED_REJECTIONS - 1);
  });
});
