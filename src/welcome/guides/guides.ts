import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import MarkdownIt from 'markdown-it';
import type { Locale } from '../../platform/errors/codes.js';
import { Html, html } from '../../platform/http/html.js';

/** The folder of the repository, above what was built of it; undefined where the service was copied without its guides. */
const ROOT = foldersAbove(dirname(fileURLToPath(import.meta.url))).find((folder) =>
  existsSync(join(folder, 'docs/foundations.md')),
);
/** What is served below /docs: the guides by their names alone, decisions and examples with their folders. */
const FOLDERS: readonly (readonly [folder: string, below: string])[] = [
  ['docs', ''],
  ['docs/adr', 'adr/'],
  ['examples', 'examples/'],
];

export interface Guide {
  readonly title: string;
  readonly body: Html;
}
interface Source {
  readonly file: string;
  readonly text: string;
  readonly title: string;
}

/** The guides of the repository, as they stood when the service started. */
export class Guides {
  private readonly sources: ReadonlyMap<string, Source> = readSources();
  private readonly made = new Map<string, Guide>();

  /** Whatever lies below a folder: the name in the address, and the title. */
  titles(folder: string): { readonly name: string; readonly title: string }[] {
    return [...this.sources].filter(([name]) => name.startsWith(folder)).map(([name, { title }]) => ({ name, title }));
  }

  /** Null when there is no guide of this name. Its links to other guides carry the language of the page around it. */
  find(name: string, locale: Locale): Guide | null {
    const source = this.sources.get(name);
    if (source === undefined) return null;
    const guide = this.made.get(`${locale} ${name}`) ?? { title: source.title, body: this.bodyOf(source, locale) };
    this.made.set(`${locale} ${name}`, guide);
    return guide;
  }

  private bodyOf({ file, text }: Source, locale: Locale): Html {
    return isMarkdown(file)
      ? new Html(this.markdown(file, locale).render(text))
      : html`<pre><code>${text}</code></pre>`;
  }

  /** Links between files become links between pages; a table scrolls by itself on a narrow screen. */
  private markdown(file: string, locale: Locale): MarkdownIt {
    const markdown = new MarkdownIt({ html: false });
    const { rules } = markdown.renderer;
    rules.table_open = () => '<div class="wide"><table>\n';
    rules.table_close = () => '</table></div>\n';
    rules.heading_open = (tokens, i) => `<${tokens[i].tag} id="${anchorOf(tokens[i + 1].content)}">`;
    rules.link_open = (tokens, i, options, _environment, self) => {
      tokens[i].attrSet('href', this.address(file, tokens[i].attrGet('href')!, locale));
      return self.renderToken(tokens, i, options);
    };
    return markdown;
  }

  private address(from: string, href: string, locale: Locale): string {
    if (/^[a-z]+:|^#/.test(href)) return href;
    const [path, anchor] = href.split('#');
    const target = posix.normalize(posix.join(posix.dirname(from), path));
    const [name] = [...this.sources].find(([, { file }]) => file === target) ?? [];
    const below = name === undefined ? '/docs' : `/docs/${name}`;
    return `${below}?language=${locale}${anchor ? `#${anchor}` : ''}`;
  }
}

/** By the name that stands in the address. */
function readSources(): ReadonlyMap<string, Source> {
  if (ROOT === undefined) return new Map();
  return new Map(
    FOLDERS.flatMap(([folder, below]) =>
      readdirSync(join(ROOT, folder))
        .filter((file) => /^[\w-]+\.(md|ts|py|sh)$/.test(file))
        .sort()
        .map((file) => [below + file.replace(/\.md$/, ''), readSource(ROOT, `${folder}/${file}`)] as const),
    ),
  );
}

function readSource(root: string, file: string): Source {
  const text = readFileSync(join(root, file), 'utf8');
  const heading = isMarkdown(file) ? /^# (.+)$/m.exec(text) : null;
  return { file, text, title: heading?.[1].replaceAll('`', '') ?? posix.basename(file) };
}

const isMarkdown = (file: string): boolean => file.endsWith('.md');

/** As repositories name the anchor of a heading. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

function foldersAbove(folder: string): string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...foldersAbove(above)];
}
