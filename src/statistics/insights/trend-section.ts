import type { Locale } from '../../platform/errors/codes.js';
import { Html, html } from '../../platform/http/html.js';
import { CHART_WORDS } from '../charts/chart-words.js';
import { drawBars } from '../charts/bar-chart.js';
import { drawTrend } from '../charts/trend-chart.js';
import { percent, shareIntervalText, shareTrendChart, trendChart } from '../charts/view-chart.js';
import { quarterLabel } from '../labels/period-label.rules.js';
import { figureOf, valueText } from '../published/figure.rules.js';
import type { Cell } from '../published/release-view.rules.js';
import { nameOf } from '../published/release-view.rules.js';
import { WORDS, unbroken } from './insights-words.js';
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
    <div class="figures beneath">
      <figure>${categoriesDrawn}</figure>
      ${wideTable(categories.title, categoryTable(trend, locale), 'by-quarter')}
    </div>
  </section>`;
}

function wideTable(caption: string, table: Html, layout = ''): Html {
  return html`<div class="wide" tabindex="0" role="region" aria-label="${caption}">
    <table role="table" class="${layout}">
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
          <td class="number">${share ? unbroken(`${percent(share.value)} %`) : unknown}</td>
          <td class="number">${share ? unbroken(shareIntervalText(share, locale)) : words.none}</td>
        </tr>`;
      })}
    </tbody>`;
}

/**
 * A column for each quarter; on a narrow screen a list of quarters below each category, and the style sheet writes the
 * quarter before each figure. Roles are named, since browsers forget those of a table that is laid out otherwise.
 */
function categoryTable({ quarters, rows }: Trend, locale: Locale): Html {
  const words = WORDS[locale];
  const labels = quarters.map((quarter) => quarterLabel(quarter, locale));
  const figure = (each: Cell | null, i: number): Html => {
    const text = each ? valueText(figureOf(each), locale) : words.notPublished;
    return html`<td role="cell" class="number" data-quarter="${labels[i]}">${text}</td>`;
  };
  return html`<thead role="rowgroup">
      <tr role="row">
        <th role="columnheader" scope="col">${words.views.CATEGORY.first}</th>
        ${labels.map((label) => html`<th role="columnheader" scope="col" class="number">${label}</th>`)}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${rows.map(
        ({ cell, cells }) =>
          html`<tr role="row">
            <th role="rowheader" scope="row">${nameOf(cell, locale)}</th>
            ${cells.map(figure)}
          </tr>`,
      )}
    </tbody>`;
}
