import type { BeforeApplicationShutdown } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import type { Readable } from 'node:stream';
import pg from 'pg';
import type { Actor } from '../platform/access/actor.js';
import { Database } from '../platform/db/database.service.js';
import type { Tx } from '../platform/db/transaction.js';
import { refuse } from '../platform/errors/refusal.js';
import { countryOf } from './country-names.js';
import type { GrantRow } from './grant-recorder.js';
import { GrantRecorder } from './grant-recorder.js';
import type { Codelists } from './grant-row.rules.js';
import { readGrant } from './grant-row.rules.js';
import { streamGrants } from './grant-stream.js';
import { beginImport, decimalsByCurrency } from './grants.store.js';
import type { ImportSummary } from './import-summary.js';
import { ImportTally } from './import-summary.js';
import { UnreadableFile } from './unreadable-file.js';
import { receiveUpload } from './upload.js';

export interface ImportOptions {
  /** Do everything, then undo it: the summary says what would happen. */
  readonly dryRun: boolean;
  /** Kept with each grant, so that its source can be found again. */
  readonly fileName: string | null;
  /** Called now and then with the number of rows read so far. */
  readonly onProgress?: (read: number) => void;
}
/** A file that can be read again: PostgreSQL may undo a transaction that met another one. */
export interface ImportFile {
  read(): AsyncIterable<Uint8Array>;
}

/** Rows and bytes written at a time: enough to make round trips cheap, little enough to keep memory flat. */
const BATCH_ROWS = 500;
const BATCH_BYTES = 4 * 1024 * 1024;
const ATTEMPTS = 3;

/** Carries the summary out of a transaction that is to be undone. */
class DryRun extends Error {
  constructor(readonly tally: ImportTally) {
    super('dry run');
  }
}

/** Records what 360Giving files say. A file counts as a whole: unless it can be read to its end, nothing of it is kept. */
@Injectable()
export class Imports implements BeforeApplicationShutdown {
  private isStopping = false;

  constructor(private readonly database: Database) {}

  async importUpload(
    actor: Actor,
    body: Readable,
    declaredBytes: number | null,
    options: ImportOptions,
  ): Promise<ImportSummary> {
    const upload = await receiveUpload(body, declaredBytes);
    try {
      return await this.importFile(actor, upload, options);
    } finally {
      await upload.close();
    }
  }

  async importFile(actor: Actor, file: ImportFile, options: ImportOptions): Promise<ImportSummary> {
    const begun = performance.now();
    const tally = await this.recordFile(actor, file, options);
    return tally.summary((performance.now() - begun) / 1000, options.dryRun);
  }

  beforeApplicationShutdown(): void {
    this.isStopping = true;
  }

  private async recordFile(actor: Actor, file: ImportFile, options: ImportOptions): Promise<ImportTally> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.database.write(actor, (tx) => this.recordAll(tx, file, options));
      } catch (error) {
        if (error instanceof DryRun) return error.tally;
        if (error instanceof UnreadableFile) throw unreadable(error);
        if (attempt >= ATTEMPTS || !isRace(error)) throw error;
      }
    }
  }

  private async recordAll(tx: Tx, file: ImportFile, options: ImportOptions): Promise<ImportTally> {
    if (!(await beginImport(tx))) throw refuse('IMPORT_RUNNING');
    const tally = new ImportTally();
    const recorder = new GrantRecorder(tx, tally, options.fileName);
    const decimals = await decimalsByCurrency(tx);
    const codelists: Codelists = { decimalsOf: (currency) => decimals.get(currency) ?? null, countryOf };
    // PostgreSQL writes one batch while the next one is read.
    let writing: Promise<void> = Promise.resolve();
    try {
      for await (const batch of this.batches(file, codelists, tally)) {
        await writing;
        writing = recorder.record(batch.rows);
        // Awaited below; until then its failure is not an unhandled one.
        writing.catch(() => undefined);
        options.onProgress?.(batch.read);
      }
    } finally {
      await writing;
    }
    await recorder.finish();
    if (options.dryRun) throw new DryRun(tally);
    return tally;
  }

  private async *batches(
    file: ImportFile,
    codelists: Codelists,
    tally: ImportTally,
  ): AsyncGenerator<{ rows: GrantRow[]; read: number }> {
    let rows: GrantRow[] = [];
    let bytes = 0;
    let read = 0;
    for await (const { position, raw, bytes: length } of streamGrants(file.read())) {
      const reading = readGrant(raw, codelists, length);
      read = position + 1;
      if (reading.ok) rows.push({ position, raw, grant: reading.grant });
      else tally.reject(position, reading.reason);
      bytes += length;
      if (rows.length >= BATCH_ROWS || bytes >= BATCH_BYTES) {
        if (this.isStopping) throw refuse('UNAVAILABLE');
        yield { rows, read };
        rows = [];
        bytes = 0;
      }
    }
    yield { rows, read };
  }
}

function unreadable({ code, message, place }: UnreadableFile): Error {
  return refuse('IMPORT_UNREADABLE', { parameters: { why: message }, data: { problem: code, ...place } });
}

/** Somebody registered an organization of the file meanwhile, or took away a number: the next attempt sees it. */
function isRace(error: unknown): boolean {
  if (!(error instanceof pg.DatabaseError)) return false;
  if (error.code === '23505') return error.table === 'organization_identifiers';
  return error.code === '23503' && (error.constraint?.endsWith('_identifier') ?? false);
}
