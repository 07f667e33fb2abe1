import type { Locale } from '../platform/errors/codes.js';
import { html } from '../platform/http/html.js';
import { documentOf } from '../platform/http/page.js';
import { WORDS } from './welcome-words.js';

/** What a person sees who opens the address of the service: what this is, and where to go on. */
export function welcomePage(locale: Locale): string {
  const { title, lead, ways, languages, otherLanguage } = WORDS[locale];
  const other = locale === 'vi' ? 'en' : 'vi';
  return documentOf({
    locale,
    title,
    body: html`<header>
        <p><strong>Goodfaith</strong></p>
        <nav aria-label="${languages}">
          <a href="/?language=${other}" hreflang="${other}" lang="${other}">${otherLanguage}</a>
        </nav>
      </header>
      <main id="content">
        <h1>${title}</h1>
        <p class="lead">${lead}</p>
        <ul>
          ${ways.map(({ href, name, what }) => html`<li><a href="${href}">${name}</a>: ${what}</li>`)}
        </ul>
      </main>`,
  });
}
