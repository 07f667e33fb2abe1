import type { PassThrough, Readable } from 'node:stream';
import yazl from 'yazl';

export interface ZipEntry {
  readonly name: string;
  readonly content: Readable;
  readonly modifiedAt: Date;
  /** Pictures and recordings are compressed already. */
  readonly compress: boolean;
}

/** A ZIP of entries that are asked for one after the other, each read only when the one before is written. */
export function zipFile(entries: AsyncIterable<ZipEntry>): Readable {
  const zip = new yazl.ZipFile();
  const output = zip.outputStream as PassThrough;
  zip.on('error', (error: Error) => output.destroy(error));
  addAll(zip, output, entries).then(
    () => zip.end(),
    (error: Error) => output.destroy(error),
  );
  return output;
}

async function addAll(zip: yazl.ZipFile, output: PassThrough, entries: AsyncIterable<ZipEntry>): Promise<void> {
  for await (const { name, content, modifiedAt, compress } of entries) {
    // Whoever fetched it went away: nothing is read any more.
    const stop = (): unknown => content.destroy();
    output.once('close', stop);
    await new Promise<void>((resolve, reject) => {
      content.once('error', reject).once('close', resolve);
      if (output.destroyed) stop();
      else zip.addReadStreamLazy(name, { mtime: modifiedAt, compress }, handingOver(content));
    });
    output.off('close', stop);
    if (output.destroyed) return;
  }
}

/** The list of entries is kept to the end: what is handed over must not be held by it, or all reports would be. */
function handingOver(content: Readable): (give: (error: unknown, stream: Readable) => void) => void {
  let held: Readable | null = content;
  return (give) => {
    const stream = held!;
    held = null;
    give(null, stream);
  };
}
