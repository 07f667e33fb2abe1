import { graphemesOf } from '../../platform/api/graphemes.rules.js';
import { fold } from './fold.rules.js';

const LONGEST = 200;
const BEFORE = 60;
/** In code units: as much of the text before the word as is looked at for its last letters, and behind it for the rest. */
const LOOKED_AT_BEFORE = 300;
const LOOKED_AT_AFTER = 4_000;

/** How far apart words are shown together, and how many places of each are looked at. */
const TOGETHER = 120;
const MOST_PLACES = 50;

interface Found {
  readonly at: number;
  readonly word: string;
}
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

/** The first place from which most of the words are seen: one sweep from the end, with the places in sight counted by word. */
export function bestPlace(folded: string, words: readonly string[]): Place {
  const found = words.flatMap((word) => placesOf(folded, word).map((at): Found => ({ at, word })));
  found.sort((one, other) => one.at - other.at);
  const inSight = new Map<string, number>();
  let best: Place = { at: 0, shows: 0 };
  let last = found.length - 1;
  for (let first = found.length - 1; first >= 0; first--) {
    const { at, word } = found[first];
    inSight.set(word, (inSight.get(word) ?? 0) + 1);
    for (; found[last].at > at + TOGETHER; last--) {
      const left = inSight.get(found[last].word)! - 1;
      if (left > 0) inSight.set(found[last].word, left);
      else inSight.delete(found[last].word);
    }
    // From the end: of places that show as many words the first is taken.
    if (inSight.size >= best.shows) best = { at, shows: inSight.size };
  }
  return best;
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

/** So much is folded at once to find a place again: folding ever longer beginnings would take many times the whole. */
const CHUNK = 2_000;

/** The place in the text of a place in what it folds to. */
function unfolded(text: string, place: number): number {
  let start = 0;
  let before = 0;
  let chunk = text.slice(0, CHUNK);
  for (let length = fold(chunk).length; before + length < place && start + CHUNK < text.length;) {
    before += length;
    start += CHUNK;
    chunk = text.slice(start, start + CHUNK);
    length = fold(chunk).length;
  }
  let [low, high] = [0, chunk.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (before + fold(chunk.slice(0, middle)).length < place) low = middle + 1;
    else high = middle;
  }
  return start + low;
}

/** Cut between words where there are spaces, and never within a letter and its marks. */
function excerpt(text: string, place: number): string {
  const begins = Math.max(0, place - LOOKED_AT_BEFORE);
  const letters: string[] = [];
  let at = -1;
  let end = begins;
  const piece = text.slice(begins, place + LOOKED_AT_AFTER);
  for (const letter of graphemesOf(piece)) {
    if (at < 0 && end >= place) at = letters.length;
    letters.push(letter);
    end += letter.length;
    if (at >= 0 && letters.length > at + LONGEST) break;
  }
  at = Math.max(0, at);
  const isSpace = (i: number): boolean => letters[i] === ' ';
  let from = Math.max(begins > 0 ? 1 : 0, at - BEFORE);
  while (from > 0 && from < at && !isSpace(from - 1)) from++;
  let to = Math.min(letters.length, from + LONGEST);
  if (to < letters.length) {
    let space = to;
    while (space > at && !isSpace(space)) space--;
    if (space > at) to = space;
  }
  const [before, after] = [begins > 0 || from > 0, end < text.length || to < letters.length];
  return `${before ? '… ' : ''}${letters.slice(from, to).join('').trim()}${after ? ' …' : ''}`;
}
