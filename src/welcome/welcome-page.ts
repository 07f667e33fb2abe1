import { html } from '../platform/http/html.js';
import type { ChosenLanguage } from '../platform/http/language.js';
import { otherLanguageLink, pageHeader } from '../platform/http/page-header.js';
import { documentOf } from '../platform/http/page.js';
import { WORDS } from './welcome-words.js';

/** What a person sees who opens the address of the service: what this is, and where to go on. */
export function welcomePage(language: ChosenLanguage): string {
  const { locale } = language;
  const { title, lead, ways } = WORDS[locale];
  const here = otherLanguageLink(locale, (other) => `/?language=${other}`);
  return documentOf({
    locale,
    title,
    body: html`${pageHeader(language, here)}
      <main id="content">
        <h1>${title}</h1>
        <p class="lead">${lead}</p>
        <ul>
          ${ways.map(({ href, name, what }) => html`<li><a href="${href}">${name}</a>: ${what}</li>`)}
        </ul>
      </main>`,
  });
}
