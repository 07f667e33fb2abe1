import type { Locale } from '../../platform/errors/codes.js';
import { drawBars } from '../charts/bar-chart.js';
import type { BarChart } from '../charts/bar-chart.js';
import { percent, shareChart, shareIntervalText, viewChart } from '../charts/view-chart.js';
import type { Share } from '../funder-share.rules.js';
import { kindLabel } from '../labels/kind-label.rules.js';
import { periodLabel } from '../labels/period-label.rules.js';
import { figureOf, intervalText, isTellable, valueText } from '../published/figure.rules.js';
import type { Cell, ReleaseView } from '../published/release-view.rules.js';
import { SLUGS, inShownOrder, nameOf } from '../published/release-view.rules.js';
import { FUNDER_SHARE } from '../downloads/release-index.js';
import { Html, html } from '../../platform/http/html.js';
import { WORDS, filled, unbroken } from './insights-words.js';

/** A view as a chart, and beside it the same figures as a table. */
export async function viewSection(view: ReleaseView, locale: Locale): Promise<Html> {
  const words = WORDS[locale];
  const { title, text, first } = words.views[view.view];
  const isByRegion = view.view === 'KIND_BY_REGION';
  const rows = inShownOrder(view.cells, locale).map((cell) => row(cell, isByRegion, locale));
  const table = html`<thead>
      <tr>
        <th scope="col">${first}</th>
        ${isByRegion ? [html`<th scope="col">${words.cause}</th>`] : []}
        <th scope="col" class="number">${words.figure}</th>
        <th scope="col" class="number">${words.interval}</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>`;
  const slug = SLUGS[view.view];
  const forms = [...DATA_FORMS.map((form) => link(view, slug, form, form.toUpperCase())), picture(view, slug, locale)];
  return section({
    id: slug,
    title,
    text: filled(text, { period: periodLabel(view.period, locale) }),
    chart: viewChart(view, locale),
    table,
    forms,
    locale,
  });
}

/** How much funders created, beside what a study found elsewhere. */
export async function shareSection(view: ReleaseView, share: Share | null, locale: Locale): Promise<Html> {
  const words = WORDS[locale];
  const chart = shareChart(view.period, share, locale);
  const [here, study] = chart.bars;
  const table = html`<thead>
      <tr>
        <th scope="col">${words.source}</th>
        <th scope="col" class="number">${words.share}</th>
        <th scope="col" class="number">${words.interval}</th>
      </tr>
    </thead>
    <tbody>
      <tr>
        <th scope="row">${here.label}</th>
        <td class="number">${share ? unbroken(`${percent(share.value)} %`) : here.text}</td>
        <td class="number">${share ? unbroken(shareIntervalText(share, locale)) : words.none}</td>
      </tr>
      <tr>
        <th scope="row">${study.label}</th>
        <td class="number">${unbroken(study.text)}</td>
        <td class="number">${words.none}</td>
      </tr>
    </tbody>`;
  const text = filled(words.shareText, { period: periodLabel(view.period, locale) });
  return section({
    id: FUNDER_SHARE,
    title: words.shareTitle,
    text,
    chart,
    table,
    forms: [picture(view, FUNDER_SHARE, locale)],
    locale,
  });
}

const DATA_FORMS = ['csv', 'json'] as const;

function row(cell: Cell, isByRegion: boolean, locale: Locale): Html {
  const figure = figureOf(cell);
  const interval = isTellable(figure) ? intervalText(figure, locale) : WORDS[locale].none;
  const kind = isByRegion ? [html`<td>${kindLabel(cell.kind, locale)}</td>`] : [];
  return html`<tr>
    <th scope="row">${nameOf(cell, locale)}</th>
    ${kind}
    <td class="number">${valueText(figure, locale)}</td>
    <td class="number">${interval}</td>
  </tr>`;
}

function link({ period }: ReleaseView, slug: string, form: string, text: string, query = ''): Html {
  return html`<a href="/v1/statistics/${period.name}/${slug}.${form}${query}">${text}</a>`;
}

function picture(view: ReleaseView, slug: string, locale: Locale): Html {
  return link(view, slug, 'svg', `SVG (${WORDS[locale].picture})`, `?language=${locale}`);
}

async function section(parts: {
  id: string;
  title: string;
  text: string;
  chart: BarChart;
  table: Html;
  forms: Html[];
  locale: Locale;
}): Promise<Html> {
  const { id, title, text, chart, table, forms, locale } = parts;
  // Drawn with its own text alternative; the table holds the same figures for everybody.
  const drawn = new Html(await drawBars(chart));
  return html`<section aria-labelledby="${id}">
    <h2 id="${id}">${title}</h2>
    <p>${text}</p>
    <div class="figures">
      <figure>${drawn}</figure>
      <div>
        <div class="wide" tabindex="0" role="region" aria-label="${chart.title}">
          <table>
            <caption>
              ${chart.title}
            </caption>
            ${table}
          </table>
        </div>
        <p class="downloads"><span>${WORDS[locale].downloads}:</span> ${forms}</p>
      </div>
    </div>
  </section>`;
}
