/**
 * A document as plain text that a person reads and prints, and the same document as blocks. The text is what parties
 * agree to and what is hashed; every other form is made of the blocks read back from it, so that none can say more.
 */
export type Block =
  | { readonly kind: 'title' | 'heading' | 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'terms'; readonly entries: readonly (readonly [name: string, value: string])[] }
  | { readonly kind: 'table'; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: 'quote'; readonly lines: readonly string[] };

/** Between the same document in two languages: a new page, in print and on a terminal. */
export const PAGE_BREAK = '\f';

export function textOf(blocks: readonly Block[]): string {
  return `${blocks.map(blockText).join('\n\n')}\n`;
}

/** What `textOf` wrote; a text of another origin is read as paragraphs. */
export function blocksOf(text: string): Block[] {
  return text
    .replace(/\n$/, '')
    .split('\n\n')
    .map((part) => blockOf(part.split('\n')));
}

const UNDER = { title: '=', heading: '-' } as const;

/** One line of what somebody wrote: no line of theirs can pass for one of ours. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
const cell = (text: string): string => oneLine(text).replaceAll('|', '¦');

function blockText(block: Block): string {
  switch (block.kind) {
    case 'title':
    case 'heading': {
      const line = oneLine(block.text);
      return `${line}\n${UNDER[block.kind].repeat([...line].length)}`;
    }
    case 'paragraph':
      return oneLine(block.text);
    case 'list':
      return block.items.map((item) => `- ${oneLine(item)}`).join('\n');
    case 'terms':
      return block.entries.map(([name, value]) => `${oneLine(name)}: ${oneLine(value)}`).join('\n');
    case 'table':
      return tableText([block.head, ...block.rows].map((row) => row.map(cell)));
    case 'quote':
      return block.lines.map((line) => `> ${oneLine(line)}`.trimEnd()).join('\n');
  }
}

function tableText(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => [...row[i]].length)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((text, i) => text + ' '.repeat(widths[i] - [...text].length)).join(' | ')} |`;
  return rows.map(line).join('\n');
}

function blockOf(lines: readonly string[]): Block {
  const [first = '', second = ''] = lines;
  if (lines.length === 2 && first !== '' && /^=+$/.test(second)) return { kind: 'title', text: first };
  if (lines.length === 2 && first !== '' && /^-+$/.test(second)) return { kind: 'heading', text: first };
  if (lines.every((line) => line.startsWith('- '))) return { kind: 'list', items: lines.map((line) => line.slice(2)) };
  if (lines.every((line) => /^>( |$)/.test(line))) {
    return { kind: 'quote', lines: lines.map((line) => line.slice(2)) };
  }
  if (lines.every((line) => line.startsWith('| ') && line.endsWith(' |'))) {
    const [head, ...rows] = lines.map((line) =>
      line
        .slice(2, -2)
        .split(' | ')
        .map((text) => text.trim()),
    );
    return { kind: 'table', head, rows };
  }
  if (lines.every((line) => line.includes(': '))) {
    return { kind: 'terms', entries: lines.map((line) => entryOf(line)) };
  }
  return { kind: 'paragraph', text: lines.join(' ') };
}

function entryOf(line: string): [string, string] {
  const at = line.indexOf(': ');
  return [line.slice(0, at), line.slice(at + 2)];
}
