import type { Locale } from '../../platform/errors/codes.js';
import type { Html } from '../../platform/http/html.js';
import { html } from '../../platform/http/html.js';
import type { ChosenLanguage } from '../../platform/http/language.js';
import { documentOf } from '../../platform/http/page.js';
import { otherLanguageLink, otherLocale, pageHeader } from '../../platform/http/page-header.js';
import { WORDS } from './insights-words.js';

export interface Framed {
  readonly language: ChosenLanguage;
  readonly title: string;
  readonly description: string;
  /** Where the same page is in a language. */
  readonly addressIn: (locale: Locale) => string;
  readonly content: Html;
}

/** What stands around each of these pages: the other language above, and whose page this is below. */
export function framed({ language, title, description, addressIn, content }: Framed): string {
  const { locale } = language;
  const words = WORDS[locale];
  const other = otherLocale(locale);
  return documentOf({
    locale,
    title,
    head: [
      html`<meta name="description" content="${description}" />`,
      html`<link rel="alternate" hreflang="${other}" href="${addressIn(other)}" />`,
    ],
    body: html`<a class="skip" href="#content">${words.skip}</a>
      ${pageHeader(language, otherLanguageLink(locale, addressIn))}
      <main id="content">${content}</main>
      <footer>
        <p class="quiet">${words.footer}</p>
      </footer>`,
  });
}
