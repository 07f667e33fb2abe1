import type { GraphQLFormattedError } from 'graphql';
import { GraphQLError } from 'graphql';
import type { ErrorCode } from './codes.js';
import { requestTrouble } from './graphql/request-trouble.js';
import { Refusal } from './refusal.js';
import { isTransient } from './transient.rules.js';

/** Codes that graphql-js and Apollo give to mistakes of the caller; their messages are about the request alone. */
const REQUEST_CODES = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'OPERATION_RESOLUTION_FAILURE',
  'QUERY_TOO_LONG',
  'TOO_MANY_DEFINITIONS',
  'QUERY_TOO_DEEP',
  'TOO_MANY_ALIASES',
  'TOO_MANY_DIRECTIVES',
  'TOO_MANY_ROOT_FIELDS',
  'TOO_MANY_FIELDS',
  'TOO_MANY_VALUES',
  'QUERY_TOO_EXPENSIVE',
]);

/** What graphql-js says, without a code, of a variable that is null or missing where an argument needs a value. */
const ARGUMENT_MISTAKE = /^Argument "\w+" (of (required|non-null) type|has invalid value)/;

/** Carries what happened to the one place that knows the caller's language and the request id (see the edge plugin). */
export interface PendingExtensions {
  code: ErrorCode;
  parameters?: Readonly<Record<string, string | number>>;
  argument?: readonly string[];
  fault?: unknown;
}

/** What may leave: coded refusals and mistakes of the request. Everything else is a fault, and says nothing of itself. */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const cause = error instanceof GraphQLError ? error.originalError : error;
  const { path, locations } = formatted;
  const place = { ...(locations && { locations }), ...(path && { path }) };
  if (cause instanceof Refusal) {
    const { code, parameters, path: argument } = cause.reasons[0];
    return { message: code, ...place, extensions: { code, parameters, argument } satisfies PendingExtensions };
  }
  if (isTransient(cause)) {
    return { message: 'UNAVAILABLE', ...place, extensions: { code: 'UNAVAILABLE', fault: cause } };
  }
  const byGraphql = error instanceof GraphQLError && (!cause || cause instanceof GraphQLError);
  if (byGraphql && ARGUMENT_MISTAKE.test(error.message))
    return { message: error.message, ...place, extensions: { code: 'BAD_USER_INPUT' } };
  const code = formatted.extensions?.code;
  if (code === 'BAD_REQUEST' || code === 'PERSISTED_QUERY_NOT_SUPPORTED') {
    const parameters = requestTrouble(formatted.message);
    return { message: code, ...place, extensions: { code: 'BAD_REQUEST', parameters } satisfies PendingExtensions };
  }
  if (typeof code === 'string' && REQUEST_CODES.has(code) && !(cause instanceof TypeError)) {
    const argument = formatted.extensions?.argument;
    const more = { ...measured(formatted.extensions), ...(argument !== undefined && { argument }) };
    return { message: formatted.message, ...place, extensions: { code, ...more } };
  }
  return {
    message: 'INTERNAL_ERROR',
    ...place,
    extensions: { code: 'INTERNAL_ERROR', fault: cause ?? error } satisfies PendingExtensions,
  };
}

/** How much was asked for beyond which limit: told as data, and in the message. */
function measured({ limit, actual, unit }: Record<string, unknown> = {}): object {
  return limit === undefined
    ? {}
    : { limit, actual, parameters: { limit, actual, ...(unit !== undefined && { unit }) } };
}
