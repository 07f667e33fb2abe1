import { readFileSync } from 'node:fs';
import { buildSchema, isScalarType, isSpecifiedScalarType } from 'graphql';
import { readConfig } from '../../src/config.js';
import { LIMITS } from '../../src/platform/api/limits/limits.js';
import type { ErrorCode } from '../../src/platform/errors/codes.js';
import { ERROR_CODES, MESSAGES, isRetryable } from '../../src/platform/errors/codes.js';
import { declaredLimits } from './constants.js';

/** The tables of docs/foundations.md, made from what the service does. */
const table = (head: string, rows: readonly string[]): string =>
  [head, head.replaceAll(/[^|]+/g, '---'), ...rows].join('\n');
const n = (value: number | bigint): string => value.toLocaleString('en-US');

/** What to do about the codes that pass by themselves. */
export const HINTS: Readonly<Partial<Record<ErrorCode, string>>> = {
  RATE_LIMITED: 'wait as `Retry-After` says; spread the calls',
  UNAVAILABLE: 'wait as `Retry-After` says, then longer each time; the change may have been made',
  IDEMPOTENCY_IN_FLIGHT: 'the first call is still at work: wait a second',
  IMPORT_RUNNING: 'for the steward: wait until the import is through',
  CLOCKS_DISAGREE: 'for the steward: set the clocks of service and database, then seal',
  NETWORK_IN_DOUBT: 'for the steward: say what the database is (`npm run after-restore`), then seal',
  UPLOAD_INCOMPLETE: 'send the file again, from its beginning',
  STORAGE_FULL: 'wait, and tell the operator',
};
/** What passes by nothing: the call must become another one. */
export const OTHERS: Readonly<Partial<Record<ErrorCode, string>>> = {
  STALE_VERSION: 'somebody changed it: read it, decide again, send with the new version and a new idempotency key',
  REVISION_MISMATCH: 'the terms are others than you read: read them',
  IDEMPOTENCY_MISMATCH: 'the key was used for another input: a mistake of your program',
  NOT_FOUND: 'not there, or not yours: the same answer for both',
  ACTION_NOT_ALLOWED: 'not in this state: read `availableActions`',
  UNAUTHENTICATED:
    'no key was sent, or in a wrong form, or it is unknown, has expired or was revoked: the message says which form is right',
  FORBIDDEN: 'a key of another role may: the message says which',
  FEED_RESTORED: 'go on with `since`',
  INVALID_CURSOR: 'begin the list again; the feed goes on with `since`',
  INTERNAL_ERROR: 'a fault of ours: nothing was changed; quote `requestId`',
};

export function retriesTable(): string {
  const row = (code: ErrorCode, hint: string): string =>
    `| \`${code}\` | ${MESSAGES[code].status} | ${isRetryable(code) ? 'yes' : 'no'} | ${hint} |`;
  const passing = ERROR_CODES.filter(isRetryable).map((code) => row(code, HINTS[code] ?? ''));
  const others = Object.entries(OTHERS).map(([code, hint]) => row(code as ErrorCode, hint));
  return table('| code | HTTP status | the same call again | what to do |', [...passing, ...others]);
}

