import type { Locale } from '../../platform/errors/codes.js';
import { escapeMarkup } from '../../platform/http/markup.rules.js';
import type { Block } from './plain-document.rules.js';

/** For a screen, a reader of screens, and A4 or letter paper, without a script or anything from elsewhere. */
export const PAGE_STYLE = `
:root { color-scheme: light; }
body { margin: 0; background: #fff; color: #1a1a1a; font: 1rem/1.5 Georgia, 'Times New Roman', serif; }
main { max-width: 42rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; overflow-wrap: anywhere; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 1rem; }
h2 { font-size: 1.125rem; margin: 1.75rem 0 0.5rem; break-after: avoid; }
dl { display: grid; grid-template-columns: minmax(8rem, 14rem) 1fr; gap: 0.25rem 1rem; margin: 0.75rem 0; break-inside: avoid; }
dt { color: #555; }
dd { margin: 0; }
ul { margin: 0.5rem 0; padding-left: 1.25rem; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: 0.35rem 0.5rem; border-bottom: 1px solid #bbb; }
th:last-child, td:last-child { text-align: right; }
tr { break-inside: avoid; }
blockquote { margin: 0.75rem 0; padding-left: 1rem; border-left: 3px solid #bbb; }
blockquote p { margin: 0; min-height: 1.5em; }
@page { margin: 20mm; }
@media print { main { max-width: none; padding: 0; } body { font-size: 11pt; } }
@media (max-width: 30rem) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: 0.5rem; } }
`;

/** The blocks of a document as one page of HTML: nothing in it that the blocks do not say. */
export function pageOf(blocks: readonly Block[], locale: Locale, name: string): string {
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeMarkup(name)}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<main>
${blocks.map(elementOf).join('\n')}
</main>
</body>
</html>
`;
}

function elementOf(block: Block): string {
  switch (block.kind) {
    case 'title':
      return `<h1>${escapeMarkup(block.text)}</h1>`;
    case 'heading':
      return `<h2>${escapeMarkup(block.text)}</h2>`;
    case 'paragraph':
      return `<p>${escapeMarkup(block.text)}</p>`;
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${escapeMarkup(item)}</li>`).join('')}</ul>`;
    case 'terms':
      return `<dl>${block.entries.map(([name, value]) => `<dt>${escapeMarkup(name)}</dt><dd>${escapeMarkup(value)}</dd>`).join('')}</dl>`;
    case 'quote':
      return `<blockquote>${block.lines.map((line) => `<p>${escapeMarkup(line)}</p>`).join('')}</blockquote>`;
    case 'table': {
      const head = block.head.map((text) => `<th scope="col">${escapeMarkup(text)}</th>`).join('');
      const rows = block.rows.map((row) => `<tr>${row.map((text) => `<td>${escapeMarkup(text)}</td>`).join('')}</tr>`);
      return `<table><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
    }
  }
}
