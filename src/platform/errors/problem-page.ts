import { html } from '../http/html.js';
import type { ChosenLanguage } from '../http/language.js';
import { documentOf } from '../http/page.js';
import { otherLanguageLink, pageHeader } from '../http/page-header.js';
import type { ErrorCode, Locale } from './codes.js';

interface Told {
  readonly code: ErrorCode;
  readonly message: string;
  readonly requestId: string;
  /** Whether the caller sent a key: without one nothing is "yours". */
  readonly hasKey: boolean;
}

interface Words {
  readonly other: string;
  readonly request: string;
  readonly nowhere: string;
  readonly home: string;
  readonly figures: string;
}
const WORDS: Readonly<Record<Locale, Words>> = {
  en: {
    other: 'This did not work',
    request: 'Request',
    nowhere: 'Nothing is at this address. Look whether it is written as it should be, or begin at the first page.',
    home: 'To the first page',
    figures: 'The published figures of what gets in grantees’ way',
  },
  vi: {
    other: 'Yêu cầu không thực hiện được',
    request: 'Yêu cầu',
    nowhere: 'Không có gì ở địa chỉ này. Hãy xem địa chỉ có viết đúng không, hoặc bắt đầu từ trang đầu.',
    home: 'Đến trang đầu',
    figures: 'Số liệu đã công bố về những gì cản trở bên nhận tài trợ',
  },
};

/** What most people meet who open an address in a browser. */
const TITLES: Readonly<Partial<Record<ErrorCode, Readonly<Record<Locale, string>>>>> = {
  NOT_FOUND: { en: 'There is no such page', vi: 'Không có trang này' },
  RATE_LIMITED: { en: 'Please wait a moment', vi: 'Vui lòng chờ một lát' },
};

/** A refusal for somebody who sits before a browser: the words of the problem document where they help there, and ways on. */
export function problemPage({ code, message, requestId, hasKey }: Told, language: ChosenLanguage): string {
  const { locale } = language;
  const words = WORDS[locale];
  const title = TITLES[code]?.[locale] ?? words.other;
  return documentOf({
    locale,
    title,
    // The same address again, whatever it is: a link that begins with "?" leads nowhere else.
    body: html`${pageHeader(
        language,
        otherLanguageLink(locale, (other) => `?language=${other}`),
      )}
      <main id="content">
        <h1>${title}</h1>
        <p class="lead">${code === 'NOT_FOUND' && !hasKey ? words.nowhere : message}</p>
        <p><a href="/?language=${locale}">${words.home}</a></p>
        <p><a href="/insights?language=${locale}">${words.figures}</a></p>
        <p class="quiet">${code} · ${words.request} ${requestId}</p>
      </main>`,
  });
}
