/** What a Markdown reader (CommonMark, GitHub's tables, formulas and bare addresses) would take for more than text. */
const ANYWHERE = /[\\`*_[\]<>&~|$@]|:(?=\/\/)|(?<=\S)\.(?=\p{L})/gu;
const AT_LINE_START = /^(\d{1,9}(?=[.)])|(?=[#+=:-]))/;
const LINE_END = /\r\n|[\r\n\v\f\u0085\u2028\u2029]/;
const UNSEEN = /[\p{Cc}\p{Cs}]/gu;

/** Somebody's words as Markdown that shows just these words, line for line: no tag, link, heading or list comes of them. */
export function markdownText(text: string): string {
  const lines = text.replace(/\t/g, '    ').split(LINE_END).map(markdownLine);
  return lines.map((line, i) => (line && lines[i + 1] ? `${line}\\` : line)).join('\n');
}

/** The same on one line: for headings and lists. */
export function markdownLine(text: string): string {
  return (
    text
      .replace(UNSEEN, ' ')
      .trimEnd()
      // Indented text would be code.
      .replace(/^\s+/, (space) => '\u00a0'.repeat(space.length))
      .replace(ANYWHERE, '\\$&')
      .replace(AT_LINE_START, '$1\\')
  );
}

/** A relative address inside the export, for a link of ours. */
export function markdownPath(path: string): string {
  return path
    .split('/')
    .map(encodeURIComponent)
    .join('/')
    .replace(/[()]/g, (mark) => (mark === '(' ? '%28' : '%29'));
}
