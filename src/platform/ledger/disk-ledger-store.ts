import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { codeOf, refusalOf } from '../files/disk-errors.js';
import { LedgerStore } from './ledger-store.js';

/** Nodes that mount the same disk have other processes, so each has names of its own for what is not finished. */
const UNFINISHED = '.unfinished';

/** The ledger in a folder of this machine, or of a disk that all nodes mount. */
export class DiskLedgerStore extends LedgerStore {
  private readonly process = randomUUID();
  private unfinished = 0;

  constructor(private readonly folder: string) {
    super();
  }

  /**
   * A link under the last name is made only when the text is on the disk, and fails where the name is taken: so of two
   * nodes one creates, and nobody ever reads half a text.
   */
  protected createText(name: string, text: string): Promise<boolean> {
    return this.put(name, text, async (made, place) => {
      try {
        await link(made, place);
        return true;
      } catch (error) {
        if (codeOf(error) === 'EEXIST') return false;
        throw error;
      } finally {
        await rm(made, { force: true });
      }
    });
  }

  protected async replaceText(name: string, text: string): Promise<void> {
    await this.put(name, text, (made, place) => rename(made, place));
  }

  protected async readText(name: string): Promise<string | null> {
    try {
      return await readFile(this.placeOf(name), 'utf8');
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return null;
      throw refusalOf(error);
    }
  }

  protected async listNames(folder: string): Promise<string[]> {
    try {
      const found = await readdir(this.placeOf(folder), { recursive: true, withFileTypes: true });
      return found
        .filter((each) => each.isFile() && each.name.endsWith('.json'))
        .map((each) => relative(this.folder, join(each.parentPath, each.name)))
        .sort();
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return [];
      throw refusalOf(error);
    }
  }

  private async put<T>(name: string, text: string, finish: (made: string, place: string) => Promise<T>): Promise<T> {
    const place = this.placeOf(name);
    const made = join(this.folder, UNFINISHED, `${this.process}-${(this.unfinished += 1)}-${basename(place)}`);
    try {
      for (const each of [dirname(made), dirname(place)]) await mkdir(each, { recursive: true, mode: 0o700 });
      await this.write(made, text);
      const result = await finish(made, place);
      await this.sync(dirname(place));
      return result;
    } catch (error) {
      await rm(made, { force: true }).catch(() => undefined);
      throw refusalOf(error);
    }
  }

  private async write(place: string, text: string): Promise<void> {
    const file = await open(place, 'wx', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
  }

  /** The name is on the disk only when its folder is. */
  private async sync(folder: string): Promise<void> {
    const opened = await open(folder, 'r');
    try {
      await opened.sync();
    } finally {
      await opened.close();
    }
  }

  private placeOf(name: string): string {
    return join(this.folder, name);
  }
}
