import { byteOrderMark, SIGNATURE_BYTES } from './file-signature.js';
import { PackageReader, type StreamedGrant } from './package-reader.js';

/** A source may hand over a whole file at once; between pieces of this size the grants found so far are let go. */
const PIECE_BYTES = 64 * 1024;

/**
 * The grants of a 360Giving JSON package, one at a time, in the order of the file. Memory does not grow with the file.
 * `published` takes what the package says of its own time, as soon as it is read.
 * Throws UnreadableFile when the file as a whole cannot be read (further): grants before that place were handed out.
 */
export async function* streamGrants(
  source: AsyncIterable<Uint8Array>,
  published = new Map<string, unknown>(),
): AsyncGenerator<StreamedGrant, void> {
  let reader: PackageReader | null = null;
  let start: Uint8Array = new Uint8Array(0);
  for await (const chunk of source) {
    if (reader === null) {
      start = Buffer.concat([start, chunk]);
      if (start.length < SIGNATURE_BYTES) continue;
      const skipped = byteOrderMark(start);
      reader = new PackageReader(skipped, published);
      yield* inPieces(reader, start.subarray(skipped));
    } else {
      yield* inPieces(reader, chunk);
    }
  }
  if (reader === null) {
    const skipped = byteOrderMark(start);
    reader = new PackageReader(skipped, published);
    yield* reader.read(start.subarray(skipped));
  }
  reader.end();
}

function* inPieces(reader: PackageReader, bytes: Uint8Array): Generator<StreamedGrant, void> {
  for (let start = 0; start < bytes.length; start += PIECE_BYTES) {
    yield* reader.read(bytes.subarray(start, start + PIECE_BYTES));
  }
}
