import { describe, expect, it } from '@jest/globals';
import { AGREEMENT_COMMAND_NAMES, AGREEMENT_STATES } from '../src/agreements/agreement.lifecycle.js';
import { AMENDMENT_STATES } from '../src/agreements/amendments/amendment.lifecycle.js';
import { DISSOLUTION_COMMAND_NAMES, DISSOLUTION_STATES } from '../src/agreements/dissolution/dissolution.lifecycle.js';
import { DISBURSEMENT_STATES } from '../src/agreements/payments/disbursement.lifecycle.js';
import { OBSTACLE_STATES, TIERS } from '../src/obstacles/obstacle.lifecycle.js';
import { ERROR_CODES, MESSAGES, messageOf } from '../src/platform/errors/codes.js';
import type { ErrorCode, Locale } from '../src/platform/errors/codes.js';
import { NOTICE_CODES, noticeMessage } from '../src/platform/notices/notice-messages.js';
import { statusTitle } from '../src/platform/errors/status-titles.js';
import { reportHead, shareText, versionText } from '../src/narrative-reports/export/report-document.rules.js';
import { REASONS } from '../src/platform/errors/reasons.js';
import { ACTIONS, STATES, WORDS } from '../src/platform/errors/words.rules.js';
import { foreignWords, rawCodes } from './support/languages.js';

const LOCALES: Locale[] = ['en', 'vi'];

/** A real value for each parameter whose value is no code. */
const VALUES: Readonly<Record<string, string | number>> = {
  ...{ en: 'The file is empty.', vi: 'Tệp trống.', rules: 20, characters: 200 },
  ...{
    actual: 12,
    amount: '10.005',
    argument: 'after',
    base: 2,
    byte: 812,
    character: 'U+202E',
    code: 'RAIN',
    committed: '9000.00',
    count: 3,
  },
  ...{
    country: 'BR',
    currency: 'VND',
    current: 3,
    currentVersion: 4,
    days: 30,
    decimals: 0,
    dueOn: '2026-12-01',
    earliest: '2026-12-01',
    expected: 'VND',
  },
  ...{
    field: 'endsOn',
    first: 'dueOn',
    formats: '`txt`, `html`',
    from: '2026-12-01',
    identifier: 'GB-CHC-1153055',
    latest: '2027-01-01',
  },
  ...{
    least: 1,
    left: '10.00',
    levels: 64,
    limit: 25,
    line: 3,
    more: 7,
    most: 100,
    named: 1,
    number: 2,
    operation: 'cashFlow',
  },
  ...{
    order: 'NEXT_DUE_ON',
    part: 'variables',
    parts: 4,
    period: '2026-Q3',
    position: 3,
    prompt: 'weather',
    quarters: '2026-Q1',
  },
  ...{
    range: 'dueOn',
    rotatedAt: '2026-11-27T10:00:00.000Z',
    second: 'createdAt',
    seconds: 9,
    sent: '10.00',
    sum: '8000.00',
  },
  ...{ types: 'text/plain, text/html', value: '`PAYMENT_HELD`', year: 2026, years: 10 },
};

/** Which reasons a code gives. */
function reasonsOf(code: ErrorCode): string[] {
  const isOf: Partial<Record<ErrorCode, (place: number) => boolean>> = {};
  const all = Object.keys(REASONS);
  const at = (name: string): number => all.indexOf(name);
  isOf.INVALID_VALUE = (place) => place < at('NEITHER_FUNDER_NOR_GRANTEE');
  isOf.INCOMPLETE_ORGANIZATION = (place) => place >= at('NEITHER_FUNDER_NOR_GRANTEE') && place < at('ONE_ALREADY');
  isOf.MERGE_REFUSED = (place) => place >= at('ONE_ALREADY') && place < at('UNREADABLE');
  isOf.BAD_REQUEST = (place) => place >= at('UNREADABLE') && place < at('KEY_NOT_SENT');
  isOf.UNAUTHENTICATED = (place) => place >= at('KEY_NOT_SENT');
  return all.filter((_, place) => isOf[code]?.(place));
}

