import type { Locale } from '../../platform/errors/codes.js';
import type { Html } from '../../platform/http/html.js';
import { html } from '../../platform/http/html.js';
import { documentOf } from '../../platform/http/page.js';
import { WORDS } from './insights-words.js';

export interface Framed {
  readonly locale: Locale;
  readonly title: string;
  readonly description: string;
  /** Where the same page is in a language. */
  readonly addressIn: (locale: Locale) => string;
  readonly content: Html;
}

/** What stands around each of these pages: the other language above, and whose page this is below. */
export function framed({ locale, title, description, addressIn, content }: Framed): string {
  const words = WORDS[locale];
  const other = locale === 'vi' ? 'en' : 'vi';
  return documentOf({
    locale,
    title,
    head: [
      html`<meta name="description" content="${description}" />`,
      html`<link rel="alternate" hreflang="${other}" href="${addressIn(other)}" />`,
    ],
    body: html`<a class="skip" href="#content">${words.skip}</a>
      <header>
        <p><strong>Goodfaith</strong></p>
        <nav aria-label="${words.languages}">
          <a href="${addressIn(other)}" hreflang="${other}" lang="${other}">${words.otherLanguage}</a>
        </nav>
      </header>
      <main id="content">${content}</main>
      <footer>
        <p class="quiet">${words.footer}</p>
      </footer>`,
  });
}
