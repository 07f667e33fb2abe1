import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor.js';
import { publicId } from '../../platform/api/ids.js';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/db/database.service.js';
import type { Reader } from '../../platform/db/reader.js';
import type { Locale } from '../../platform/errors/codes.js';
import { Refusal } from '../../platform/errors/refusal.js';
import { FileStore } from '../../platform/files/file-store.js';
import type { ReportAttachmentRow } from '../attachments/attachment.entity.js';
import { allowedType } from '../attachments/media-type.rules.js';
import type { NarrativeReport } from '../reports/narrative-report.entity.js';
import { contentOf } from '../writing/report-writing.service.js';
import type { ExportedFile } from './report-document.rules.js';
import { filesText, readmeText, reportHead, shareText, versionText } from './report-document.rules.js';
import type { ExportPlace, ShareRecord } from './report-export.store.js';
import { BEGINNING, filesOfReports, reportsAfter, sharesOfReports, versionsAfter } from './report-export.store.js';
import { notesHead, notesVersionText, wordText } from './talk-document.rules.js';
import type { ExportedNotes } from './talk-document.rules.js';
import { notesAfter, notesVersionsAfter, wordsAbout } from './talk-export.store.js';
import type { ZipEntry } from './zip-file.js';
import { zipFile } from './zip-file.js';

/** A report is at most 400 kB: a page of them, and a page of versions, stay small. */
const REPORTS_AT_ONCE = 20;
const VERSIONS_AT_ONCE = 5;

interface Page {
  readonly shares: ReadonlyMap<string, ShareRecord[]>;
  readonly files: ReadonlyMap<string, ReportAttachmentRow[]>;
}

/**
 * All reports of a grantee as a ZIP of Markdown, made while it is fetched. It is read in pages and not in one transaction:
 * a slow network would hold that, and its connection, for as long as the ZIP takes. What was submitted never changes.
 */
@Injectable()
export class ReportExport {
  constructor(
    private readonly database: Database,
    private readonly files: FileStore,
    private readonly clock: Clock,
  ) {}

  export(actor: Actor, locale: Locale): { readonly name: string; readonly content: Readable } {
    const at = this.clock.now();
    const name = `goodfaith-reports-${at.toISOString().slice(0, 10)}.zip`;
    return { name, content: zipFile(this.entries(actor, locale, at)) };
  }

  private async *entries(actor: Actor, locale: Locale, at: Date): AsyncGenerator<ZipEntry> {
    yield document('README.md', readmeText(at, locale), at);
    const reader = this.database.reader(actor);
    for await (const { report, page } of this.reports(reader, actor.organizationIds)) {
      const name = `${report.createdAt.toISOString().slice(0, 10)}_${publicId('report', report.id)}`;
      const files = exportedFiles(page.files.get(report.id) ?? [], name);
      const shares = page.shares.get(report.id) ?? [];
      yield document(`reports/${name}.md`, this.text(reader, report, files, shares, locale), report.updatedAt);
      for (const file of files) yield await this.attachment(file, report.updatedAt, locale);
    }
    yield* this.conversations(reader, actor.organizationIds, locale);
  }

  private async *conversations(
    reader: Reader,
    organizationIds: readonly string[],
    locale: Locale,
  ): AsyncGenerator<ZipEntry> {
    for (let place = BEGINNING; ;) {
      const found = await notesAfter(reader, organizationIds, place, REPORTS_AT_ONCE);
      for (const notes of found) {
        const name = `${notes.draftedAt.toISOString().slice(0, 10)}_${publicId('conversationNotes', notes.id)}`;
        yield document(`conversations/${name}.md`, this.notes(reader, notes, locale), notes.draftedAt);
      }
      if (found.length < REPORTS_AT_ONCE) return;
      const { draftedAt, id } = found[found.length - 1];
      place = { createdAt: draftedAt, id };
    }
  }

  private async *notes(reader: Reader, notes: ExportedNotes, locale: Locale): AsyncGenerator<string> {
    const { id, agreementId, reportId } = notes;
    const ids = {
      id: publicId('conversationNotes', id),
      agreementId: publicId('agreement', agreementId),
      reportId: reportId && publicId('report', reportId),
    };
    yield notesHead({ ...notes, ...ids }, locale);
    for (let number = 0; ;) {
      const versions = await notesVersionsAfter(reader, id, number, VERSIONS_AT_ONCE);
      for (const version of versions) yield notesVersionText(version, locale);
      if (versions.length < VERSIONS_AT_ONCE) return;
      number = versions[versions.length - 1].number;
    }
  }

