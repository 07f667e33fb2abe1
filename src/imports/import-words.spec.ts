import { describe, expect, it } from '@jest/globals';
import { ROW_REASON_CODES, wordsFor } from './row-reasons.rules.js';
import { FILE_WORD_CODES, UnreadableFile } from './unreadable-file.js';

/** Letters that Vietnamese has and English has not. */
const VIETNAMESE = /[àáâãèéêìíòóôõùúýăđĩũơưạ-ỹ]/i;
const ENGLISH = /(?<!\p{L})(?:the|is|are|of|this|that|not|and|where|file|grant|row|date|list|object|line)(?!\p{L})/iu;
/** Names of fields, of standards and of programs are the same in both. */
const NAMES =
  /`[^`]*`|"[^"]*"|\([a-z]+\)|\{[^}]*\}|360Giving(?: JSON| Data Quality Tool)?|flatten-tool|ISO 4217|UTF-\d+|JSON|XML|IATI|HTML|CSV|PDF|ZIP|Excel|gzip|byte/g;

const inBoth = (en: string, vi: string): void => {
  expect([en, VIETNAMESE.test(en.replace(NAMES, ''))]).toEqual([en, false]);
  expect([vi, VIETNAMESE.test(vi), ENGLISH.test(vi.replace(NAMES, ''))]).toEqual([vi, true, false]);
};

describe('what an import says', () => {
  it.each(ROW_REASON_CODES)('of a row is said in both languages: %s', (code) => {
    const parameters = {
      shown: code === 'NOT_A_GRANT' ? { en: 'a list', vi: 'một danh sách' } : '"x"',
      proof: '"02/13/2020"',
      proofField: 'awardDate',
      currency: 'GBP',
      ...{ actual: 2, limit: 1, decimals: 2, position: 7 },
    };
    const [en, vi] = (['en', 'vi'] as const).map((locale) =>
      wordsFor({ code, field: 'amountAwarded', parameters }, locale),
    );
    expect(`${en}${vi}`).not.toMatch(/undefined|\{\w+\}/);
    inBoth(en, vi);
  });

  it.each(FILE_WORD_CODES)('of a file is said in both languages: %s', (code) => {
    const file = new UnreadableFile(code, { byte: 20, line: 3 }, { limit: 1, column: 'x', character: '"x"' });
    expect(file.in('en')).toBe(file.message);
    inBoth(file.in('en'), file.in('vi'));
  });
});
