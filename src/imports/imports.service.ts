import type { BeforeApplicationShutdown } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import type { Readable } from 'node:stream';
import pg from 'pg';
import type { Actor } from '../platform/access/actor.js';
import { Database } from '../platform/db/database.service.js';
import type { Tx } from '../platform/db/transaction.js';
import type { Locale } from '../platform/errors/codes.js';
import { refuse } from '../platform/errors/refusal.js';
import { countryOf } from './country-names.js';
import type { GrantRow } from './grant-recorder.js';
import { GrantRecorder } from './grant-recorder.js';
import type { MonthFirstDate, PublishedAt } from './day.rules.js';
import { flatColumnIn } from './file-signature.js';
import type { Codelists, GrantReading } from './grant-row.rules.js';
import { readGrant } from './grant-row.rules.js';
import { streamGrants } from './grant-stream.js';
import { beginImport, decimalsByCurrency } from './grants.store.js';
import type { FileFacts, ImportSummary } from './import-summary.js';
import { ImportTally } from './import-summary.js';
import { fieldOf, isJsonObject } from './json-value.rules.js';
import { packageTime } from './publication.rules.js';
import { printable } from './rejection.rules.js';
import type { RestrictionRule } from './restriction.rules.js';
import { UnreadableFile } from './unreadable-file.js';
import { receiveUpload } from './upload.js';

export interface ImportOptions {
  /** Do everything, then undo it: the summary says what would happen. */
  readonly dryRun: boolean;
  /** Kept with each grant, so that its source can be found again. */
  readonly fileName: string | null;
  /** What the steward says of the publisher's words; the first that matches a grant counts. */
  readonly restrictionRules?: readonly RestrictionRule[];
  /** When the file was issued, for a file that does not say so itself. */
  readonly issued?: PublishedAt | null;
  /** Of the summary; English when absent. */
  readonly locale?: Locale;
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

/** The file says something of itself that rows which were read before needed: all is undone, and read again knowing it. */
class LearnedMore extends Error {
  constructor(readonly facts: FileFacts) {
    super('learned more of the file');
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
    return tally.summary((performance.now() - begun) / 1000, options.dryRun, options.locale ?? 'en');
  }

  beforeApplicationShutdown(): void {
    this.isStopping = true;
  }

  private async recordFile(actor: Actor, file: ImportFile, options: ImportOptions): Promise<ImportTally> {
    const { restrictionRules = [], issued = null } = options;
    let facts: FileFacts = { restrictionRules, issued, monthFirst: null };
    for (let attempt = 1; ;) {
      try {
        return await this.database.write(actor, (tx) => this.recordAll(tx, file, options, facts));
      } catch (error) {
        if (error instanceof DryRun) return error.tally;
        if (error instanceof UnreadableFile) throw unreadable(error);
        // At most twice: each of the two facts is learned once.
        if (error instanceof LearnedMore) facts = error.facts;
        else if (attempt++ >= ATTEMPTS || !isRace(error)) throw error;
      }
    }
  }

  private async recordAll(tx: Tx, file: ImportFile, options: ImportOptions, facts: FileFacts): Promise<ImportTally> {
    if (!(await beginImport(tx))) throw refuse('IMPORT_RUNNING');
    const tally = new ImportTally(facts);
    const recorder = new GrantRecorder(tx, tally, options.fileName);
    const decimals = await decimalsByCurrency(tx);
    const codelists: Codelists = { decimalsOf: (currency) => decimals.get(currency) ?? null, countryOf, ...facts };
    // PostgreSQL writes one batch while the next one is read.
    let writing: Promise<void> = Promise.resolve();
    try {
      for await (const batch of this.batches(file, codelists, facts, tally)) {
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
    facts: FileFacts,
    tally: ImportTally,
  ): AsyncGenerator<{ rows: GrantRow[]; read: number }> {
    let rows: GrantRow[] = [];
    let bytes = 0;
    let read = 0;
    let undatedRows = 0;
    const published = new Map<string, unknown>();
    for await (const { position, raw, bytes: length } of streamGrants(file.read(), published)) {
      if (position === 0) refuseFlatRow(raw);
      const reading = readGrant(raw, codelists, length);
      read = position + 1;
      if (reading.ok) {
        const { grant } = reading;
        if (grant.publishedAt === null) undatedRows += 1;
        const isUndated = grant.publishedAt === null && facts.issued !== null;
        rows.push({ position, raw, grant: isUndated ? { ...grant, publishedAt: facts.issued } : grant });
      } else {
        const monthFirst = monthFirstIn(reading, position);
        if (monthFirst) throw new LearnedMore({ ...facts, monthFirst });
        tally.reject(position, reading.id, reading.reasons);
      }
      bytes += length;
      if (rows.length >= BATCH_ROWS || bytes >= BATCH_BYTES) {
        if (this.isStopping) throw refuse('UNAVAILABLE');
        yield { rows, read };
        rows = [];
        bytes = 0;
      }
    }
    // The package may say when it was issued after its grants.
    const issued = packageTime(published) ?? facts.issued;
    tally.issuedAt(issued);
    if (undatedRows > 0 && issued?.at !== facts.issued?.at) throw new LearnedMore({ ...facts, issued });
    yield { rows, read };
  }
}

/** A table that was written as JSON, row by row: every row would be refused, and none for what is really wrong. */
function refuseFlatRow(raw: unknown): void {
  if (!isJsonObject(raw) || fieldOf(raw, 'fundingOrganization') || fieldOf(raw, 'recipientOrganization')) return;
  const column = flatColumnIn(Object.keys(raw));
  if (column !== null) throw new UnreadableFile('FLAT_JSON_FILE', null, { column: printable(column, 100) });
}

function monthFirstIn(reading: GrantReading & { ok: false }, position: number): MonthFirstDate | null {
  const proof = reading.reasons.find(({ code }) => code === 'MONTH_BEFORE_DAY');
  return proof ? { position, field: proof.field!, value: proof.parameters.shown as string } : null;
}

function unreadable(error: UnreadableFile): Error {
  const parameters = { en: error.in('en'), vi: error.in('vi') };
  return refuse('IMPORT_UNREADABLE', { parameters, data: { problem: error.code, ...error.place } });
}

/** Somebody registered an organization of the file meanwhile, or took away a number: the next attempt sees it. */
function isRace(error: unknown): boolean {
  if (!(error instanceof pg.DatabaseError)) return false;
  if (error.code === '23505') return error.table === 'organization_identifiers';
  return error.code === '23503' && (error.constraint?.endsWith('_identifier') ?? false);
}
