import type { Locale } from '../../platform/errors/codes.js';
import type { Html } from '../../platform/http/html.js';
import { html } from '../../platform/http/html.js';
import type { Insights } from './insights.js';
import { WORDS, filled } from './insights-words.js';

/** What a published head is, what it proves, and the latest one. */
export function headsSection({ head }: Insights, locale: Locale): Html {
  const words = WORDS[locale];
  const [before, after] = words.headsLink.split('{link}');
  return html`<section aria-labelledby="heads">
    <h2 id="heads">${words.headsTitle}</h2>
    ${words.heads.map((text) => html`<p>${text}</p>`)}
    <p>${head ? filled(words.latestHead, { date: head.date }) : words.noHead}</p>
    ${head ? [html`<p><code>${head.digest}</code></p>`] : []}
    <p>${before}<a href="/v1/history/heads">/v1/history/heads</a>${after}</p>
  </section>`;
}
