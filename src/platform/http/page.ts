import { createHash } from 'node:crypto';
import type { Locale } from '../errors/codes.js';
import { Html, html } from './html.js';
import { STYLE } from './page-style.js';

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

export interface Page {
  readonly locale: Locale;
  readonly title: string;
  /** What else stands in the head of the document. */
  readonly head?: readonly Html[];
  readonly body: Html;
}

/** A document for people, to be sent with the policy above. */
export function documentOf({ locale, title, head = [], body }: Page): string {
  return html`<!doctype html>
    <html lang="${locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · Goodfaith</title>
        <link rel="icon" href="data:," />
        ${head} ${STYLE_ELEMENT}
      </head>
      <body>
        ${body}
      </body>
    </html>`.text;
}
