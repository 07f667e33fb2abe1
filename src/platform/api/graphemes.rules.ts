/**
 * What a person counts as characters (extended grapheme clusters, UAX #29), in time and memory that grow with the text alone.
 *
 * `Intl.Segmenter` puts a copy of the whole text into every segment that it answers: 20,000 letters took 1 GB. So it gets
 * short slices. A slice begins at a boundary, and its last grapheme is not believed, because it may go on behind the slice.
 */
const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
const SLICE = 256;

/** The graphemes of a text, one after the other. Who needs only the first ones stops asking. */
export function* graphemesOf(text: string): Generator<string, void> {
  let at = 0;
  let size = SLICE;
  while (at < text.length) {
    const start = at;
    const slice = sliceOf(text, start, size);
    let pending = '';
    for (const { segment } of segmenter.segment(slice)) {
      if (pending) {
        yield pending;
        at += pending.length;
        pending = '';
        // A slice that has grown is costly: only the grapheme for which it has grown is taken from it.
        if (size > SLICE) break;
      }
      pending = segment;
    }
    if (pending && start + slice.length === text.length) {
      yield pending;
      return;
    }
    // One grapheme fills the slice: chains of emoji, jamo or conjuncts have no end.
    size = at > start ? SLICE : size * 2;
  }
}

/** Never between the halves of a surrogate pair, which would look like another letter. */
function sliceOf(text: string, from: number, size: number): string {
  const end = from + size;
  return text.slice(from, isLowSurrogate(text.charCodeAt(end)) ? end + 1 : end);
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}

/** How many graphemes a text has; with `most`, no more than `most + 1` are counted. */
export function countGraphemes(text: string, most = Infinity): number {
  let count = 0;
  const graphemes = graphemesOf(text);
  while (count <= most && !graphemes.next().done) count++;
  return count;
}

/** The text when it has at most so many graphemes, or else as many of them; nothing behind them is looked at. */
export function firstGraphemes(text: string, most: number): string {
  let first = '';
  let count = 0;
  for (const grapheme of graphemesOf(text)) {
    if (++count > most) break;
    first += grapheme;
  }
  return first;
}
