import { escapeXml } from './markup.rules.js';

/** A piece of a page. Whatever else is put into one is text, and is escaped. */
export class Html {
  constructor(readonly text: string) {}
}

type Part = Html | string | number | readonly Html[];

export function html(pieces: TemplateStringsArray, ...parts: Part[]): Html {
  return new Html(pieces.reduce((before, piece, i) => before + textOf(parts[i - 1]) + piece));
}

function textOf(part: Part): string {
  if (part instanceof Html) return part.text;
  if (typeof part === 'string' || typeof part === 'number') return escapeXml(String(part));
  return part.map(({ text }) => text).join('\n');
}
