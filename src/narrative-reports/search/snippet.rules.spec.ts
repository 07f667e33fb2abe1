import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fold, hasWord, wordsOf } from './fold.rules.js';
import { snippetOf } from './snippet.rules.js';

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
