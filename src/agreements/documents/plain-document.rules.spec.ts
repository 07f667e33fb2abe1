import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { pageOf } from './document-page.rules.js';
import type { Block } from './plain-document.rules.js';
import { blocksOf, textOf } from './plain-document.rules.js';

const BLOCKS: Block[] = [
  { kind: 'title', text: 'Thỏa thuận' },
  {
    kind: 'terms',
    entries: [
      ['Funder', 'A: B'],
      ['Grantee', 'C'],
    ],
  },
  { kind: 'heading', text: 'Parts' },
  {
    kind: 'table',
    head: ['No.', 'Amount'],
    rows: [
      ['1', '5 USD'],
      ['2', '1,000 USD'],
    ],
  },
  { kind: 'list', items: ['one', 'two'] },
  { kind: 'quote', lines: ['They said', '', '- not one of ours'] },
  { kind: 'paragraph', text: 'Signed.' },
];

it('is text that reads back as the same blocks', () => {
  const text = textOf(BLOCKS);
  expect(text).toBe(`Thỏa thuận
==========

Funder: A: B
Grantee: C

Parts
-----

| No. | Amount    |
| 1   | 5 USD     |
| 2   | 1,000 USD |

- one
- two

> They said
>
> - not one of ours

Signed.
`);
  expect(blocksOf(text)).toEqual(BLOCKS);
});

it('keeps what people wrote where it stands, whatever they wrote', () => {
  const words = fc.array(
    fc.constantFrom('\n', '\n\n', '\f', '\u2028', '- ', '> ', '| ', ' |', '---', '===', ': ', 'x', 'ữ', '<b>', '&'),
  );
  const written = words.map((parts) => `w${parts.join('')}w`);
  fc.assert(
    fc.property(written, written, written, (name, value, note) => {
      const blocks: Block[] = [
        { kind: 'title', text: name },
        {
          kind: 'terms',
          entries: [
            ['Name', name],
            ['Value', value],
          ],
        },
        { kind: 'table', head: ['a', 'b'], rows: [[name, value]] },
        { kind: 'list', items: [value] },
        { kind: 'quote', lines: note.split('\n') },
      ];
      const read = blocksOf(textOf(blocks));
      expect(read.map(({ kind }) => kind)).toEqual(blocks.map(({ kind }) => kind));
      expect(textOf(read)).toBe(textOf(blocks));
      const tags = pageOf(read, 'en', name).match(/<\/?[a-z0-9]+/g)!;
      expect(new Set(tags.filter((tag) => /<b$|script/.test(tag))).size).toBe(0);
    }),
  );
});

it('reads a text of another origin as paragraphs', () => {
  expect(blocksOf('One\ntwo\n\n- three\nfour\n')).toEqual([
    { kind: 'paragraph', text: 'One two' },
    { kind: 'paragraph', text: '- three four' },
  ]);
});
