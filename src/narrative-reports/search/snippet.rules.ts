import { fold } from './fold.rules.js';

const LONGEST = 200;
const BEFORE = 60;
/** What of a long text is looked at letter by letter: more than a snippet can have, also with marks. */
const AROUND = 2_000;

/** How far apart words are shown together, and how many places of each are looked at. */
const TOGETHER = 120;
const MOST_PLACES = 50;

interface Place {
  readonly at: number;
  /** How many of the words are from here on within sight. */
  readonly shows: number;
}

/** The part of what was told that shows most of the words, from the first of them. */
export function snippetOf(texts: readonly string[], words: readonly string[]): string {
  const plain = texts.map((text) => text.replace(/\s+/g, ' ').trim());
  const places = plain.map((text) => bestPlace(fold(text), words));
  const best = places.reduce((most, place, i) => (place.shows > places[most].shows ? i : most), 0);
  return plain.length === 0 ? '' : excerpt(plain[best], unfolded(plain[best], places[best].at));
}

/** The first place from which most of the words are seen. */
function bestPlace(folded: string, words: readonly string[]): Place {
  const found = words.flatMap((word) => placesOf(folded, word).map((at) => ({ at, word })));
  return found
    .map(({ at }) => {
      const seen = found.filter((other) => other.at >= at && other.at <= at + TOGETHER);
      return { at, shows: new Set(seen.map(({ word }) => word)).size };
    })
    .reduce<Place>((best, place) => (isBetter(place, best) ? place : best), { at: 0, shows: 0 });
}

function isBetter(place: Place, than: Place): boolean {
  return place.shows > than.shows || (place.shows === than.shows && place.at < than.at);
}

const LETTER = /[\p{L}\p{N}]/u;
/** Thai to Burmese, Khmer, Chinese and Japanese: nothing shows where a word begins. */
const UNSPACED = /[\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u2E80-\u9FFF\uF900-\uFAFF]/;

/** Where a word is, as the search finds it: short ones whole, longer ones as the beginning of one. */
function placesOf(folded: string, word: string): number[] {
  const places: number[] = [];
  const isUnspaced = UNSPACED.test(word);
  for (let at = folded.indexOf(word); at >= 0 && places.length < MOST_PLACES; at = folded.indexOf(word, at + 1)) {
    const [before, after] = [folded.charAt(at - 1), folded.charAt(at + word.length)];
    const isWord = !LETTER.test(before) && (word.length >= 4 || !LETTER.test(after));
    if (isUnspaced || isWord) places.push(at);
  }
  return places;
}

/** The place in the text of a place in what it folds to. */
function unfolded(text: string, place: number): number {
  if (fold(text).length === text.length) return place;
  let [low, high] = [0, text.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (fold(text.slice(0, middle)).length < place) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Cut between words where there are spaces, and never within a letter and its marks. */
function excerpt(text: string, place: number): string {
  const begins = Math.max(0, place - AROUND);
  const ends = Math.min(text.length, place + AROUND);
  const letters = [...new Intl.Segmenter().segment(text.slice(begins, ends))];
  const at = Math.max(
    0,
    letters.findIndex(({ index }) => index >= place - begins),
  );
  const isSpace = (i: number): boolean => letters[i].segment === ' ';
  let from = Math.max(0, at - BEFORE);
  while (from > 0 && from < at && !isSpace(from - 1)) from++;
  let to = Math.min(letters.length, from + LONGEST);
  if (to < letters.length) {
    let space = to;
    while (space > at && !isSpace(space)) space--;
    if (space > at) to = space;
  }
  const part = letters.slice(from, to).map(({ segment }) => segment);
  const [before, after] = [begins > 0 || from > 0, ends < text.length || to < letters.length];
  return `${before ? '… ' : ''}${part.join('').trim()}${after ? ' …' : ''}`;
}
