import { describe, expect, it } from '@jest/globals';
import type { GraphQLScalarType } from 'graphql';
import {
  CountryCodeScalar,
  CurrencyCodeScalar,
  DateScalar,
  DateTimeScalar,
  DecimalScalar,
  LanguageTagScalar,
  UrlScalar,
} from './scalars.js';

const read = (scalar: GraphQLScalarType, value: unknown): unknown => {
  try {
    const parsed = scalar.parseValue(value);
    return parsed instanceof Date ? parsed.toISOString() : parsed;
  } catch {
    return 'refused';
  }
};

describe('scalars', () => {
  it.each([
    [DateTimeScalar, '2026-11-23T09:30:00+07:00', '2026-11-23T02:30:00.000Z'],
    [DateTimeScalar, '2026-11-23T09:30:00', 'refused'],
    [DateTimeScalar, '2026-02-30T09:30:00Z', 'refused'],
    [DateTimeScalar, '2026-11-23T24:00:00Z', 'refused'],
    [DateTimeScalar, 'yesterday', 'refused'],
    [DateTimeScalar, 1764000000, 'refused'],
    [DateScalar, '2028-02-29', '2028-02-29'],
    [DateScalar, '2026-02-31', 'refused'],
    [DateScalar, '2026-02-29', 'refused'],
    [DateScalar, '0000-01-01', 'refused'],
    [DateScalar, '2026-1-1', 'refused'],
    [DecimalScalar, '9007199254740993', '9007199254740993'],
    [DecimalScalar, 9007199254740993, 'refused'],
    [DecimalScalar, '1e309', 'refused'],
    [DecimalScalar, 1e308, 'refused'],
    [DecimalScalar, 'NaN', 'refused'],
    [DecimalScalar, '007', 'refused'],
    [DecimalScalar, '12345678901234567', 'refused'],
    [CurrencyCodeScalar, 'VND', 'VND'],
    [CurrencyCodeScalar, 'vnd', 'refused'],
    [CountryCodeScalar, 'VN', 'VN'],
    [CountryCodeScalar, 'ZZ', 'refused'],
    [CountryCodeScalar, 'EU', 'refused'],
    [CountryCodeScalar, 'UK', 'refused'],
    [CountryCodeScalar, 'XK', 'refused'],
    [CountryCodeScalar, 'vn', 'refused'],
    [LanguageTagScalar, 'EN-gb', 'en-GB'],
    [LanguageTagScalar, 'tyz', 'tyz'],
    [LanguageTagScalar, 'english', 'refused'],
    [LanguageTagScalar, 'vietnam', 'refused'],
    [LanguageTagScalar, 'xx', 'refused'],
    [LanguageTagScalar, 'x', 'refused'],
    [UrlScalar, 'https://example.org', 'https://example.org/'],
    [UrlScalar, 'javascript:alert(1)', 'refused'],
    [UrlScalar, 'https://user:secret@example.org', 'refused'],
  ])('%s reads %j as %j', (scalar, value, expected) => {
    expect(read(scalar, value)).toBe(expected);
  });
});
