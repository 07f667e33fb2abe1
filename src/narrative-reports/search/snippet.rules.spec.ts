import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { processorMs } from '../../../test/support/processor-time.js';
import { fold, hasWord, wordsOf } from './fold.rules.js';
import { bestPlace, snippetOf } from './snippet.rules.js';

it.each([
  ['Lũ lụt', 'lu lut'],
  ['ĐƯỜNG đi', 'duong di'],
  ['Lũ lụt'.normalize('NFD'), 'lu lut'],
  ['Élève, Straße, Łódź', 'eleve, straße, lodz'],
  ['Ελλάδα', 'ελλαδα'],
  ['हिन्दी 水災', 'हिन्दी 水災'],
  ['', ''],
])('%p folds to %p', (text, folded) => {
  expect(fold(text)).toBe(folded);
});

it.each([
  ['lũ lụt', ['lu', 'lut']],
  ['"lũ lụt" OR bão', ['lu', 'lut', 'bao']],
  ['flood -relief -"by boat" flood', ['flood']],
  ['hand-made', ['hand', 'made']],
  ['…', []],
])('%p looks for %p', (query, words) => {
  expect(wordsOf(query)).toEqual(words);
  expect(hasWord(query)).toBe(words.length > 0);
});

describe('a snippet', () => {
  const long = `${'Đầu tiên là mùa khô. '.repeat(30)}Rồi lũ lụt tràn về. ${'Sau đó nước rút. '.repeat(30)}`;

  it('is the whole of a short text', () => {
    expect(snippetOf(['Nước  lũ\nrút.'], ['lu'])).toBe('Nước lũ rút.');
    expect(snippetOf([], ['lu'])).toBe('');
    expect(snippetOf(['Nothing of it.'], ['lu'])).toBe('Nothing of it.');
  });

  it('shows the words in a long one, cut between words', () => {
    const snippet = snippetOf([long], ['lu', 'lut']);
    expect(snippet).toContain('Rồi lũ lụt tràn về.');
    expect(snippet).toMatch(/^… \S/);
    expect(snippet).toMatch(/ …$/);
    expect([...snippet].length).toBeLessThanOrEqual(210);
    const inner = snippet.slice(2, -2);
    expect(` ${long} `).toContain(` ${inner} `);
  });

  it('comes from the text that has most of the words, where one begins', () => {
    expect(snippetOf(['Đường lụt lội.', 'Cơn lũ lụt lớn.'], ['lu', 'lut'])).toBe('Cơn lũ lụt lớn.');
    expect(snippetOf([`absolute ${'x '.repeat(200)} lute`], ['lute'])).toMatch(/ lute$/);
    expect(snippetOf([`${'水'.repeat(300)}災`], ['災'])).toMatch(/災$/);
  });

  it('shows words where they stand together', () => {
    const apart = `Tài liệu. ${'Nước lên rồi xuống. '.repeat(20)} Nhà tài trợ đã trả lời.`;
    expect(snippetOf([apart], ['tai', 'tro'])).toMatch(/Nhà tài trợ đã trả lời\.$/);
  });

  it('is found in one sweep, however many words there are and however often each is there', () => {
    // Every place was compared with every other: 60 words took 250 ms for one hit, and these 400 took 25 seconds. A search has 8:
    // so many more show the square of their number, and the bound is five times what one sweep takes on a busy machine.
    const words = Array.from({ length: 400 }, (_, i) => `w${1000 + i}`);
    const crowded = Array.from({ length: 30_000 }, (_, i) => words[i % 400]).join(' ');
    expect(processorMs(() => snippetOf(Array<string>(3).fill(crowded), words))).toBeLessThan(15_000);
  }, 60_000);

  it('shows as many words as any part of the text, from the first place that does', () => {
    const texts = fc.array(fc.constantFrom('lu', 'lut', 'bao', 'nuoc', 'x', 'y'.repeat(30)), { maxLength: 80 });
    fc.assert(
      fc.property(texts, (spoken) => {
        const text = spoken.join(' ');
        const words = ['lu', 'lut', 'bao'];
        const found = spoken.flatMap((word, i) =>
          words.includes(word) ? [{ word, at: spoken.slice(0, i).join(' ').length + (i > 0 ? 1 : 0) }] : [],
        );
        const seen = (at: number): number =>
          new Set(found.filter((other) => other.at >= at && other.at <= at + 120).map(({ word }) => word)).size;
        const most = Math.max(0, ...found.map(({ at }) => seen(at)));
        const first = found.find(({ at }) => seen(at) === most)?.at ?? 0;
        expect(bestPlace(text, words)).toEqual({ at: first, shows: most });
      }),
    );
  });

  it('is never torn within a letter, is never long, and is there for any text', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme', maxLength: 600 })),
        fc.string({ unit: 'grapheme' }),
        (texts, query) => {
          const snippet = snippetOf(texts, wordsOf(query));
          expect(snippet.isWellFormed()).toBe(true);
          expect([...new Intl.Segmenter().segment(snippet)].length).toBeLessThanOrEqual(204);
        },
      ),
    );
  });
});
