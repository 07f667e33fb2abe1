import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor.js';
import { organizationOf } from '../../platform/access/actor.js';
import { insertRow, updateRow } from '../../platform/db/columns.js';
import { expectVersion } from '../../platform/db/expect-version.js';
import type { Tx } from '../../platform/db/transaction.js';
import { actionNotAllowed, notFound, refuse } from '../../platform/errors/refusal.js';
import { appendEvent } from '../../platform/events/append-event.js';
import type { Answer } from '../../platform/idempotency/mutations.service.js';
import { Mutations } from '../../platform/idempotency/mutations.service.js';
import { NarrativeReportRow, NarrativeReportVersionRow } from '../reports/narrative-report.entity.js';
import type { ReportCommand } from '../reports/narrative-report.lifecycle.js';
import { isAllowed } from '../reports/narrative-report.lifecycle.js';
import type {
  CorrectReportInput,
  DeleteDraftReportInput,
  DraftReportInput,
  SaveReportDetailsInput,
  SaveReportSectionInput,
} from './report-writing.inputs.js';
import type { ShareReportInput } from '../shares/recipients.inputs.js';
import type { NarrativeReport } from '../reports/narrative-report.entity.js';
import { contentOfVersion, deleteReport, lockReport, reportInsert } from '../reports/narrative-reports.store.js';
import { nextVersion } from '../attachments/attachments.rules.js';
import { attachmentsOfVersion } from '../attachments/attachments.store.js';
import { isRecording } from '../attachments/media-type.rules.js';
import { ReportAnswers } from './report-answers.service.js';
import type { ReportContent } from '../reports/report-content.rules.js';
import type { FormatProblem, Formatted } from '../reports/report-format.rules.js';
import { checkFormat } from '../reports/report-format.rules.js';
import { NO_DETAILS, ReportDetailsReader } from './report-details.service.js';
import { withSection } from '../reports/report-content.rules.js';
import { ReportShares } from '../shares/report-shares.service.js';
import { lockSharesOfReport } from '../shares/report-shares.store.js';

/** Everything a grantee does to a report, but submitting it. */
@Injectable()
export class ReportWriting {
  constructor(
    private readonly mutations: Mutations,
    private readonly answers: ReportAnswers,
    private readonly details: ReportDetailsReader,
    private readonly shares: ReportShares,
  ) {}

  draft(actor: Actor, input: DraftReportInput): Promise<Answer> {
    return this.mutations.run(actor, 'draftReport', input, async (tx) => {
      const id = tx.newId();
      const organizationId = organizationOf(actor);
      const sections = await this.answers.read(tx, input.sections ?? [], (i) => ['sections', String(i)]);
      const details = this.details.read(tx, input, NO_DETAILS);
      tx.later(...reportInsert(tx, { id, organizationId, state: 'DRAFT', sections, ...details }));
      noteReport(tx, 'REPORT_DRAFTED', { id, organizationId });
      return { id, version: 1 };
    });
  }

  saveSection(actor: Actor, input: SaveReportSectionInput): Promise<Answer> {
    return this.mutations.run(actor, 'saveReportSection', input, async (tx) => {
      const report = await this.lock(tx, input.id, 'saveReportSection', input.expectedVersion);
      const [section = null] = await this.answers.read(tx, [input.section], () => ['section']);
      const sections = withSection(report.sections, input.section, section);
      this.answers.checkSize(sections);
      const version = report.version + 1;
      updateRow(tx, NarrativeReportRow, { id: report.id, sections, version, updatedAt: tx.now });
      noteReport(tx, 'REPORT_SECTION_SAVED', report);
      return { id: report.id, version };
    });
  }

  /** What stands beside the answers: of a draft that changes its format, nothing is taken out. */
  saveDetails(actor: Actor, input: SaveReportDetailsInput): Promise<Answer> {
    return this.mutations.run(actor, 'saveReportDetails', input, async (tx) => {
      const report = await this.lock(tx, input.id, 'saveReportDetails', input.expectedVersion);
      const { language, ...details } = this.details.read(tx, input, report);
      const version = report.version + 1;
      updateRow(tx, NarrativeReportRow, { id: report.id, language: language!, ...details, version, updatedAt: tx.now });
      noteReport(tx, 'REPORT_DETAILS_SAVED', report);
      return { id: report.id, version };
    });
  }

