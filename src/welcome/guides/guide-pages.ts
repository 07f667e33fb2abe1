import type { Locale } from '../../platform/errors/codes.js';
import type { Html } from '../../platform/http/html.js';
import { html } from '../../platform/http/html.js';
import { documentOf } from '../../platform/http/page.js';
import { GUIDE_WORDS } from './guide-words.js';
import type { Guide } from './guides.js';

export interface Decision {
  readonly name: string;
  readonly title: string;
}

/** All guides, by what somebody wants to do. */
export function guidesPage(locale: Locale, decisions: readonly Decision[]): string {
  const { title, lead, parts, languages, otherLanguage, ...words } = GUIDE_WORDS[locale];
  const other = locale === 'vi' ? 'en' : 'vi';
  return documentOf({
    locale,
    title,
    body: html`<header>
        <p>${home(locale)}</p>
        <nav aria-label="${languages}">
          <a href="/docs?language=${other}" hreflang="${other}" lang="${other}">${otherLanguage}</a>
        </nav>
      </header>
      <main id="content">
        <h1>${title}</h1>
        <p class="lead">${lead}</p>
        ${parts.map(
          (part) =>
            html`<section>
              <h2>${part.title}</h2>
              <ul>
                ${part.entries.map(({ href, name, what }) => html`<li><a href="${href}">${name}</a>: ${what}</li>`)}
              </ul>
            </section>`,
        )}
        <section>
          <h2>${words.decisions}</h2>
          <ul lang="en">
            ${decisions.map(({ name, title: of }) => html`<li><a href="/docs/${name}">${of}</a></li>`)}
          </ul>
        </section>
      </main>`,
  });
}

/** One guide. It is written in English, whatever language the page around it has. */
export function guidePage(locale: Locale, { title, body }: Guide): string {
  return documentOf({
    locale,
    title,
    body: html`<header>
        <p>${home(locale)}</p>
        <nav><a href="/docs?language=${locale}">${GUIDE_WORDS[locale].back}</a></nav>
      </header>
      <main id="content" class="guide" lang="en">${body}</main>`,
  });
}

const home = (locale: Locale): Html => html`<a href="/?language=${locale}"><strong>Goodfaith</strong></a>`;
