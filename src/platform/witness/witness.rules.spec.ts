import { describe, expect, it } from '@jest/globals';
import type { Difference, Standing } from './witness.rules.js';
import { differencesOf, isFailover } from './witness.rules.js';

const WITNESS: Standing = {
  network: 'n',
  epoch: 1,
  cluster: '7001',
  database: { name: 'goodfaith', oid: '16384' },
  timeline: 3,
  serverStartedAt: '2026-11-01T00:00:00.000000Z',
  head: { position: '400', hash: 'aa' },
};
const later = '2026-11-02T00:00:00.000000Z';
const earlier = '2026-10-02T00:00:00.000000Z';

describe('a database held against the witness', () => {
  it.each<[string, Partial<Standing>, string | null, Difference[]]>([
    ['is the same', {}, 'aa', []],
    ['has gone on', { head: { position: '500', hash: 'bb' } }, 'aa', []],
    ['was started again', { serverStartedAt: later }, 'aa', []],
    ['was renamed', { database: { name: 'other', oid: '16384' } }, 'aa', []],
    ['is a replica that was promoted', { timeline: 4, serverStartedAt: earlier }, 'aa', []],
    ['was promoted twice', { timeline: 5 }, 'aa', []],
    ['does not tell its cluster', { cluster: null, timeline: null }, 'aa', []],
    ['was restored into another cluster', { cluster: '7002', timeline: 1 }, 'aa', ['OTHER_CLUSTER']],
    ['was restored beside it', { database: { name: 'goodfaith', oid: '16500' } }, 'aa', ['OTHER_DATABASE']],
    ['was promoted over', { timeline: 2 }, 'aa', ['EARLIER_TIMELINE']],
    ['is an older state', {}, null, ['HISTORY_BEHIND']],
    ['is a replica that had lagged behind', { timeline: 4 }, null, ['HISTORY_BEHIND']],
    ['is an older state that has gone on', { timeline: 4 }, 'cc', ['OTHER_HISTORY']],
    ['is one of two copies', { serverStartedAt: earlier }, 'aa', ['OTHER_SERVER']],
    ['is a dump, restored', { cluster: '7002', serverStartedAt: earlier }, null, ['OTHER_CLUSTER', 'HISTORY_BEHIND']],
  ])('%s', (_, change, hashThere, differences) => {
    expect(differencesOf(WITNESS, { ...WITNESS, ...change }, hashThere)).toEqual(differences);
  });

  it('tells a failover, which is told to the log and stops nothing', () => {
    expect(isFailover(WITNESS, { ...WITNESS, timeline: 4 })).toBe(true);
    expect(isFailover(WITNESS, { ...WITNESS, serverStartedAt: later })).toBe(false);
  });
});
