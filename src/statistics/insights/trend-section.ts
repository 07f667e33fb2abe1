import type { Locale } from '../../platform/errors/codes.js';
import { Html, html } from '../../platform/http/html.js';
import { CHART_WORDS } from '../charts/chart-words.js';
import { drawBars } from '../charts/bar-chart.js';
import { drawTrend } from '../charts/trend-chart.js';
import { percent, shareIntervalText, shareTrendChart, trendChart } from '../charts/view-chart.js';
import { quarterLabel } from '../labels/period-label.rules.js';
import { figureOf, valueText } from '../published/figure.rules.js';
import { nameOf } from '../published/release-view.rules.js';
import { WORDS } from './insights-words.js';
import type { Trend } from '../published/trend.rules.js';

/** How what was published has moved from quarter to quarter, as charts and as tables. */
export async function trendSection(trend: Trend, locale: Locale): Promise<Html> {
  const words = WORDS[locale];
  const [shares, categories] = [shareTrendChart(trend, locale), trendChart(trend, locale)];
  const [sharesDrawn, categoriesDrawn] = [new Html(await drawBars(shares)), new Html(await drawTrend(categories))];
  return html`<section aria-labelledby="trend">
    <h2 id="trend">${words.trendTitle}</h2>
    <p>${words.trendText}</p>
    <h3>${shares.title}</h3>
    <div class="figures">
      <figure>${sharesDrawn}</figure>
      ${wideTable(shares.title, shareTable(trend, locale))}
    </div>
    <h3>${categories.title}</h3>
    <p>${words.trendLegend}</p>
    <div class="figures">
      <figure>${categoriesDrawn}</figure>
      ${wideTable(categories.title, categoryTable(trend, locale))}
    </div>
  </section>`;
}

function wideTable(caption: string, table: Html): Html {
  return html`<div class="wide" tabindex="0" role="region" aria-label="${caption}">
    <table>
      <caption>
        ${caption}
      </caption>
      ${table}
    </table>
  </div>`;
}

function shareTable({ quarters, shares }: Trend, locale: Locale): Html {
  const words = WORDS[locale];
  const { unknown } = CHART_WORDS[locale];
  return html`<thead>
      <tr>
        <th scope="col">${words.quarterColumn}</th>
        <th scope="col" class="number">${words.share}</th>
        <th scope="col" class="number">${words.interval}</th>
      </tr>
    </thead>
    <tbody>
      ${quarters.map((quarter, i) => {
        const share = shares[i];
        return html`<tr>
          <th scope="row">${quarterLabel(quarter, locale)}</th>
          <td class="number">${share ? `${percent(share.value)} %` : unknown}</td>
          <td class="number">${share ? shareIntervalText(share, locale) : words.none}</td>
        </tr>`;
      })}
    </tbody>`;
}

function categoryTable({ quarters, rows }: Trend, locale: Locale): Html {
  const words = WORDS[locale];
  return html`<thead>
      <tr>
        <th scope="col">${words.views.CATEGORY.first}</th>
        ${quarters.map((quarter) => html`<th scope="col" class="number">${quarterLabel(quarter, locale)}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        ({ cell, cells }) =>
          html`<tr>
            <th scope="row">${nameOf(cell, locale)}</th>
            ${cells.map(
              (each) => html`<td class="number">${each ? valueText(figureOf(each), locale) : words.notPublished}</td>`,
            )}
          </tr>`,
      )}
    </tbody>`;
}
