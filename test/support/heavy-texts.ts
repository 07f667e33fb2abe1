/** What is costly to count, to put in order or to fold, as often as it is wanted. */
const UNITS: Readonly<Record<string, string>> = {
  'Latin letters': 'a',
  'Vietnamese letters': 'ữ',
  'decomposed letters': 'ữ'.normalize('NFD'),
  'combining marks': '\u0301',
  'marks in the wrong order': '\u0301\u0323',
  'marks that are two': '\u0f73',
  'one chain of emoji': '👩\u200d',
  families: '👨‍👩‍👧‍👦',
  flags: '🇻🇳',
  'faces of two halves': '😀',
  'leading jamo': '\u1100',
  'Hangul in pieces': '한'.normalize('NFD'),
  'one Devanagari conjunct': 'क्',
  'Thai with a vowel': 'กำ',
  'line ends': '\r\n',
  'signs that stand before a number': '\u0600',
  'forced directions': 'a\u202e',
  'invisible joiners': '\u200d',
  spaces: ' ',
  words: 'lũ lụt ',
};

/** A text of about so many UTF-16 code units, by what it is made of. */
export function heavyTexts(units: number): [name: string, text: string][] {
  const half = units / 2;
  return [
    ...Object.entries(UNITS).map(([name, unit]): [string, string] => [
      name,
      unit.repeat(Math.ceil(units / unit.length)),
    ]),
    ['marks above, then marks below', `a${'\u0301'.repeat(half)}${'\u0323'.repeat(half)}`],
  ];
}