/** Everything that a code can say: each reason, and each word of each parameter that is a code. */
function sentences(code: ErrorCode, locale: Locale): string[] {
  const plain = messageOf(code, locale, VALUES);
  const worded = Object.entries(WORDS).flatMap(([name, words]) =>
    messageOf(code, locale, { ...VALUES, [name]: '\u0000' }).includes('\u0000')
      ? Object.keys(words).map((word) => ({ [name]: word }))
      : [],
  );
  const reasons = reasonsOf(code).map((why) => ({ why }));
  const parameters = worded.length + reasons.length > 0 ? [...worded, ...reasons] : [{}];
  const others = Object.fromEntries(Object.entries(WORDS).map(([name, words]) => [name, Object.keys(words)[0]]));
  return [
    ...new Set([
      ...(parameters.length > 1 ? [] : [plain]),
      ...parameters.map((more) => messageOf(code, locale, { ...VALUES, ...others, ...more })),
    ]),
  ];
}

describe('every code', () => {
  it.each(ERROR_CODES)('%s says no word of the other language, in each of its sentences', (code) => {
    for (const locale of LOCALES) {
      for (const sentence of sentences(code, locale)) {
        expect({ sentence, foreign: foreignWords(sentence, locale) }).toEqual({ sentence, foreign: [] });
        expect({ sentence, codes: rawCodes(sentence) }).toEqual({ sentence, codes: [] });
        expect(sentence).not.toMatch(/\{\w+\}|undefined/);
        expect(sentence.length).toBeGreaterThan(8);
      }
    }
    expect(messageOf(code, 'vi', VALUES)).not.toBe(messageOf(code, 'en', VALUES));
  });

  it.each(NOTICE_CODES)('%s says no word of the other language beside a success either', (code) => {
    const [english, vietnamese] = LOCALES.map((locale) => {
      const sentence = noticeMessage(code, locale, VALUES);
      expect({ sentence, foreign: foreignWords(sentence, locale) }).toEqual({ sentence, foreign: [] });
      expect({ sentence, codes: rawCodes(sentence) }).toEqual({ sentence, codes: [] });
      expect(sentence).not.toMatch(/\{\w+\}|undefined/);
      return sentence;
    });
    expect(vietnamese).not.toBe(english);
  });

  it('names in words each state and command that there is', () => {
    const states = [
      ...AGREEMENT_STATES,
      ...AMENDMENT_STATES,
      ...DISSOLUTION_STATES,
      ...DISBURSEMENT_STATES,
      ...OBSTACLE_STATES,
    ];
    expect(states.filter((state) => !(state in STATES))).toEqual([]);
    const commands = [...AGREEMENT_COMMAND_NAMES, ...DISSOLUTION_COMMAND_NAMES];
    expect(commands.filter((command) => !(command in ACTIONS))).toEqual([]);
    expect(TIERS.filter((tier) => !(tier in WORDS.fromTier))).toEqual([]);
  });
});

it('every status that an error has is called something in both languages', () => {
  for (const code of ERROR_CODES) {
    for (const locale of LOCALES) expect(foreignWords(statusTitle(MESSAGES[code].status, locale), locale)).toEqual([]);
  }
});

it('an exported report holds no word of the other language', () => {
  const at = new Date('2026-11-02T10:00:00Z');
  const conversation = { heldOn: '2026-11-02', minutes: 30, granteePeople: 2, funderPeople: 1, notes: '"We met."' };
  const content = { format: 'CONVERSATION' as const, language: 'vi', sections: [], conversation, minutesSpent: 5 };
  const report = { id: '"rep"', state: 'SUBMITTED', createdAt: at, submittedAt: at, clientSubmissionId: null };
  for (const locale of LOCALES) {
    for (const kind of ['LEARNED', 'QUESTION', 'HELP_OFFERED'] as const) {
      const share = {
        ...{ id: '"shr"', agreementId: '"agr"', funder: '"Fund"', version: 1, sections: [], files: [], sharedAt: at },
        ...{ respondBy: '2026-12-01', unsharedAt: at, response: { kind, text: '7', at } },
      };
      const text = reportHead(report, locale) + versionText(content as never, null, locale) + shareText(share, locale);
      // The codes of languages are the same in every language, and text of others is as they wrote it.
      const words = text.replace(/\\?"[^"]*\\?"/g, '').replace(/\d{4}-\d{2}-\d{2}T[\d:.\\]+Z/g, '');
      expect([locale, ...foreignWords(words, locale), ...rawCodes(words)]).toEqual([locale]);
    }
  }
});
