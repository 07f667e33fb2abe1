import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor.js';
import { organizationOf } from '../../platform/access/actor.js';
import { publicId } from '../../platform/api/ids.js';
import { updateRow } from '../../platform/db/columns.js';
import type { Tx } from '../../platform/db/transaction.js';
import { invalidValue, refuse } from '../../platform/errors/refusal.js';
import type { Answer, Outcome } from '../../platform/idempotency/mutations.service.js';
import { Mutations, inputHash } from '../../platform/idempotency/mutations.service.js';
import { submissionDiffers } from '../../platform/notices/notice.js';
import { NarrativeReportRow } from '../reports/narrative-report.entity.js';
import type { SubmitReportInput } from './report-writing.inputs.js';
import { reportInsert, reportOfSubmission } from '../reports/narrative-reports.store.js';
import { ReportAnswers } from './report-answers.service.js';
import { attachmentsOfVersion } from '../attachments/attachments.store.js';
import type { SharedVersion } from '../shares/report-shares.service.js';
import { ReportShares } from '../shares/report-shares.service.js';
import { NO_DETAILS, ReportDetailsReader } from './report-details.service.js';
import { ReportWriting, contentOf, keepVersion, noteReport, whatIsMissing } from './report-writing.service.js';

/** Submitting: a draft as it is, or a whole report in one call, as often as a poor network makes a portal send it. */
@Injectable()
export class ReportSubmission {
  constructor(
    private readonly mutations: Mutations,
    private readonly writing: ReportWriting,
    private readonly answers: ReportAnswers,
    private readonly details: ReportDetailsReader,
    private readonly shares: ReportShares,
  ) {}

  submit(actor: Actor, input: SubmitReportInput): Promise<Answer> {
    return this.mutations.run(actor, 'submitReport', input, (tx) =>
      input.id ? this.submitDraft(tx, input.id, input) : this.submitWhole(tx, input),
    );
  }

  private async submitDraft(tx: Tx, id: string, input: SubmitReportInput): Promise<Outcome> {
    refuseTextBesideDraft(input);
    if (input.expectedVersion == null) throw refuse('REQUIRED', { path: ['expectedVersion'] });
    const report = await this.writing.lock(tx, id, 'submitReport', input.expectedVersion);
    const content = contentOf(report);
    const attachments = await attachmentsOfVersion(tx, id, 1);
    const missing = whatIsMissing(content, attachments);
    if (missing) throw refuse(missing.code, missing);
    const version = report.version + 1;
    const submitted = { state: 'SUBMITTED' as const, contentVersion: 1, submittedAt: tx.now };
    updateRow(tx, NarrativeReportRow, { id, ...submitted, version, updatedAt: tx.now });
    await this.finish(tx, { id, organizationId: report.organizationId }, { content, attachments }, input);
    return { id, version };
  }

  /** A whole report at once, inside the caller's transaction. */
  async submitWhole(tx: Tx, input: SubmitReportInput): Promise<Outcome> {
    const submissionHash = input.clientSubmissionId ? hashOf(input) : null;
    // A funder's own prompts may have changed since: what is repeated is recognized before they are looked up, or it
    // would be refused for a question that is no longer asked.
    const hasOwnPrompts = input.sections?.some(({ funderId }) => funderId) ?? false;
    const first = hasOwnPrompts ? await this.first(tx, input, submissionHash) : null;
    if (first) return first;
    const report = { id: tx.newId(), organizationId: organizationOf(tx.actor) };
    const sections = await this.answers.read(tx, input.sections ?? [], (i) => ['sections', String(i)]);
    const content = { ...this.details.read(tx, input, NO_DETAILS), sections };
    const { clientSubmissionId = null } = input;
    const missing = whatIsMissing(content, []);
    if (missing) {
      const known = await this.first(tx, input, submissionHash);
      if (known) return known;
      throw refuse(missing.code, missing);
    }
    const submission = { clientSubmissionId, submissionHash };
    const [made] = await tx.rows<{ language: string }>(
      ...reportInsert(tx, { ...report, ...content, ...submission, state: 'SUBMITTED' }),
    );
    if (!made) return (await this.first(tx, input, submissionHash))!;
    await this.finish(tx, report, { content: { ...content, language: made.language }, attachments: [] }, input);
    return { id: report.id, version: 1 };
  }

  private async finish(
    tx: Tx,
    report: { readonly id: string; readonly organizationId: string },
    { content, attachments }: Pick<SharedVersion, 'content' | 'attachments'>,
    input: SubmitReportInput,
  ): Promise<void> {
    keepVersion(tx, report, 1, content);
    noteReport(tx, 'REPORT_SUBMITTED', report);
    await this.shares.share(tx, { reportId: report.id, number: 1, content, attachments }, input);
  }

  /** What the same id made before; the same again, or with the notice that this time it says something else. */
  private async first(tx: Tx, { clientSubmissionId }: SubmitReportInput, hash: Buffer | null): Promise<Outcome | null> {
    if (!clientSubmissionId || !hash) return null;
    const report = await reportOfSubmission(tx, clientSubmissionId);
    if (!report) return null;
    const { id, version } = report;
    if (report.submissionHash?.equals(hash)) return { id, version };
    return { id, version, notices: [submissionDiffers('clientSubmissionId', publicId('report', id), version)] };
  }
}

function refuseTextBesideDraft(input: SubmitReportInput): void {
  const given = (
    [
      'clientSubmissionId',
      'format',
      'language',
      'period',
      'sections',
      'links',
      'conversation',
      'minutesSpent',
      'peopleInvolved',
    ] as const
  ).find((name) => input[name] != null);
  if (given) {
    throw invalidValue([given], 'DRAFT_SUBMITTED_AS_IT_IS');
  }
}

/** Of what the portal said, in one form: unanswered prompts and the order of agreements make no difference. */
function hashOf(input: SubmitReportInput): Buffer {
  const sections = (input.sections ?? [])
    .filter(({ text }) => text)
    .map(({ prompt, funderId, text, isVisible }) => ({
      prompt,
      funderId: funderId ?? null,
      text,
      isVisible: isVisible ?? null,
    }));
  return inputHash({
    idempotencyKey: null,
    ...{ sections, language: input.language ?? null, period: input.period ? { ...input.period } : null },
    // Said only when it is not the default, so that what was hashed before there were formats is still recognized.
    ...{
      format: input.format && input.format !== 'WRITTEN' ? input.format : undefined,
      links: input.links?.length ? input.links.map(({ url, label }) => ({ url, label: label ?? null })) : undefined,
      conversation: input.conversation ? { ...input.conversation } : undefined,
    },
    ...{ minutesSpent: input.minutesSpent ?? null, peopleInvolved: input.peopleInvolved ?? null },
    ...{
      shareWith: [...(input.shareWith ?? [])].sort(),
      meets: (input.meets ?? []).map((meeting) => ({ ...meeting })),
    },
  });
}
