import { describe, expect, it } from '@jest/globals';
import { ImportTally, LISTED_REJECTIONS } from './import-summary.js';

const SECONDS = 1.50049;

describe('ImportTally', () => {
  it('sums up', () => {
    const tally = new ImportTally();
    tally.recorded('created');
    tally.recorded('unchanged', 500);
    tally.recorded('updated');
    tally.reject(7, { id: null, field: 'id', reason: 'id is missing.' });
    tally.reject(3, { id: '360G-x-3', field: null, reason: 'The row is a list.' });
    expect(tally.summary(SECONDS)).toEqual({
      read: 504,
      created: 1,
      updated: 1,
      unchanged: 500,
      rejectedCount: 2,
      rejected: [
        { position: 3, id: '360G-x-3', field: null, reason: 'The row is a list.' },
        { position: 7, id: null, field: 'id', reason: 'id is missing.' },
      ],
      seconds: 1.5,
    });
  });

  it('counts every rejection and lists the first', () => {
    const tally = new ImportTally();
    for (let position = 0; position < LISTED_REJECTIONS + 5; position += 1) {
      tally.reject(position, { id: null, field: 'id', reason: 'id is missing.' });
    }
    const { rejectedCount, rejected } = tally.summary(SECONDS);
    expect(rejectedCount).toBe(LISTED_REJECTIONS + 5);
    expect(rejected).toHaveLength(LISTED_REJECTIONS);
    expect(rejected.at(-1)?.position).toBe(LISTED_REJECTIONS - 1);
  });
});
