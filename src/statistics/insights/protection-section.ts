import type { Locale } from '../../platform/errors/codes.js';
import type { Guarantee } from '../guarantee.rules.js';
import { guaranteeOfReporting, guaranteeOfSubject, percent } from '../guarantee.rules.js';
import { thresholdOf, lawOfSum } from '../noise-law.rules.js';
import { figureOf } from '../published/figure.rules.js';
import type { ReleaseView } from '../published/release-view.rules.js';
import type { View } from '../views.rules.js';
import type { Html } from '../../platform/http/html.js';
import { html } from '../../platform/http/html.js';
import type { Insights } from './insights.js';
import type { Words } from './insights-words.js';
import { WORDS, filled, unbroken } from './insights-words.js';

/** In plain words, with the percentages of the one function, from the epsilons of the release that is shown. */
export function protectionSection(insights: Insights, locale: Locale): Html {
  const words = WORDS[locale];
  const { epsilons, steward } = insights;
  const [reporting, subject] = [guaranteeOfReporting(epsilons), guaranteeOfSubject(epsilons)];
  const seen: [string, keyof Guarantee][] = [
    [words.quarter, 'fromOneQuarter'],
    [words.quarterWithYear, 'withYearViews'],
    [words.year, 'fromOneYear'],
    [words.twoYears, 'fromTwoYears'],
  ];
  const rows = seen.map(
    ([what, key]) =>
      html`<tr>
        <th scope="row">${what}</th>
        <td class="number">${atMost(reporting[key])}</td>
        <td class="number">${atMost(subject[key])}</td>
      </tr>`,
  );
  return html`<section aria-labelledby="protection">
    <h2 id="protection">${words.protectionTitle}</h2>
    ${words.protection.map((text) => html`<p>${filled(text, thresholdsOf(insights))}</p>`)}
    <p>${words.guaranteeLead}</p>
    <div class="wide" tabindex="0" role="region" aria-label="${words.guaranteeCaption}">
      <table class="guarantee">
        <caption>
          ${words.guaranteeCaption}
        </caption>
        <thead>
          <tr>
            <th scope="col">${words.guaranteePeriod}</th>
            <th scope="col" class="number">${words.guaranteeReported}</th>
            <th scope="col" class="number">${words.guaranteeAbout}</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
    <p class="quiet">${words.guaranteeEven}</p>
    <p>${stewardText(words, steward)}</p>
    <p>${words.shared}</p>
    <p><strong>${words.administrator}</strong></p>
  </section>`;
}

/** Below what a figure is too small to be told from chance, view by view: of those that are shown, else of the release. */
function thresholdsOf({ epsilons, category, kindByRegion, funder }: Insights): Readonly<Record<View, number>> {
  const thresholdIn = (shown: ReleaseView | null, epsilon: number): number =>
    shown ? figureOf(shown.cells[0]).threshold : thresholdOf(lawOfSum([epsilon]));
  return {
    CATEGORY: thresholdIn(category, epsilons.CATEGORY),
    KIND_BY_REGION: thresholdIn(kindByRegion, epsilons.KIND_BY_REGION),
    FUNDER: thresholdIn(funder, epsilons.FUNDER),
  };
}

/** Who reads what is said in confidence, and about whom it does not. */
function stewardText({ steward }: Words, name: string | null | undefined): string {
  if (name === undefined) return steward.undeclared;
  return name === null ? steward.none : filled(steward.named, { name });
}

/** A bound below certainty is never rounded up to it. */
function atMost(chance: number): string {
  return unbroken(percent(chance) === 100 ? '> 99 %' : `${percent(chance)} %`);
}
