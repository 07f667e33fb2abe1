import { REQUEST_MESSAGES } from './messages/request-messages.js';
import { INPUT_MESSAGES } from './messages/input-messages.js';
import { ORGANIZATION_MESSAGES } from './messages/organization-messages.js';
import { AGREEMENT_MESSAGES } from './messages/agreement-messages.js';
import { REPORT_MESSAGES } from './messages/report-messages.js';
import { OBSTACLE_MESSAGES } from './messages/obstacle-messages.js';
import { STATISTICS_MESSAGES } from './messages/statistics-messages.js';
import { IMPORT_MESSAGES } from './messages/import-messages.js';
import type { Message } from './messages/message.js';
import type { Parameters } from './fill-sentence.js';
import { fillSentence } from './fill-sentence.js';
import type { WhyWord } from './reasons.js';
import { REASONS } from './reasons.js';
import type { Phrase } from './words.rules.js';

/**
 * Every code a caller can meet, with what it says. The list is closed and `Record<ErrorCode, ...>` breaks the build
 * when one is new and not said in both languages. `{name}` is filled from the refusal's parameters, `{why}` by a reason.
 */
export const MESSAGES = {
  ...REQUEST_MESSAGES,
  ...INPUT_MESSAGES,
  ...ORGANIZATION_MESSAGES,
  ...AGREEMENT_MESSAGES,
  ...REPORT_MESSAGES,
  ...OBSTACLE_MESSAGES,
  ...STATISTICS_MESSAGES,
  ...IMPORT_MESSAGES,
} satisfies Record<string, Message>;

export type ErrorCode = keyof typeof MESSAGES;
export const ERROR_CODES = Object.keys(MESSAGES) as ErrorCode[];
/** As a GraphQL enum: each code is its own value. */
export const ErrorCodes = Object.fromEntries(ERROR_CODES.map((code) => [code, code])) as { [C in ErrorCode]: C };

/** What comes with `UNAVAILABLE`: most of what passes by itself has passed by then. */
export const RETRY_AFTER_SECONDS = '1';

export type Locale = keyof Phrase;

export function messageOf(code: ErrorCode, locale: Locale, parameters: Parameters = {}): string {
  const why: Phrase = REASONS[(parameters.why ?? 'UNREADABLE') as WhyWord];
  return fillSentence(
    MESSAGES[code][locale].replace('{why}', () => why[locale]),
    locale,
    parameters,
  );
}

export function isRetryable(code: ErrorCode): boolean {
  const entry: Message = MESSAGES[code];
  return entry.retryable ?? (entry.status === 429 || entry.status === 503);
}

/** What every error says of the request that met it. Codes of graphql-js are mistakes, which do not pass by themselves. */
export function aboutRequest(code: string, requestId: string): { requestId: string; retryable: boolean } {
  return { requestId, retryable: code in MESSAGES && isRetryable(code as ErrorCode) };
}
