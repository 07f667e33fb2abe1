import type { Locale } from '../../platform/errors/codes.js';
import type { Html } from '../../platform/http/html.js';
import { html } from '../../platform/http/html.js';
import { quarterLabel } from '../labels/period-label.rules.js';
import { parsePeriod } from '../period.rules.js';
import type { PublishedRelease } from '../releases.service.js';
import { WORDS, filled } from './insights-words.js';

export function addressOf(period: string | null, locale: Locale): string {
  return period ? `/insights?period=${period}&language=${locale}` : `/insights?language=${locale}`;
}

/** Every closed period, a year a line, the latest first: what was published is a link, what was not says so. */
export function periodsSection(closed: readonly PublishedRelease[], shown: string | null, locale: Locale): Html {
  const words = WORDS[locale];
  const years = [...new Set(closed.map(({ period }) => period.slice(0, 4)))];
  const item = ({ period, state }: PublishedRelease): Html => {
    const label = quarterLabel(parsePeriod(period)!, locale);
    if (state !== 'SEALED') return html`<span>${filled(words.closedWithout, { period: label })}</span>`;
    if (period === shown) return html`<strong aria-current="page">${label}</strong>`;
    return html`<a href="${addressOf(period, locale)}">${label}</a>`;
  };
  return html`<section aria-labelledby="periods">
    <h2 id="periods">${words.periodsTitle}</h2>
    <p>${words.periodsText}</p>
    <ul class="periods">
      ${years.map((year) => html`<li>${closed.filter(({ period }) => period.startsWith(year)).map(item)}</li>`)}
    </ul>
  </section>`;
}
