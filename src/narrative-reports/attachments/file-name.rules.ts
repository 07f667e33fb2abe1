import { graphemesOf } from '../../platform/api/graphemes.rules.js';

/**
 * Of a longer name the beginning and the end are looked at: the header of a part has room for 16 kB of marks and dots,
 * and putting marks in order or trimming dots takes the square of their number.
 */
const LONGEST_GIVEN = 1_000;
const LONGEST_ENDING = 100;
/** In code units: with the encoding of a header and the folder of a ZIP it still fits every file system (255 bytes). */
const LONGEST_STEM = 60;

/** Control characters, half surrogates, and marks that turn the reading direction, so that "fdp.exe" could read "exe.pdf". */
const UNSEEN =
  /[\p{Cc}\p{Cs}\p{Co}\p{Cn}\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\u{e0000}-\u{e0fff}]/gu;
/** What some file system or shell gives a meaning. */
const MEANINGFUL = /[\\/:*?"<>|]/g;
/** Names of devices in Windows, with any extension. */
const DEVICE = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)/i;

/**
 * A name that is safe to show, to save under and to put in a ZIP on any system: NFC, the last part of a path, no
 * unseen or meaningful characters, of bounded length, and with an extension that fits what the bytes are.
 */
export function safeFileName(given: string, extensions: readonly string[]): string {
  const flat = bounded(given.split(/[\\/]/).at(-1)!)
    .toWellFormed()
    .normalize('NFC')
    .replace(UNSEEN, '')
    .replace(MEANINGFUL, '_')
    .replace(/\s+/g, ' ');
  const dot = flat.lastIndexOf('.');
  const extension = flat.slice(dot + 1).toLowerCase();
  const fits = dot >= 0 && extensions.includes(extension);
  const stem = trimmed(fits ? flat.slice(0, dot) : flat);
  const short = trimmed(cut(stem)) || 'attachment';
  return `${DEVICE.test(short) ? `_${short}` : short}.${fits ? extension : extensions[0]}`;
}

function bounded(name: string): string {
  return name.length <= LONGEST_GIVEN
    ? name
    : `${name.slice(0, LONGEST_GIVEN - LONGEST_ENDING)}${name.slice(-LONGEST_ENDING)}`;
}

/** Hidden files begin with a dot; Windows drops dots and spaces at the end. */
function trimmed(name: string): string {
  return name.replace(/^[\s.]+|[\s.]+$/g, '');
}

/** Between whole characters: an accent is not cut off its letter. */
function cut(stem: string): string {
  let kept = '';
  for (const grapheme of graphemesOf(stem)) {
    if (kept.length + grapheme.length > LONGEST_STEM) break;
    kept += grapheme;
  }
  return kept;
}
