import { html } from '../../platform/http/html.js';
import type { ChosenLanguage } from '../../platform/http/language.js';
import { otherLanguageLink, pageHeader } from '../../platform/http/page-header.js';
import { documentOf } from '../../platform/http/page.js';
import { GUIDE_WORDS } from './guide-words.js';
import type { Guide } from './guides.js';

export interface Decision {
  readonly name: string;
  readonly title: string;
}

/** All guides, by what somebody wants to do. */
export function guidesPage(language: ChosenLanguage, decisions: readonly Decision[]): string {
  const { locale } = language;
  const { title, lead, parts, ...words } = GUIDE_WORDS[locale];
  const here = otherLanguageLink(locale, (other) => `/docs?language=${other}`);
  // What lies below is in English; the page around a guide stays in the language that was chosen.
  const address = (href: string): string => (href.startsWith('/docs/') ? `${href}?language=${locale}` : href);
  return documentOf({
    locale,
    title,
    body: html`${pageHeader(language, here)}
      <main id="content">
        <h1>${title}</h1>
        <p class="lead">${lead}</p>
        ${parts.map(
          (part) =>
            html`<section>
              <h2>${part.title}</h2>
              <ul>
                ${part.entries.map(({ href, name, what }) => html`<li><a href="${address(href)}">${name}</a>: ${what}</li>`)}
              </ul>
            </section>`,
        )}
        <section>
          <h2>${words.decisions}</h2>
          <ul lang="en">
            ${decisions.map(({ name, title: of }) => html`<li><a href="${address(`/docs/${name}`)}">${of}</a></li>`)}
          </ul>
        </section>
      </main>`,
  });
}

/** One guide. It is written in English, whatever language the page around it has. */
export function guidePage(language: ChosenLanguage, { title, body }: Guide): string {
  const { locale } = language;
  const all = html`<a href="/docs?language=${locale}">${GUIDE_WORDS[locale].back}</a>`;
  return documentOf({
    locale,
    title,
    body: html`${pageHeader(language, all)}
      <main id="content" class="guide" lang="en">${body}</main>`,
  });
}
