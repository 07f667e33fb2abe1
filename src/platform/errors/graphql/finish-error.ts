import type { GraphQLFormattedError } from 'graphql';
import type { Locale } from '../codes.js';
import { MESSAGES, aboutRequest, messageOf } from '../codes.js';
import type { PendingExtensions } from '../format-error.js';
import { inVietnamese } from './vietnamese.rules.js';

/** Words of the caller's are told as long as a person would read them. */
const LONGEST_MESSAGE = 1_000;

interface Told {
  readonly locale: Locale;
  readonly requestId: string;
}

/** A formatted error as it leaves: in the caller's language, with the request id, and whether sending it again may help. */
export function finishError(error: GraphQLFormattedError, { locale, requestId }: Told): GraphQLFormattedError {
  const { code, parameters, argument, fault: _, ...rest } = error.extensions as unknown as PendingExtensions;
  return {
    ...error,
    message: code in MESSAGES ? messageOf(code, locale, parameters) : graphqlMessage(error.message, code, locale),
    extensions: { code, ...rest, ...(argument && { argument }), ...aboutRequest(code, requestId) },
  };
}

/** What graphql-js found wrong with the document or its variables. */
function graphqlMessage(message: string, code: string, locale: Locale): string {
  if (locale === 'en') return message;
  const said = inVietnamese(message.slice(0, LONGEST_MESSAGE));
  if (said !== null) return said;
  if (code === 'GRAPHQL_PARSE_FAILED') return 'Tài liệu GraphQL sai cú pháp.';
  return code === 'BAD_USER_INPUT'
    ? 'Một giá trị trong yêu cầu không đúng kiểu mà lược đồ yêu cầu.'
    : 'Tài liệu GraphQL không khớp với lược đồ.';
}
