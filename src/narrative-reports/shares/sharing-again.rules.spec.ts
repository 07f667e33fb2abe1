import { describe, expect, it } from '@jest/globals';
import type { EarlierShare } from './sharing-again.rules.js';
import { sharingAgain } from './sharing-again.rules.js';

const awaiting = (reportVersion: number): EarlierShare => ({ reportVersion, state: 'AWAITING_RESPONSE' });
const answered = (reportVersion: number): EarlierShare => ({ reportVersion, state: 'ANSWERED' });

describe('sharing a report again with one agreement', () => {
  it.each<[string, EarlierShare[], number, string]>([
    ['for the first time', [], 1, 'FIRST'],
    ['the same version, unanswered', [awaiting(1)], 1, 'SAME'],
    ['the same version, answered', [answered(1)], 1, 'SAME'],
    ['a correction, unanswered', [awaiting(1)], 2, 'REPLACES'],
    ['an earlier version, unanswered', [awaiting(2)], 1, 'REPLACES'],
    ['a correction, answered', [answered(1)], 2, 'STANDS_BESIDE'],
    ['a second correction, of which the first is unanswered', [answered(1), awaiting(2)], 3, 'REPLACES'],
    ['what was answered, while a correction is unanswered', [answered(1), awaiting(2)], 1, 'SAME'],
  ])('%s', (_name, earlier, version, kind) => {
    expect(sharingAgain(earlier, version).kind).toBe(kind);
  });
});
