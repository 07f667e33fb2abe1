import { UnreadableFile } from './unreadable-file.js';

/** Enough for the first line of a table with many columns, and for the first element of an XML file after its comments. */
export const SIGNATURE_BYTES = 4096;

const UTF_8_MARK = [0xef, 0xbb, 0xbf];

/**
 * The bytes of a byte order mark to skip. `start` is the beginning of the file, as many as SIGNATURE_BYTES or all of it.
 * Throws for what people send instead of a 360Giving package, saying what they sent and what to do.
 */
export function byteOrderMark(start: Uint8Array): number {
  if (begins(start, [0x1f, 0x8b])) throw new UnreadableFile('GZIP_FILE');
  // Old Excel files (.xls) have a container format of their own.
  if (begins(start, [0x50, 0x4b]) || begins(start, [0xd0, 0xcf, 0x11, 0xe0])) {
    throw new UnreadableFile('ZIP_OR_EXCEL_FILE');
  }
  if (begins(start, [0x25, 0x50, 0x44, 0x46])) throw new UnreadableFile('PDF_FILE');
  if (isUtf16(start)) throw new UnreadableFile('UTF_16_FILE');
  const skipped = begins(start, UTF_8_MARK) ? UTF_8_MARK.length : 0;
  refuseOtherFormats(new TextDecoder('latin1').decode(start.subarray(skipped)).trimStart());
  return skipped;
}

function refuseOtherFormats(text: string): void {
  if (text.startsWith('<')) {
    if (/<iati-(?:activities|organisations)[\s>]/i.test(text)) throw new UnreadableFile('IATI_XML_FILE');
    throw new UnreadableFile(/<!doctype html|<html[\s>]/i.test(text) ? 'HTML_FILE' : 'XML_FILE');
  }
  if (text.startsWith('[')) {
    const column = flatColumnIn([...text.matchAll(/"([^"\\]{1,200})"\s*:/g)].map(([, key]) => key));
    throw column === null
      ? new UnreadableFile('JSON_LIST_FILE')
      : new UnreadableFile('FLAT_JSON_FILE', null, { column });
  }
  if (text.startsWith('{')) return;
  if (/^--\S+\r?\ncontent-disposition:/i.test(text)) throw new UnreadableFile('FORM');
  const columns = columnsIn(text);
  if (columns) throw new UnreadableFile(flatColumnIn(columns) === null ? 'CSV_FILE' : 'FLAT_CSV_FILE');
}

/** The titles of a table: two lines or more of which each has the same separator. */
function columnsIn(text: string): string[] | null {
  const [first = '', second = ''] = text.split(/\r\n|\r|\n/);
  const separator = [',', ';', '\t', '|'].find(
    (mark) => first.includes(mark) && (second === '' || second.includes(mark)),
  );
  const isWhole = /[\r\n]/.test(text);
  if (separator === undefined || !isWhole) return null;
  return first.split(separator).map((title) => title.replace(/^[\s"]+|[\s"]+$/g, ''));
}

/** Titles of the standard's flat format, and its paths as flatten-tool writes them: `fundingOrganization/0/id`. */
const FLAT_COLUMN =
  /^(?:(?:Funding Org|Recipient Org|Recipient Ind|Planned Dates|Beneficiary Location|Grant Programme):.+|\w+\/\d+\/\w.*)$/i;
const FLAT_TITLES = new Set(['amount awarded', 'award date']);

/** The first of these columns that only a flat 360Giving file has. */
export function flatColumnIn(columns: readonly (string | undefined)[]): string | null {
  return columns.find((title) => title && (FLAT_COLUMN.test(title) || FLAT_TITLES.has(title.toLowerCase()))) ?? null;
}

/** JSON starts with an ASCII character, so without a mark a zero beside it gives UTF-16 and UTF-32 away. */
function isUtf16(start: Uint8Array): boolean {
  if (begins(start, [0xff, 0xfe]) || begins(start, [0xfe, 0xff])) return true;
  return start.length >= 2 && (start[0] === 0 || start[1] === 0);
}

function begins(start: Uint8Array, signature: readonly number[]): boolean {
  return start.length >= signature.length && signature.every((byte, index) => start[index] === byte);
}
