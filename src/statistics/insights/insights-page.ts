import type { Locale } from '../../platform/errors/codes.js';
import { periodLabel } from '../labels/period-label.rules.js';
import { SLUGS } from '../published/release-view.rules.js';
import { STANDARD, VIEWS } from '../views.rules.js';
import type { Html } from '../../platform/http/html.js';
import { html } from '../../platform/http/html.js';
import { framed } from './frame.js';
import type { Insights } from './insights.js';
import type { Words } from './insights-words.js';
import { WORDS, filled } from './insights-words.js';
import { protectionSection } from './protection-section.js';
import { shareSection, viewSection } from './view-section.js';

export async function insightsPage(insights: Insights, locale: Locale): Promise<string> {
  const words = WORDS[locale];
  const { category, kindByRegion, funder } = insights;
  const sections = await Promise.all([
    ...(category ? [shareSection(category, insights.share, locale), viewSection(category, locale)] : []),
    ...(kindByRegion ? [viewSection(kindByRegion, locale)] : []),
    ...(funder ? [viewSection(funder, locale)] : []),
  ]);
  return framed({
    locale,
    title: words.title,
    description: words.lead,
    addressIn: (language) => `/insights?language=${language}`,
    content: html`<h1>${words.title}</h1>
      <p class="lead">${words.lead}</p>
      ${standing(insights, words, locale)} ${sections} ${protectionSection(insights, locale)}
      ${rawSection(words, locale)}`,
  });
}

/** Which figures these are, or why there are none. */
function standing({ category, refused }: Insights, words: Words, locale: Locale): Html[] {
  const gate = STANDARD.gates.network;
  const refusal = refused && {
    title: words.refusedTitle,
    text: filled(words.refused, { period: periodLabel(refused, locale), gate }),
  };
  const notice = (title: string, ...texts: string[]): Html =>
    html`<div class="notice">
      <h2>${title}</h2>
      ${texts.map((text) => html`<p>${text}</p>`)}
    </div>`;
  const small = filled(words.nothingSmall, { gate });
  if (!category)
    return [refusal ? notice(refusal.title, refusal.text, small) : notice(words.nothingTitle, words.nothing, small)];
  const period = filled(words.period, { period: periodLabel(category.period, locale) });
  return [html`<p class="quiet">${period}</p>`, ...(refusal ? [notice(refusal.title, refusal.text, small)] : [])];
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