  private async *reports(
    reader: Reader,
    organizationIds: readonly string[],
  ): AsyncGenerator<{ readonly report: NarrativeReport; readonly page: Page }> {
    for (let place: ExportPlace | null = null; ;) {
      const reports: NarrativeReport[] = await reportsAfter(reader, organizationIds, place, REPORTS_AT_ONCE);
      if (reports.length === 0) return;
      const ids = reports.map(({ id }) => id);
      const [shares, files] = await Promise.all([
        sharesOfReports(reader, organizationIds, ids),
        filesOfReports(reader, ids),
      ]);
      const page = { shares: byReport(shares), files: byReport(files) };
      for (const report of reports) yield { report, page };
      place = reports.at(-1)!;
    }
  }

  private async *text(
    reader: Reader,
    report: NarrativeReport,
    files: readonly StoredFile[],
    shares: readonly ShareRecord[],
    locale: Locale,
  ): AsyncGenerator<string> {
    yield reportHead({ ...report, id: publicId('report', report.id) }, locale);
    if (report.state === 'DRAFT') yield versionText(contentOf(report), null, locale);
    for (let number = 0; ;) {
      const versions = await versionsAfter(reader, report.id, number, VERSIONS_AT_ONCE);
      for (const version of versions) yield versionText(version.content, version, locale);
      if (versions.length < VERSIONS_AT_ONCE) break;
      number = versions.at(-1)!.number;
    }
    yield filesText(files, locale);
    for (const share of shares) {
      yield shareText(exportedShare(share), locale);
      if (share.respondedAt) for (const word of await wordsAbout(reader, share.id)) yield wordText(word, locale);
    }
  }

  /** A file that is lost is told in its place: it keeps nobody from the rest. */
  private async attachment(file: StoredFile, modifiedAt: Date, locale: Locale): Promise<ZipEntry> {
    const name = file.path.slice('../'.length);
    try {
      const isText = !allowedType(file.mediaType)?.isShown;
      return { name, content: await this.files.read(file.fileId), modifiedAt, compress: isText };
    } catch (error) {
      if (!(error instanceof Refusal) || error.reasons[0].code !== 'NOT_FOUND') throw error;
      return document(`${name}.missing.txt`, MISSING[locale], modifiedAt);
    }
  }
}

const MISSING: Readonly<Record<Locale, string>> = {
  en: 'This file is missing from the storage of the service.\n',
  vi: 'Tệp này không còn trong kho lưu trữ của dịch vụ.\n',
};

type StoredFile = ExportedFile & { readonly fileId: string };

/** Each file once, numbered: two may have one name, also where case makes no difference. */
function exportedFiles(attachments: readonly ReportAttachmentRow[], folder: string): StoredFile[] {
  const numbers = new Map([...new Set(attachments.map(({ fileId }) => fileId))].map((fileId, i) => [fileId, i + 1]));
  return attachments.map((attachment) => ({
    ...attachment,
    sha256: attachment.sha256.toString('hex'),
    path: `../attachments/${folder}/${String(numbers.get(attachment.fileId)).padStart(2, '0')} ${attachment.name}`,
  }));
}

function exportedShare({ kind, text, respondedAt, files, ...share }: ShareRecord) {
  return {
    ...share,
    id: publicId('share', share.id),
    agreementId: publicId('agreement', share.agreementId),
    funder: share.funder ?? '?',
    version: share.reportVersion,
    files: files ?? [],
    response: kind !== null && text !== null && respondedAt ? { kind, text, at: respondedAt } : null,
  };
}

function byReport<Row extends { readonly reportId: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const found = new Map<string, Row[]>();
  for (const row of rows) found.set(row.reportId, [...(found.get(row.reportId) ?? []), row]);
  return found;
}

function document(name: string, text: string | AsyncIterable<string>, modifiedAt: Date): ZipEntry {
  const content = Readable.from(typeof text === 'string' ? [text] : text, { objectMode: false });
  return { name, content, modifiedAt, compress: true };
}
