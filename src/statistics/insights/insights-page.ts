import { createHash } from 'node:crypto';
import type { Locale } from '../../platform/errors/codes.js';
import { periodLabel } from '../labels/period-label.rules.js';
import { STANDARD } from '../views.rules.js';
import { Html, html } from './html.js';
import type { Insights } from './insights.js';
import { STYLE } from './insights-style.js';
import type { Words } from './insights-words.js';
import { WORDS, filled } from './insights-words.js';
import { protectionSection } from './protection-section.js';
import { shareSection, viewSection } from './view-section.js';

/** The digest below is of just what stands between the tags. */
const STYLE_ELEMENT = new Html(`<style>${STYLE}</style>`);

/** No script at all, nothing from anywhere: one style sheet that stands in the page, and an empty icon. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export async function insightsPage(insights: Insights, locale: Locale): Promise<string> {
  const words = WORDS[locale];
  const { category, kindByRegion, funder } = insights;
  const sections = await Promise.all([
    ...(category ? [shareSection(category, insights.share, locale), viewSection(category, locale)] : []),
    ...(kindByRegion ? [viewSection(kindByRegion, locale)] : []),
    ...(funder ? [viewSection(funder, locale)] : []),
  ]);
  return documentOf(
    locale,
    html`<h1>${words.title}</h1>
      <p class="lead">${words.lead}</p>
      ${standing(insights, words, locale)} ${sections} ${protectionSection(insights, locale)} ${rawSection(words)}`,
  );
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

function rawSection(words: Words): Html {
  const [before, after] = words.raw.split('{link}');
  return html`<section aria-labelledby="data">
    <h2 id="data">${words.rawTitle}</h2>
    <p>${before}<a href="/v1/statistics">/v1/statistics</a>${after}</p>
  </section>`;
}

function documentOf(locale: Locale, content: Html): string {
  const words = WORDS[locale];
  const other = locale === 'vi' ? 'en' : 'vi';
  return html`<!doctype html>
    <html lang="${locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${words.title} · Goodfaith</title>
        <meta name="description" content="${words.lead}" />
        <link rel="icon" href="data:," />
        <link rel="alternate" hreflang="${other}" href="/insights?language=${other}" />
        ${STYLE_ELEMENT}
      </head>
      <body>
        <a class="skip" href="#content">${words.skip}</a>
        <header>
          <p><strong>Goodfaith</strong></p>
          <nav aria-label="${words.languages}">
            <a href="/insights?language=${other}" hreflang="${other}" lang="${other}">${words.otherLanguage}</a>
          </nav>
        </header>
        <main id="content">${content}</main>
        <footer>
          <p class="quiet">${words.footer}</p>
        </footer>
      </body>
    </html>`.text;
}
