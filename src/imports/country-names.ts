import { COUNTRY_CODES } from '../platform/api/scalars/countries.js';

/** Names met in grant data that are no current English name of a country, or only a part of one. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  uk: 'GB',
  'u.k.': 'GB',
  'great britain': 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  'northern ireland': 'GB',
  'england and wales': 'GB',
  'united kingdom of great britain and northern ireland': 'GB',
  usa: 'US',
  'u.s.a.': 'US',
  'united states of america': 'US',
  'republic of ireland': 'IE',
  swaziland: 'SZ',
  macedonia: 'MK',
  'czech republic': 'CZ',
  'viet nam': 'VN',
  burma: 'MM',
  turkey: 'TR',
  'ivory coast': 'CI',
  'the gambia': 'GM',
  palestine: 'PS',
};

const LONGEST_NAME = 200;

/** The names are those of the Unicode CLDR, which Node carries. */
const BY_NAME = new Map<string, string>();
const names = new Intl.DisplayNames(['en'], { type: 'region' });
for (const code of COUNTRY_CODES) {
  BY_NAME.set(code.toLowerCase(), code);
  BY_NAME.set(key(names.of(code) ?? code), code);
}
for (const [name, code] of Object.entries(OTHER_NAMES)) BY_NAME.set(name, code);

/** The country a code or an English name stands for; null for whatever is not certain, misspellings included. */
export function countryOf(text: string): string | null {
  // Longer is no name; and normalizing a long row of marks would take the square of its length.
  if (text.length > LONGEST_NAME) return null;
  return BY_NAME.get(key(text)) ?? null;
}

function key(text: string): string {
  return text.normalize('NFKC').replace(/[’`]/g, "'").replace(/\s+/g, ' ').trim().toLowerCase();
}
