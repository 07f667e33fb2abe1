import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { isScalarType } from 'graphql';
import { LIMITS } from '../src/platform/api/limits/limits.js';
import * as scalars from '../src/platform/api/scalars/scalars.js';
import type { ErrorCode } from '../src/platform/errors/codes.js';
import { ERROR_CODES, isRetryable } from '../src/platform/errors/codes.js';
import { NOTICE_CODES } from '../src/platform/notices/notice-messages.js';
import { declaredLimits } from './support/constants.js';
import {
  DECLARED,
  HINTS,
  NO_LIMIT_OF_CALLS,
  OF_DOCUMENTS,
  OF_THE_SERVICE,
  OTHERS,
  codegenSettings,
  limitsTable,
  retriesTable,
  scalarNames,
} from './support/guide-tables.js';

const PAGE = readFileSync('docs/foundations.md', 'utf8');
const told = (name: string): string =>
  new RegExp(`<!-- ${name} -->\\n\\n([\\s\\S]*?)\\n\\n<!-- end -->`).exec(PAGE)?.[1] ?? '';

describe('what to send again, in docs/foundations.md', () => {
  it('is told of every code that passes by itself, and of those that a program must know', () => {
    expect(ERROR_CODES.filter((code) => isRetryable(code)).sort()).toEqual(Object.keys(HINTS).sort());
    expect(Object.keys(OTHERS).filter((code) => isRetryable(code as ErrorCode))).toEqual([]);
    expect(told('retries')).toBe(retriesTable());
  });
});

describe('the notices, in docs/foundations.md', () => {
  it('are all of those that there are', () => {
    const named = [...told('notices').matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, code]) => code);
    expect(named.sort()).toEqual([...NOTICE_CODES].sort());
  });
});

describe('the table of limits, in docs/foundations.md', () => {
  it('has each with its number and its code', () => {
    const plugin = readFileSync('src/platform/api/limits/limits-plugin.ts', 'utf8');
    for (const [, , code] of DECLARED) if (code !== null) expect(ERROR_CODES).toContain(code);
    for (const [, , code] of OF_DOCUMENTS) expect(plugin).toContain(`| '${code}'`);
    expect(OF_DOCUMENTS.map(([, name]) => name).sort()).toEqual(Object.keys(LIMITS).sort());
    expect(told('limits')).toBe(limitsTable());
  });

  it('leaves out no limit that the sources declare', () => {
    const declared = declaredLimits();
    const inTable = new Set(DECLARED.map(([, place]) => place.split('#')[1]));
    const left = declared.filter(
      ({ file, name }) => !OF_THE_SERVICE.test(file) && !inTable.has(name) && !NO_LIMIT_OF_CALLS.includes(name),
    );
    expect(left).toEqual([]);
    // The pattern by which limits are found has not gone blind.
    expect(declared.length).toBeGreaterThan(60);
  });
});

describe('the scalars, in docs/foundations.md', () => {
  it('are all in the settings for generated types', () => {
    expect(told('scalars')).toBe(codegenSettings());
  });

  it('are strings in JSON', () => {
    const samples: Record<string, unknown> = {
      ...{ DateTime: new Date(0), Date: '2027-01-31', Decimal: '1.50', CurrencyCode: 'VND' },
      ...{ CountryCode: 'VN', LanguageTag: 'vi', URL: 'https://example.org/' },
    };
    expect(Object.keys(samples).sort()).toEqual(scalarNames());
    const all = Object.values(scalars).filter((one) => isScalarType(one));
    expect(all.map(({ name }) => name).sort()).toEqual(scalarNames());
    for (const scalar of all) expect(typeof scalar.serialize(samples[scalar.name])).toBe('string');
  });
});

describe('what holds the guides', () => {
  it.each(['docs/foundations.md', 'docs/portals.md'])('is there: %s', (page) => {
    const named = [...readFileSync(page, 'utf8').matchAll(/`(test\/[\w./-]+)`/g)].map(([, path]) => path);
    expect(named.length).toBeGreaterThan(1);
    expect(named.filter((path) => !existsSync(path))).toEqual([]);
  });
});

describe('the names in the guides', () => {
  const schema = readFileSync('schema.graphql', 'utf8');
  const known = new Set([
    ...(schema.match(/\w+/g) ?? []),
    ...ERROR_CODES,
    ...OF_DOCUMENTS.map(([, , code]) => code),
    ...['GOODFAITH_URL', 'FUNDER_KEY', 'GRANTEE_KEY', 'RateLimit', 'requestId'],
    // An event that the database writes.
    'API_KEY_ISSUED_AGAIN',
  ]);
  /** Words of code: several capitals, an underscore, or a capital inside. */
  const isName = (word: string): boolean => /^[A-Z][A-Z_]{3,}$|^[a-z]+[A-Z]\w*$/.test(word);

  it.each(['docs/foundations.md', 'docs/portals.md'])('are names of the service: %s', (page) => {
    const text = readFileSync(page, 'utf8').replaceAll(/^```[\s\S]*?^```$/gm, '');
    const names = [...text.matchAll(/`([^`]+)`/g)].flatMap(([, code]) => code.match(/[\w-]+/g) ?? []).filter(isName);
    expect(names.length).toBeGreaterThan(20);
    expect([...new Set(names)].filter((name) => !known.has(name))).toEqual([]);
  });

  it('tell of every kind of amendment', () => {
    const kinds = /enum AmendmentKind \{([\s\S]*?)\n\}/.exec(schema)![1].match(/^ {2}[A-Z_]+$/gm)!;
    expect(kinds.length).toBeGreaterThan(8);
    for (const kind of kinds) expect(PAGE).toContain(`\`${kind.trim()}\``);
  });
});
