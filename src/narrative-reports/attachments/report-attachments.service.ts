import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor.js';
import { publicId } from '../../platform/api/ids.js';
import { Entropy } from '../../platform/clock/entropy.js';
import { insertRow, updateRow } from '../../platform/db/columns.js';
import { Database } from '../../platform/db/database.service.js';
import type { Reader } from '../../platform/db/reader.js';
import type { Tx } from '../../platform/db/transaction.js';
import { Refusal, notFound, refuse } from '../../platform/errors/refusal.js';
import { FileStore } from '../../platform/files/file-store.js';
import type { Answer, MutationRequest } from '../../platform/idempotency/mutations.service.js';
import { Mutations } from '../../platform/idempotency/mutations.service.js';
import type { NarrativeReport } from '../reports/narrative-report.entity.js';
import { NarrativeReportRow } from '../reports/narrative-report.entity.js';
import { REPORTS_BY_ID, lockReport } from '../reports/narrative-reports.store.js';
import { contentOf, keepVersion, noteReport, whatIsMissing } from '../writing/report-writing.service.js';
import type { UploadedAttachment } from './attachment.type.js';
import { ReportAttachmentRow } from './attachment.entity.js';
import { AttachmentLinks } from './attachment-links.service.js';
import type { RemoveAttachmentInput, SetAttachmentVisibilityInput } from './attachments.inputs.js';
import { MOST_ATTACHMENTS, nextVersion } from './attachments.rules.js';
import {
  ATTACHMENTS_BY_ID,
  attachmentsOfReport,
  attachmentsOfVersion,
  deleteAttachment,
  reportOfAttachment,
} from './attachments.store.js';
import { safeFileName } from './file-name.rules.js';
import type { ReceivedFile } from './received-file.js';
import { receiveFile } from './received-file.js';

export interface Upload extends MutationRequest {
  readonly reportId: string;
  /** As the sender calls it. */
  readonly name: string;
  readonly isVisible: boolean;
}

/**
 * Files of a grantee's reports. The bytes are stored first, the row that names them follows in one transaction; bytes
 * without a row are cleared away. To a submitted report each change makes a new version, as a correction of its text does.
 */
@Injectable()
export class ReportAttachments {
  constructor(
    private readonly mutations: Mutations,
    private readonly database: Database,
    private readonly files: FileStore,
    private readonly links: AttachmentLinks,
    private readonly entropy: Entropy,
  ) {}

  /** Refuses what can be seen to be in vain before a poor network has carried it. */
  async expectRoom(actor: Actor, reportId: string): Promise<void> {
    const reader = this.database.reader(actor);
    const [report] = await reader.rows<NarrativeReport>(REPORTS_BY_ID, [[reportId]]);
    if (!report) throw notFound('id');
    await this.checkCount(reader, reportId);
  }

  receive(content: Readable): Promise<ReceivedFile> {
    return receiveFile(this.files, this.entropy.uuidv4(), content);
  }

  /** For bytes that turn out to be nobody's. */
  forget({ fileId }: ReceivedFile): Promise<void> {
    return this.files.remove([fileId]);
  }

  async attach(actor: Actor, upload: Upload, received: ReceivedFile): Promise<UploadedAttachment> {
    const { fileId, type, size, sha256 } = received;
    const { mediaType, extensions } = type;
    const name = safeFileName(upload.name, extensions);
    const input = { ...upload, name, size, sha256: sha256.toString('hex') };
    let answer: Answer;
    try {
      answer = await this.mutations.run(actor, 'attachToReport', input, async (tx) => {
        const report = await this.lock(tx, upload.reportId);
        await this.checkCount(tx, report.id);
        const { organizationId, id: reportId } = report;
        const id = tx.newId();
        const file = { fileId, name, mediaType, size, sha256 };
        const lifetime = { addedIn: nextVersion(report), createdAt: tx.now };
        insertRow(tx, ReportAttachmentRow, {
          id,
          organizationId,
          reportId,
          ...file,
          isVisible: upload.isVisible,
          ...lifetime,
        });
        return { id, version: this.note(tx, 'REPORT_ATTACHMENT_ADDED', report) };
      });
    } catch (error) {
      // After any other error the row may be there all the same: then its file must be, too.
      if (error instanceof Refusal) await this.forget(received);
      throw error;
    }
    if (answer.replayed) await this.forget(received);
    return this.uploaded(actor, answer.id);
  }

