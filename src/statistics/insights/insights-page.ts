import type { Locale } from '../../platform/errors/codes.js';
import { periodLabel } from '../labels/period-label.rules.js';
import { SLUGS } from '../published/release-view.rules.js';
import { STANDARD, VIEWS } from '../views.rules.js';
import type { PublishedRelease } from '../releases.service.js';
import type { Html } from '../../platform/http/html.js';
import { html } from '../../platform/http/html.js';
import type { ChosenLanguage } from '../../platform/http/language.js';
import { framed } from './frame.js';
import type { Insights } from './insights.js';
import type { Words } from './insights-words.js';
import { WORDS, filled } from './insights-words.js';
import { headsSection } from './heads-section.js';
import { addressOf, periodsSection } from './periods-section.js';
import { protectionSection } from './protection-section.js';
import { trendSection } from './trend-section.js';
import { shareSection, viewSection } from './view-section.js';

export async function insightsPage(insights: Insights, language: ChosenLanguage): Promise<string> {
  const { locale } = language;
  const words = WORDS[locale];
  const { asked, category, kindByRegion, funder, share, trend, closed } = insights;
  const whole = category ?? (asked && kindByRegion);
  const sections = await Promise.all([
    ...(whole ? [shareSection(whole, share, locale)] : []),
    ...[category, kindByRegion, funder].flatMap((view) => (view ? [viewSection(view, locale)] : [])),
    ...(trend ? [trendSection(trend, locale)] : []),
  ]);
  const title = asked ? `${words.title}: ${periodLabel(asked, locale)}` : words.title;
  return framed({
    language,
    title,
    description: words.lead,
    addressIn: (other) => addressOf(asked?.name ?? null, other),
    content: html`<h1>${title}</h1>
      <p class="lead">${words.lead}</p>
      ${standing(insights, words, locale)} ${ways(insights, locale)} ${sections}
      ${closed.length > 0 ? [periodsSection(closed, asked?.name ?? null, locale)] : []}
      ${protectionSection(insights, locale)} ${rawSection(words, locale)} ${headsSection(insights, locale)}`,
  });
}

/** To where else a reader may want to go from the head of the page. */
function ways({ asked, closed }: Insights, locale: Locale): Html[] {
  const words = WORDS[locale];
  const latest = html`<a href="${addressOf(null, locale)}">${words.toLatest}</a>`;
  const periods = html`<a href="#periods">${words.periodsTitle}</a>`;
  return closed.length > 0 ? [html`<p class="downloads">${[...(asked ? [latest] : []), periods]}</p>`] : [];
}

/** Which figures these are, or why there are none. */
function standing({ asked, category, kindByRegion, refused }: Insights, words: Words, locale: Locale): Html[] {
  const gate = STANDARD.gates.network;
  const refusal = refused && {
    title: asked ? words.refusedPeriodTitle : words.refusedTitle,
    text: filled(words.refused, { period: periodLabel(refused, locale), gate }),
  };
  const notice = (title: string, ...texts: string[]): Html =>
    html`<div class="notice">
      <h2>${title}</h2>
      ${texts.map((text) => html`<p>${text}</p>`)}
    </div>`;
  const small = filled(words.nothingSmall, { gate });
  const shown = category ?? (asked && kindByRegion);
  if (!shown)
    return [refusal ? notice(refusal.title, refusal.text, small) : notice(words.nothingTitle, words.nothing, small)];
  const period = filled(words.period, { period: periodLabel(shown.period, locale) });
  return [html`<p class="quiet">${period}</p>`, ...(refusal ? [notice(refusal.title, refusal.text, small)] : [])];
}

/** Of a period that has no figures, and may never have any: which ones have. */
export function missingPeriodPage(closed: readonly PublishedRelease[], language: ChosenLanguage): string {
  const { locale } = language;
  const words = WORDS[locale];
  return framed({
    language,
    title: words.missingTitle,
    description: words.missing,
    addressIn: (other) => addressOf(null, other),
    content: html`<h1>${words.missingTitle}</h1>
      <p class="lead">${words.missing}</p>
      <p class="downloads"><a href="${addressOf(null, locale)}">${words.toLatest}</a></p>
      ${closed.length > 0 ? [periodsSection(closed, null, locale)] : []}`,
  });
}

function rawSection(words: Words, locale: Locale): Html {
  const [before, after] = words.raw.split('{link}');
  return html`<section aria-labelledby="data">
    <h2 id="data">${words.rawTitle}</h2>
    <p>${before}<a href="/v1/statistics">/v1/statistics</a>${after}</p>
    <p class="downloads">
      <span>${words.allPeriods}:</span>
      ${VIEWS.map((view) => html`<a href="/v1/statistics/all/${SLUGS[view]}.csv">${words.views[view].title} (CSV)</a>`)}
    </p>
    <p><a href="/insights/dictionary?language=${locale}">${words.dictionary}</a></p>
  </section>`;
}
