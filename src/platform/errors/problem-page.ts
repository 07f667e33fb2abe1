import { html } from '../http/html.js';
import { documentOf } from '../http/page.js';
import type { ErrorCode, Locale } from './codes.js';

interface Told {
  readonly code: ErrorCode;
  readonly message: string;
  readonly requestId: string;
}

const WORDS: Readonly<Record<Locale, { readonly other: string; readonly request: string; readonly figures: string }>> =
  {
    en: { other: 'This did not work', request: 'Request', figures: 'What gets in the way: the published figures' },
    vi: { other: 'Yêu cầu không thực hiện được', request: 'Yêu cầu', figures: 'Điều gì đang cản trở: số liệu công bố' },
  };

/** What most people meet who open an address in a browser. */
const TITLES: Readonly<Partial<Record<ErrorCode, Readonly<Record<Locale, string>>>>> = {
  NOT_FOUND: { en: 'There is no such page', vi: 'Không có trang này' },
  RATE_LIMITED: { en: 'Please wait a moment', vi: 'Vui lòng chờ một lát' },
};

/** A refusal for somebody who sits before a browser: the same words as the problem document, and a way on. */
export function problemPage({ code, message, requestId }: Told, locale: Locale): string {
  const words = WORDS[locale];
  const title = TITLES[code]?.[locale] ?? words.other;
  return documentOf({
    locale,
    title,
    body: html`<header>
        <p><strong>Goodfaith</strong></p>
      </header>
      <main id="content">
        <h1>${title}</h1>
        <p class="lead">${message}</p>
        <p><a href="/insights?language=${locale}">${words.figures}</a></p>
        <p class="quiet">${code} · ${words.request} ${requestId}</p>
      </main>`,
  });
}
