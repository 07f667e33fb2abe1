import type { ValueNode } from 'graphql';
import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { isCountry } from './countries.js';

interface TextScalar {
  name: string;
  description: string;
  specifiedByURL?: string;
  /** What the value becomes inside, or null when it is not one. */
  readonly read: (text: string) => unknown;
  readonly write?: (value: unknown) => string;
  expected: string;
}

/** A scalar that travels as a JSON string, so that no parser on the way can round or shift it. */
function textScalar({ name, description, specifiedByURL, read, write, expected }: TextScalar): GraphQLScalarType {
  const parse = (value: unknown, nodes?: ValueNode): unknown => {
    const parsed = typeof value === 'string' && value.length <= 2_000 ? read(value) : null;
    if (parsed === null) throw new GraphQLError(`${name} must be ${expected}.`, { nodes });
    return parsed;
  };
  return new GraphQLScalarType({
    name,
    description,
    specifiedByURL,
    serialize: (value) => (write ? write(value) : String(value)),
    parseValue: (value) => parse(value),
    parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : undefined, node),
  });
}

const RFC_3339 = /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(\.\d{1,9})?([Zz]|[+-](\d{2}):(\d{2}))$/;

export const DateTimeScalar = textScalar({
  name: 'DateTime',
  description: 'An instant, RFC 3339. The offset is required in input; output is in UTC with milliseconds.',
  specifiedByURL: 'https://scalars.graphql.org/andimarek/date-time',
  expected: 'an RFC 3339 date and time with an offset, such as "2026-11-23T09:30:00+07:00"',
  read: (text) => {
    const match = RFC_3339.exec(text);
    if (!match || !isDay(match[1]) || Number(match[2]) > 23 || Number(match[3]) > 59 || Number(match[4]) > 59)
      return null;
    if (Number(match[7] ?? 0) > 23 || Number(match[8] ?? 0) > 59) return null;
    return new Date(text.toUpperCase());
  },
  write: (value) => (value as Date).toISOString(),
});

/** Whether the text is a day of the calendar that PostgreSQL also knows. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text < '1000') return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

export const DateScalar = textScalar({
  name: 'Date',
  description: 'A day of the calendar, "YYYY-MM-DD", without a time or zone.',
  expected: 'a day that exists, such as "2026-11-23"',
  read: (text) => (isDay(text) ? text : null),
});

export const DecimalScalar = textScalar({
  name: 'Decimal',
  description:
    'A decimal number as a string, "1250.00": JSON numbers are refused because they lose digits. In input at most 16 digits before and 6 after the point.',
  expected:
    'a string with a plain decimal number, such as "1250.00" (no exponent; JSON numbers are refused because they lose digits)',
  read: (text) => (/^-?(0|[1-9]\d{0,15})(\.\d{1,6})?$/.test(text) ? text : null),
});

export const CurrencyCodeScalar = textScalar({
  name: 'CurrencyCode',
  description: 'A currency of ISO 4217 in capitals, such as "VND".',
  specifiedByURL: 'https://www.iso.org/iso-4217-currency-codes.html',
  expected: 'three capital letters of ISO 4217, such as "VND"',
  read: (text) => (/^[A-Z]{3}$/.test(text) ? text : null),
});

export const CountryCodeScalar = textScalar({
  name: 'CountryCode',
  description:
    'A country of ISO 3166-1, two capital letters, such as "VN" or "GB". Codes that are only reserved ("UK", "EU") or of private use ("XK") name no country there.',
  specifiedByURL: 'https://www.iso.org/iso-3166-country-codes.html',
  expected: 'a code that ISO 3166-1 has assigned to a country, two capital letters, such as "VN" or "GB"',
  read: (text) => (isCountry(text) ? text : null),
});

const languages = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

/**
 * Every language that is registered has two or three letters. ICU knows all of two, and by far not all of the seven thousand
 * of three.
 */
function isLanguage(subtag: string): boolean {
  return subtag.length === 2 ? languages.of(subtag) !== undefined : subtag.length === 3;
}

export const LanguageTagScalar = textScalar({
  name: 'LanguageTag',
  description: 'A language, BCP 47, such as "vi" or "en-GB"; written in canonical form.',
  specifiedByURL: 'https://www.rfc-editor.org/info/bcp47',
  expected: 'the code of a language by BCP 47, two or three letters, such as "en", "vi" or "en-GB"',
  read: (text) => {
    try {
      const tag = text.length <= 35 ? (Intl.getCanonicalLocales(text)[0] ?? '') : '';
      return isLanguage(tag.split('-', 1)[0]) ? tag : null;
    } catch {
      return null;
    }
  },
});

export const UrlScalar = textScalar({
  name: 'URL',
  description: 'An absolute http or https address, at most 2,000 characters.',
  specifiedByURL: 'https://url.spec.whatwg.org',
  expected: 'an absolute http or https address',
  read: (text) => {
    if (!URL.canParse(text) || !text.isWellFormed()) return null;
    const url = new URL(text);
    return ['http:', 'https:'].includes(url.protocol) && !url.username && !url.password ? url.href : null;
  },
});
