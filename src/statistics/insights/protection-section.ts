import type { Locale } from '../../platform/errors/codes.js';
import type { Guarantee } from '../guarantee.rules.js';
import { guaranteeOfReporting, guaranteeOfSubject, percent } from '../guarantee.rules.js';
import { thresholdOf, lawOfSum } from '../noise-law.rules.js';
import type { Html } from '../../platform/http/html.js';
import { html } from '../../platform/http/html.js';
import type { Insights } from './insights.js';
import type { Words } from './insights-words.js';
import { WORDS, filled } from './insights-words.js';

/** In plain words, with the percentages of the one function, from the epsilons of the release that is shown. */
export function protectionSection({ epsilons, steward }: Insights, locale: Locale): Html {
  const words = WORDS[locale];
  const threshold = thresholdOf(lawOfSum([epsilons.CATEGORY]));
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
    ${words.protection.map((text) => html`<p>${filled(text, { threshold })}</p>`)}
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

/** Who reads what is said in confidence, and about whom it does not. */
function stewardText({ steward }: Words, name: string | null | undefined): string {
  if (name === undefined) return steward.undeclared;
  return name === null ? steward.none : filled(steward.named, { name });
}

/** A bound below certainty is never rounded up to it. */
function atMost(chance: number): string {
  return percent(chance) === 100 ? '> 99 %' : `${percent(chance)} %`;
}
