import { inTime } from '../clock/in-time.js';
import { refuse } from '../errors/refusal.js';

/** Below what a transaction may wait that writes here before its commit: it holds up whoever logs meanwhile. */
const PATIENCE_MS = 10_000;

/**
 * Where is kept what must outlive the database: small texts under names like `<network>/releases/2026-Q3.json`. A text
 * is created whole and never overwritten, but for `replace`. All refuse with UNAVAILABLE or STORAGE_FULL.
 */
export abstract class LedgerStore {
  /** Answers false, and changes nothing, where there is a text of this name already. */
  create(name: string, text: string): Promise<boolean> {
    return answered(this.createText(checked(name), text));
  }

  /** Null where there is none. */
  read(name: string): Promise<string | null> {
    return answered(this.readText(checked(name)));
  }

  /** For the one text that tells of now and not of what happened: the witness. */
  replace(name: string, text: string): Promise<void> {
    return answered(this.replaceText(checked(name), text));
  }

  /** The names below a folder, whole. */
  list(folder: string): Promise<string[]> {
    return answered(this.listNames(checked(folder)));
  }

  protected abstract createText(name: string, text: string): Promise<boolean>;
  protected abstract readText(name: string): Promise<string | null>;
  protected abstract replaceText(name: string, text: string): Promise<void>;
  protected abstract listNames(folder: string): Promise<string[]>;
}

const NAME = /^[\w-]+(\/[\w-]+)*(\.json)?$/;

function checked(name: string): string {
  if (!NAME.test(name)) throw new Error('not the name of a text in the ledger');
  return name;
}

/** A disk behind a network can be silent for ever. */
function answered<T>(work: Promise<T>): Promise<T> {
  return inTime(work, PATIENCE_MS, () => refuse('UNAVAILABLE'));
}
