import type { Identifier } from '../organizations/identifier.rules.js';

/** Of Companies House, for companies of Scotland and Northern Ireland, partnerships and others; six digits follow. */
const COMPANY_LETTERS = new Set(
  'AC CE CS FC FE GE GN GS IC IP LP NA NC NF NI NL NO NP NR NV NZ OC OE PC RC RS SA SC SE SF SG SI SL SO SP SR SZ ZC'.split(
    ' ',
  ),
);

/**
 * All spellings of a number that its register can only mean as one: spreadsheets drop leading zeros, and a hand takes the
 * letter O for the digit 0 and the digit for the letter. The first is the register's own. Null for what is no number of
 * this form, such as `IP12345R`.
 */
const SPELLINGS: Readonly<Record<string, (value: string) => string[] | null>> = {
  'GB-COH': (value) => {
    const digits = digitsIn(value, 8);
    if (digits !== null) return [digits.padStart(8, '0'), ...mistyped('', digits, 8)];
    const [, typed = '', rest = ''] = /^([A-Z0]{2})([\dO]+)$/.exec(value) ?? [];
    const letters = typed.replaceAll('0', 'O');
    const number = COMPANY_LETTERS.has(letters) ? digitsIn(rest, 6) : null;
    if (number === null) return null;
    const full = number.padStart(6, '0');
    return [`${letters}${full}`, `${letters.replaceAll('O', '0')}${full}`, ...mistyped(letters, number, 6)];
  },
  'GB-CHC': (value) => {
    const digits = digitsIn(value, 7);
    return digits === null ? null : [digits, `0${digits}`];
  },
  'GB-SC': (value) => {
    const digits = digitsIn(value.replace(/^SC/, ''), 6);
    if (digits === null) return null;
    const full = digits.padStart(6, '0');
    return [`SC${full}`, ...mistyped('SC', digits, 6), full, digits];
  },
  'GB-NIC': (value) => {
    const digits = digitsIn(value.replace(/^NIC/, ''), 6);
    return digits === null ? null : [digits.padStart(6, '0'), `NIC${digits.padStart(6, '0')}`, digits];
  },
  'US-EIN': (value) => {
    const digits = digitsIn(value.replace(/^(\d{1,2})-/, '$1'), 9);
    if (digits === null) return null;
    const full = digits.padStart(9, '0');
    return [full, `${full.slice(0, 2)}-${full.slice(2)}`, digits];
  },
};

/**
 * How records may have a number: as its register writes it, which is what a new organization is recorded with, as the
 * file has it, and otherwise mistyped. An organization that has any of these is meant.
 */
export function spellingsOf({ scheme, value }: Identifier): readonly [Identifier, ...Identifier[]] {
  const [own = value, ...others] = SPELLINGS[scheme]?.(value) ?? [];
  const values = new Set([own, value, ...others]);
  return [...values].map((spelling) => ({ scheme, value: spelling })) as [Identifier, ...Identifier[]];
}

/** Longer runs of zeros are no slip. */
const MAX_LOST_ZEROS = 3;

/**
 * Numbers that may be the same, without being certain: lost zeros, or O for 0, in a register whose form is not known here,
 * and a number of one charity register under the name of another.
 */
export function doubtfulSpellingsOf({ scheme, value }: Identifier): readonly Identifier[] {
  if (scheme === 'GB-CHC') {
    if (/^SC[\dO]+$/.test(value)) return spellingsOf({ scheme: 'GB-SC', value });
    return /^NIC[\dO]+$/.test(value) ? spellingsOf({ scheme: 'GB-NIC', value }) : [];
  }
  if (scheme === 'GB-SC' || scheme === 'GB-NIC')
    return [{ scheme: 'GB-CHC', value: spellingsOf({ scheme, value })[0].value }];
  const [, letters = '', typed = ''] = /^([A-NP-Z]{0,4})([\dO]+)$/.exec(value) ?? [];
  if (scheme in SPELLINGS || scheme === '360G' || !/\d/.test(typed)) return [];
  const digits = typed.replaceAll('O', '0');
  const bare = withoutZeros(digits);
  const padded = Array.from({ length: MAX_LOST_ZEROS }, (_, n) => bare.padStart(bare.length + n + 1, '0'));
  return [...new Set([digits, bare, ...padded])]
    .map((number) => ({ scheme, value: `${letters}${number}` }))
    .filter((spelling) => spelling.value !== value);
}

/** The number without leading zeros; null where something else than digits is typed, or more of them than there are. */
function digitsIn(typed: string, width: number): string | null {
  if (!/^[\dO]*\d[\dO]*$/.test(typed)) return null;
  const digits = withoutZeros(typed.replaceAll('O', '0'));
  return digits.length > width || digits === '0' ? null : digits;
}

function withoutZeros(digits: string): string {
  return digits.replace(/^0+(?=.)/, '');
}

/** Without the zeros, and with the letter for the first of them or for all. */
function mistyped(letters: string, digits: string, width: number): string[] {
  const zeros = width - digits.length;
  if (zeros <= 0) return [];
  const first = `O${digits.padStart(width - 1, '0')}`;
  return [digits, first, `${'O'.repeat(zeros)}${digits}`].map((number) => `${letters}${number}`);
}
