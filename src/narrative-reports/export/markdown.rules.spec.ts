import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { markdownLine, markdownText } from './markdown.rules.js';

/** A reader that takes more than most for markup. */
const reader = new MarkdownIt({ html: true, linkify: true, typographer: false });

/** What a person sees, with `\n` between lines; fails when there is any element but paragraphs and line breaks. */
function seen(markdown: string): string[] {
  const html = reader.render(markdown);
  const tags = html.match(/<\/?[a-z][^>]*>/gi) ?? [];
  expect(tags.filter((tag) => !/^<(\/?p|br)>$/.test(tag))).toEqual([]);
  return html
    .replace(/<br>|<\/p>|<p>/g, '\n')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}
const linesOf = (text: string): string[] =>
  text
    .replace(/\t/g, '    ')
    .split(/\r\n|[\r\n\v\f\u0085\u2028\u2029]/)
    .map((line) => line.replace(/[\p{Cc}\p{Cs}]/gu, ' ').trim())
    .filter(Boolean);

describe('words in Markdown', () => {
  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '[click](javascript:alert(1))',
    '![x](https://example.org/pixel.png)',
    'https://example.org and www.example.org and example.org and hoa@example.org',
    '<https://example.org>',
    '# not a heading\n## nor this',
    'not a heading\n===\nnor this\n---',
    '- no list\n+ none\n* none\n1. none\n2) none',
    '    no code\n\tnone\n```\nnone\n~~~',
    '> no quote',
    '| no | table |\n| --- | --- |\n| a | b |',
    '*no* _emphasis_ **here** ~~none~~ `code`',
    '&lt;no entity&#x3c;',
    'a backslash \\ at the end \\\nand one \\* more',
    '[ref]: https://example.org "title"\n[ref]',
    '---\ntitle: no front matter\n---',
    'Chúng tôi đã học: 3.5 km, 1.000 đồng.\r\nDòng hai.\n\nĐoạn hai.',
  ])('%j stays text', (text) => {
    expect(seen(markdownText(text))).toEqual(linesOf(text));
  });

  it('whatever somebody writes', () => {
    const marks = fc.constantFrom(
      ...'\\`*_{}[]()<>#+-.!|~&$@:=/ \t\n\r1aế"\'^%',
      'https://a.vn',
      'www.a.vn',
      '&amp;',
      '    ',
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(marks, fc.string({ unit: 'grapheme', maxLength: 3 })), { maxLength: 40 }),
        (parts) => {
          const text = parts.join('').replace(/[\u00a0\ufeff\u1680\u2000-\u200a\u202f\u205f\u3000]/g, ' ');
          expect(seen(markdownText(text))).toEqual(linesOf(text));
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('fits a heading', () => {
    expect(markdownLine('What?\n# Really')).toBe('What? # Really');
  });
});
