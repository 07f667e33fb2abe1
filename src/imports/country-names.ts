/** ISO 3166-1 alpha-2. */
const CODES = [
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY',
  'BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK',
  'FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR',
  'IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK',
  'ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM',
  'PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF',
  'TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW',
]
  .join(' ')
  .split(' ');

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
for (const code of CODES) {
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
