import { UnreadableFile } from './unreadable-file.js';

/** As many bytes as the longest signature below has. */
export const SIGNATURE_BYTES = 4;

const UTF_8_MARK = [0xef, 0xbb, 0xbf];

/** The bytes of a byte order mark to skip. Throws for what people send instead of JSON, saying what they sent. */
export function byteOrderMark(start: Uint8Array): number {
  if (begins(start, [0x1f, 0x8b])) {
    throw new UnreadableFile('GZIP_FILE', 'This looks like a gzip file; unpack it and send the JSON file inside.');
  }
  // Old Excel files (.xls) have a container format of their own.
  if (begins(start, [0x50, 0x4b]) || begins(start, [0xd0, 0xcf, 0x11, 0xe0])) {
    throw new UnreadableFile(
      'ZIP_OR_EXCEL_FILE',
      'This looks like a ZIP or Excel file; convert the spreadsheet to 360Giving JSON, or unpack the archive, and send that.',
    );
  }
  if (isUtf16(start)) {
    throw new UnreadableFile('UTF_16_FILE', 'This file is encoded as UTF-16 or UTF-32; save it as UTF-8.');
  }
  return begins(start, UTF_8_MARK) ? UTF_8_MARK.length : 0;
}

/** JSON starts with an ASCII character, so without a mark a zero beside it gives UTF-16 and UTF-32 away. */
function isUtf16(start: Uint8Array): boolean {
  if (begins(start, [0xff, 0xfe]) || begins(start, [0xfe, 0xff])) return true;
  return start.length >= 2 && (start[0] === 0 || start[1] === 0);
}

function begins(start: Uint8Array, signature: readonly number[]): boolean {
  return start.length >= signature.length && signature.every((byte, index) => start[index] === byte);
}