/** Words, where the value is declared, the code of the refusal. */
export const DECLARED: readonly (readonly [string, string, ErrorCode | null])[] = [
  ['body of a request, in bytes', 'app.ts#MOST_BODY_BYTES', 'PAYLOAD_TOO_LARGE'],
  ['tokens of a document', 'limits/limits.ts#MAX_TOKENS', null],
  ['rows of a page (25 when not said)', 'api/page.ts#LARGEST_PAGE', 'PAGE_TOO_LARGE'],
  ['ids of `nodes(ids)`', 'api/node.resolver.ts#MOST_NODES', 'PAGE_TOO_LARGE'],
  ['values in a list of a filter', 'api/list-bounds.ts#MOST_NAMED', 'TOO_MANY_ITEMS'],
  ['`userErrors` told at once', 'api/user-error.ts#MOST_USER_ERRORS', 'MORE_ERRORS'],
  ['money, in major units', 'api/money.rules.ts#MOST_MAJOR_UNITS', 'MONEY_OUT_OF_RANGE'],
  ['installments of an agreement', 'terms/terms.inputs.ts#MOST_INSTALLMENTS', 'TOO_MANY_ITEMS'],
  ['term of an agreement, in years', 'terms/terms.rules.ts#LONGEST_TERM_YEARS', 'TERM_INVALID'],
  [
    'days that a grantee moves a report, in all',
    'expectations/expectation.rules.ts#MOST_DAYS_MOVED',
    'EXPECTATION_MOVED_TOO_FAR',
  ],
  ['months of `cashFlow`', 'cash-flow/cash-flow.rules.ts#LONGEST_MONTHS', 'DATE_OUT_OF_RANGE'],
  ['agreements that a report is shared with at once', 'shares/recipients.inputs.ts#MOST_SHARES', 'TOO_MANY_ITEMS'],
  ['sections of a report', 'reports/report-content.rules.ts#MOST_SECTIONS', 'TOO_MANY_ITEMS'],
  ['a section of a report, in characters', 'writing/report-writing.inputs.ts#LONGEST_ANSWER', 'TEXT_TOO_LONG'],
  ['all sections of a report, in bytes', 'reports/report-content.rules.ts#MOST_BYTES', 'REPORT_TOO_LARGE'],
  ['links of a report', 'reports/report-format.rules.ts#MOST_LINKS', 'TOO_MANY_ITEMS'],
  ['files of a report', 'attachments/attachments.rules.ts#MOST_ATTACHMENTS', 'TOO_MANY_ATTACHMENTS'],
  ['a file of a report, in bytes', 'attachments/received-file.ts#MOST_FILE_BYTES', 'ATTACHMENT_TOO_LARGE'],
  ['replies about a report', 'responses/report-responses.service.ts#MOST_REPLIES', 'TOO_MANY_ITEMS'],
  ['words of a search', 'search/report-search.inputs.ts#MOST_WORDS', 'TOO_MANY_WORDS'],
  ['a search, in characters', 'search/report-search.inputs.ts#LONGEST_QUERY', 'TEXT_TOO_LONG'],
  ['a file of grants that the steward imports, in bytes', 'imports/upload.ts#MOST_UPLOAD_BYTES', 'PAYLOAD_TOO_LARGE'],
];
export const OF_DOCUMENTS: readonly (readonly [string, keyof typeof LIMITS, string])[] = [
  ['characters of a document', 'characters', 'QUERY_TOO_LONG'],
  ['lines of a document', 'lines', 'QUERY_TOO_LONG'],
  ['depth of a document', 'depth', 'QUERY_TOO_DEEP'],
  ['operations and fragments', 'definitions', 'TOO_MANY_DEFINITIONS'],
  ['fields asked for again under another name', 'aliases', 'TOO_MANY_ALIASES'],
  ['directives', 'directives', 'TOO_MANY_DIRECTIVES'],
  ['fields at the root', 'rootFields', 'TOO_MANY_ROOT_FIELDS'],
  ['fields in all', 'fields', 'TOO_MANY_FIELDS'],
  ['items of a list among the variables', 'items', 'TOO_MANY_VALUES'],
  ['values of the variables in all', 'values', 'TOO_MANY_VALUES'],
  ['cost of an operation', 'cost', 'QUERY_TOO_EXPENSIVE'],
];
const config = readConfig({ GOODFAITH_SECRET: 'x'.repeat(40) });
const CONFIGURED: readonly [string, number, string][] = [
  ['requests a minute with a key; each mutation counts', config.ratePerKey, 'RATE_LIMITED'],
  ['requests a minute without a key', config.ratePerAddress, 'RATE_LIMITED'],
];
/** Limits of the service itself, which no call of a foundation's meets as a limit. */
export const OF_THE_SERVICE =
  /^(doctor|simulation|restore|statistics|imports|platform\/(clock|db|http|files|events|health|api\/(execution|text\.rules))|trusted-proxies)/;
export const NO_LIMIT_OF_CALLS = [
  'MOST_MISTAKES',
  'MOST_ERRORS',
  'LONGEST_MESSAGE',
  'MOST_PLACES',
  'LONGEST_SHOWN',
  'MOST_YEARS_BACK',
  'MOST_FACTS',
  'MOST_DELAY_DAYS',
  'MOST_YEARS_AHEAD',
  'MOST_YEARS',
  'MOST_BEHIND',
  'MOST_CANDIDATES',
  'MOST_TOLD',
  'MOST_ENTRIES',
  'MOST_NAMED_BYTES',
  'LONGEST_GIVEN',
  'LONGEST_ENDING',
  'LONGEST_STEM',
  'MOST_SURROUNDING_BYTES',
  'LONGEST_DAY',
  'MOST_RATINGS',
  'MOST_NOTICES',
  'MAX_LOCAL_PART',
];

export function limitsTable(): string {
  const declared = declaredLimits();
  const valueOf = (place: string): string => {
    const [file, name] = place.split('#');
    const found = declared.find((limit) => limit.file.endsWith(file) && limit.name === name);
    if (!found) throw new Error(`there is no ${place}`);
    return n(found.value);
  };
  const row = (words: string, value: string, code: string | null): string =>
    `| ${words} | ${value} | ${code === null ? '' : `\`${code}\``} |`;
  return table('| what | at most | refused with |', [
    ...CONFIGURED.map(([words, value, code]) => row(words, n(value), code)),
    ...OF_DOCUMENTS.map(([words, name, code]) => row(words, n(LIMITS[name]), code)),
    ...DECLARED.map(([words, place, code]) => row(words, valueOf(place), code)),
  ]);
}

export const scalarNames = (): string[] =>
  Object.values(buildSchema(readFileSync('schema.graphql', 'utf8')).getTypeMap())
    .filter((type) => isScalarType(type) && !isSpecifiedScalarType(type))
    .map(({ name }) => name)
    .sort();

/** The settings of GraphQL Code Generator. */
export function codegenSettings(): string {
  return [
    '```ts',
    "import type { CodegenConfig } from '@graphql-codegen/cli';",
    '',
    'export default {',
    "  schema: 'schema.graphql',",
    "  documents: 'src/**/*.ts',",
    '  emitLegacyCommonJSImports: false,',
    "  generates: { 'src/gql/': { preset: 'client' } },",
    '  config: {',
    '    strictScalars: true,',
    '    scalars: {',
    ...scalarNames().map((name) => `      ${name}: 'string',`),
    '    },',
    '  },',
    '} satisfies CodegenConfig;',
    '```',
  ].join('\n');
}