  remove(actor: Actor, { id, ...input }: RemoveAttachmentInput): Promise<Answer> {
    return this.change(
      actor,
      'removeAttachment',
      { id, ...input },
      'REPORT_ATTACHMENT_REMOVED',
      (tx, attachment, report) => {
        if (report.state === 'DRAFT') deleteAttachment(tx, attachment.id);
        else updateRow(tx, ReportAttachmentRow, { id: attachment.id, removedIn: nextVersion(report) });
      },
    );
  }

  setVisibility(actor: Actor, input: SetAttachmentVisibilityInput): Promise<Answer> {
    const { isVisible } = input;
    return this.change(
      actor,
      'setAttachmentVisibility',
      input,
      'REPORT_ATTACHMENT_CHANGED',
      (tx, attachment, report) => {
        if (report.state === 'DRAFT') return updateRow(tx, ReportAttachmentRow, { id: attachment.id, isVisible });
        // The versions before keep it as it was.
        const addedIn = nextVersion(report);
        updateRow(tx, ReportAttachmentRow, { id: attachment.id, removedIn: addedIn });
        insertRow(tx, ReportAttachmentRow, { ...attachment, id: tx.newId(), isVisible, addedIn, createdAt: tx.now });
      },
    );
  }

  private change(
    actor: Actor,
    operation: string,
    input: MutationRequest & { readonly id: string },
    event: string,
    write: (tx: Tx, attachment: ReportAttachmentRow, report: NarrativeReport) => void,
  ): Promise<Answer> {
    return this.mutations.run(actor, operation, input, async (tx) => {
      const reportId = await reportOfAttachment(tx, input.id);
      if (!reportId) throw notFound('id');
      const report = await this.lock(tx, reportId);
      const attachment = (await attachmentsOfReport(tx, reportId)).find(({ id }) => id === input.id);
      if (!attachment || attachment.removedIn !== null) throw notFound('id');
      write(tx, attachment, report);
      if (report.state === 'SUBMITTED') await this.checkWhole(tx, report);
      return { id: report.id, version: this.note(tx, event, report) };
    });
  }

  private async lock(tx: Tx, reportId: string): Promise<NarrativeReport> {
    const report = await lockReport(tx, reportId, tx.actor.organizationIds);
    if (!report) throw notFound('id');
    return report;
  }

  /** A recording must not lose what it is made of. */
  private async checkWhole(tx: Tx, report: NarrativeReport): Promise<void> {
    const missing = whatIsMissing(contentOf(report), await attachmentsOfVersion(tx, report.id, nextVersion(report)));
    if (missing) throw refuse(missing.code, { ...missing, path: ['id'] });
  }

  private async checkCount(reader: Reader, reportId: string): Promise<void> {
    const current = (await attachmentsOfReport(reader, reportId)).filter(({ removedIn }) => removedIn === null);
    if (current.length >= MOST_ATTACHMENTS) {
      throw refuse('TOO_MANY_ATTACHMENTS', { path: ['id'], parameters: { limit: MOST_ATTACHMENTS } });
    }
  }

  /** A draft's `version` guards its text: a long upload beside it gets in nobody's way. Answers the report's version. */
  private note(tx: Tx, event: string, report: NarrativeReport): number {
    noteReport(tx, event, report);
    if (report.state === 'DRAFT') {
      updateRow(tx, NarrativeReportRow, { id: report.id, updatedAt: tx.now });
      return report.version;
    }
    const contentVersion = nextVersion(report);
    const version = report.version + 1;
    updateRow(tx, NarrativeReportRow, { id: report.id, contentVersion, version, updatedAt: tx.now });
    keepVersion(tx, report, contentVersion, contentOf(report));
    return version;
  }

  private async uploaded(actor: Actor, id: string): Promise<UploadedAttachment> {
    const [row] = await this.database.reader(actor).rows<ReportAttachmentRow>(ATTACHMENTS_BY_ID, [[id]]);
    if (!row) throw notFound('id');
    const { name, mediaType, size, sha256, isVisible } = row;
    const url = this.links.ofReport(row);
    return { id: publicId('attachment', id), name, mediaType, size, sha256: sha256.toString('hex'), isVisible, url };
  }
}
