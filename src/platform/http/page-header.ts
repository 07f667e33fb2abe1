import type { Locale } from '../errors/codes.js';
import type { Html } from './html.js';
import { html } from './html.js';
import type { ChosenLanguage } from './language.js';

interface Words {
  readonly languages: string;
  readonly otherLanguage: string;
  readonly unspoken: string;
}
const WORDS: Readonly<Record<Locale, Words>> = {
  en: {
    languages: 'Language',
    otherLanguage: 'Tiếng Việt',
    unspoken: 'There is no version of this page in the language that was asked for: there is English and Vietnamese.',
  },
  vi: {
    languages: 'Ngôn ngữ',
    otherLanguage: 'English',
    unspoken: 'Trang này không có trong ngôn ngữ được yêu cầu: chỉ có tiếng Việt và tiếng Anh.',
  },
};

export const otherLocale = (locale: Locale): Locale => (locale === 'vi' ? 'en' : 'vi');

/** What stands above each page: the way home, and the same page in the other language, or whatever else leads on. */
export function pageHeader({ locale, isUnspoken }: ChosenLanguage, way: Html): Html {
  return html`<header>
    <p>
      <a href="/?language=${locale}"><strong>Goodfaith</strong></a>
    </p>
    <nav aria-label="${WORDS[locale].languages}">${way}</nav>
    ${isUnspoken ? [html`<p class="unspoken">${WORDS[locale].unspoken}</p>`] : []}
  </header>`;
}

export function otherLanguageLink(locale: Locale, addressIn: (locale: Locale) => string): Html {
  const other = otherLocale(locale);
  return html`<a href="${addressIn(other)}" hreflang="${other}" lang="${other}">${WORDS[locale].otherLanguage}</a>`;
}