  deleteDraft(actor: Actor, input: DeleteDraftReportInput): Promise<Answer> {
    return this.mutations.run(actor, 'deleteDraftReport', input, async (tx) => {
      const report = await this.lock(tx, input.id, 'deleteDraftReport', input.expectedVersion);
      deleteReport(tx, report.id);
      noteReport(tx, 'REPORT_DRAFT_DELETED', report);
      return { id: report.id, version: report.version };
    });
  }

  /** A new version of the text. Copies that were shared before stay what they are. */
  correct(actor: Actor, input: CorrectReportInput): Promise<Answer> {
    return this.mutations.run(actor, 'correctReport', input, async (tx) => {
      const report = await this.lock(tx, input.id, 'correctReport', input.expectedVersion);
      const content = await this.corrected(tx, report, input);
      const version = report.version + 1;
      const contentVersion = report.contentVersion! + 1;
      updateRow(tx, NarrativeReportRow, {
        id: report.id,
        ...content,
        sections: [...content.sections],
        contentVersion,
        version,
        updatedAt: tx.now,
      });
      keepVersion(tx, report, contentVersion, content);
      noteReport(tx, 'REPORT_CORRECTED', report);
      return { id: report.id, version };
    });
  }

  share(actor: Actor, input: ShareReportInput): Promise<Answer> {
    return this.mutations.run(actor, 'shareReport', input, async (tx) => {
      const report = await this.lock(tx, input.id, 'shareReport', null);
      const number = input.contentVersion ?? report.contentVersion!;
      const content =
        number === report.contentVersion ? contentOf(report) : await contentOfVersion(tx, report.id, number);
      if (!content) throw notFound('contentVersion');
      const earlier = await lockSharesOfReport(tx, report.id, input.shareWith);
      const attachments = await attachmentsOfVersion(tx, report.id, number);
      await this.shares.share(tx, { reportId: report.id, number, content, attachments }, input, earlier);
      return { id: report.id, version: report.version };
    });
  }

  /** The caller's own report, locked, as it may be used for the command. */
  async lock(tx: Tx, id: string, command: ReportCommand, expectedVersion: number | null): Promise<NarrativeReport> {
    const report = await lockReport(tx, id, tx.actor.organizationIds);
    if (!report) throw notFound('id');
    if (expectedVersion !== null) expectVersion(report, expectedVersion);
    if (!isAllowed(report.state, command)) {
      if (command === 'shareReport') throw refuse('NOT_SHAREABLE', { path: ['id'] });
      throw actionNotAllowed(command, report.state, 'id');
    }
    return report;
  }

  private async corrected(tx: Tx, report: NarrativeReport, input: CorrectReportInput): Promise<WholeContent> {
    const old = contentOf(report);
    const sections = input.sections
      ? await this.answers.read(tx, input.sections, (i) => ['sections', String(i)])
      : old.sections;
    const { language, ...details } = this.details.read(tx, input, report);
    const content = { ...details, language: language!, sections };
    const missing = whatIsMissing(content, await attachmentsOfVersion(tx, report.id, nextVersion(report)));
    if (missing) throw refuse(missing.code, missing);
    return content;
  }
}

/** The one place that decides whether a report may be submitted, or stay submitted, as it is. */
export function whatIsMissing(
  content: Formatted,
  attachments: readonly { readonly mediaType: string }[],
): FormatProblem | null {
  const isPart = content.format === 'RECORDING' ? isRecording : () => true;
  return checkFormat(content, attachments.filter(({ mediaType }) => isPart(mediaType)).length);
}

type WholeContent = ReportContent & Pick<NarrativeReport, 'links' | 'conversation'>;

export function contentOf(report: WholeContent): WholeContent {
  const { format, language, periodStart, periodEnd, minutesSpent, peopleInvolved, sections, links, conversation } =
    report;
  return { format, language, periodStart, periodEnd, minutesSpent, peopleInvolved, sections, links, conversation };
}

export function keepVersion(
  tx: Tx,
  { id, organizationId }: Pick<NarrativeReport, 'id' | 'organizationId'>,
  number: number,
  content: ReportContent,
): void {
  insertRow(tx, NarrativeReportVersionRow, { reportId: id, number, organizationId, content, submittedAt: tx.now });
}

/** Only the grantee hears of its report: a funder learns of its own share, and of nothing else. */
export function noteReport(
  tx: Tx,
  type: string,
  { id, organizationId }: Pick<NarrativeReport, 'id' | 'organizationId'>,
): void {
  appendEvent(tx, {
    type,
    subjectType: 'NARRATIVE_REPORT',
    subjectId: id,
    granteeId: organizationId,
    forSteward: false,
  });
}
