import type { ListRequest } from '../../platform/api/page.js';
import { columnsOf } from '../../platform/db/columns.js';
import type { Tx } from '../../platform/db/transaction.js';
import type { PromptText } from '../prompts/prompts.rules.js';
import type { ReportContent } from './report-content.rules.js';
import type { NarrativeReport } from './narrative-report.entity.js';
import { NarrativeReportRow, NarrativeReportVersionRow } from './narrative-report.entity.js';
import type { ReportState } from './narrative-report.lifecycle.js';
import type { Order } from '../../platform/api/order.js';
import type { ReportOrderField } from './narrative-reports.inputs.js';

/** All that a grantee sees of its report. */
export const REPORT_COLUMNS = columnsOf(NarrativeReportRow, 'r', [
  'id',
  'organizationId',
  'state',
  'format',
  'language',
  'periodStart',
  'periodEnd',
  'sections',
  'links',
  'conversation',
  'minutesSpent',
  'peopleInvolved',
  'contentVersion',
  'clientSubmissionId',
  'submittedAt',
  'version',
  'createdAt',
  'updatedAt',
]);

export const REPORTS_BY_ID = `SELECT ${REPORT_COLUMNS} FROM narrative_reports r WHERE r.id = ANY ($1)`;

const ORDERS = {
  CREATED_AT: { sql: 'r.created_at', alias: 'createdAt', type: 'timestamptz' },
  UPDATED_AT: { sql: 'r.updated_at', alias: 'updatedAt', type: 'timestamptz' },
} as const;

export function reportList(
  organizationIds: readonly string[],
  order: Order<ReportOrderField>,
  states: readonly ReportState[] | null,
): Omit<ListRequest, 'arguments'> {
  return {
    name: 'narrativeReports',
    select: REPORT_COLUMNS,
    from: 'narrative_reports r',
    key: [ORDERS[order.field], { sql: 'r.id', alias: 'id', type: 'uuid' }],
    descending: order.direction === 'DESC',
    where: states ? [{ sql: (placeholder) => `r.state = ANY (${placeholder}::text[])`, value: states }] : [],
    tenant: { column: 'r.organization_id', ids: organizationIds },
  };
}

export function versionsOfReports(
  organizationIds: readonly string[],
  reportIds: readonly string[],
): Omit<ListRequest, 'arguments'> {
  return {
    name: 'reportVersions',
    select: columnsOf(NarrativeReportVersionRow, 'v'),
    from: 'narrative_report_versions v',
    key: [{ sql: 'v.number', alias: 'number', type: 'bigint' }],
    descending: true,
    where: [],
    tenant: { column: 'v.organization_id', ids: organizationIds },
    parent: { column: 'v.report_id', ids: reportIds },
  };
}

export async function lockReport(
  tx: Tx,
  id: string,
  organizationIds: readonly string[],
): Promise<NarrativeReport | null> {
  const [row] = await tx.rows<NarrativeReport>(
    `SELECT ${REPORT_COLUMNS} FROM narrative_reports r WHERE r.id = $1 AND r.organization_id = ANY ($2) FOR NO KEY UPDATE`,
    [id, organizationIds],
  );
  return row ?? null;
}

export async function contentOfVersion(tx: Tx, reportId: string, number: number): Promise<ReportContent | null> {
  const [row] = await tx.rows<{ content: ReportContent }>(
    'SELECT v.content FROM narrative_report_versions v WHERE v.report_id = $1 AND v.number = $2 AND v.organization_id = ANY ($3)',
    [reportId, number, tx.actor.organizationIds],
  );
  return row?.content ?? null;
}

export function deleteReport(tx: Tx, id: string): void {
  tx.later('DELETE FROM narrative_reports WHERE id = $1', [id]);
}

/** The own prompts of these funders. */
export async function promptsOfFunders(tx: Tx, funderIds: readonly string[]): Promise<Map<string, PromptText[]>> {
  const rows = await tx.rows<{ id: string; prompts: PromptText[] }>(
    'SELECT f.organization_id AS "id", f.report_prompts AS "prompts" FROM funders f WHERE f.organization_id = ANY ($1)',
    [funderIds],
  );
  return new Map(rows.map(({ id, prompts }) => [id, prompts]));
}

export type NewReport = Pick<
  NarrativeReportRow,
  | 'id'
  | 'organizationId'
  | 'state'
  | 'format'
  | 'sections'
  | 'links'
  | 'conversation'
  | 'periodStart'
  | 'periodEnd'
  | 'minutesSpent'
  | 'peopleInvolved'
> & {
  /** The organization's, when null. */
  readonly language: string | null;
  readonly clientSubmissionId?: string | null;
  readonly submissionHash?: Buffer | null;
};

/**
 * Answers the language of the report it made, or no row when there is one of this submission id: a parallel one waits
 * here for the first. The ids of a merged organization count too.
 */
export function reportInsert(tx: Tx, report: NewReport): [sql: string, values: readonly unknown[]] {
  const isSubmitted = report.state === 'SUBMITTED';
  return [
    `INSERT INTO narrative_reports AS r (id, organization_id, state, format, language, period_start, period_end, sections,
       links, conversation, minutes_spent, people_involved, content_version, client_submission_id, submission_hash, submitted_at,
       created_at, updated_at)
     SELECT $1::uuid, $2::uuid, $3::text, $4::text, coalesce($5::text, (SELECT o.locale FROM organizations o WHERE o.id = $2)),
       $6::date, $7::date, $8::jsonb, $9::jsonb, $10::jsonb, $11::integer, $12::integer, $13::integer, $14::text, $15::bytea,
       $16::timestamptz, $17::timestamptz, $17::timestamptz
     WHERE NOT EXISTS (SELECT 1 FROM narrative_reports r WHERE r.organization_id = ANY ($18::uuid[]) AND r.client_submission_id = $14)
     ON CONFLICT (organization_id, client_submission_id) DO NOTHING RETURNING r.language`,
    [
      report.id,
      report.organizationId,
      report.state,
      report.format,
      report.language,
      report.periodStart,
      report.periodEnd,
      JSON.stringify(report.sections),
      JSON.stringify(report.links),
      report.conversation && JSON.stringify(report.conversation),
      report.minutesSpent,
      report.peopleInvolved,
      isSubmitted ? 1 : null,
      report.clientSubmissionId ?? null,
      report.submissionHash ?? null,
      isSubmitted ? tx.now : null,
      tx.now,
      tx.actor.organizationIds,
    ],
  ];
}

export async function reportOfSubmission(
  tx: Tx,
  clientSubmissionId: string,
): Promise<Pick<NarrativeReportRow, 'id' | 'version' | 'submissionHash'> | null> {
  const [row] = await tx.rows<Pick<NarrativeReportRow, 'id' | 'version' | 'submissionHash'>>(
    `SELECT ${columnsOf(NarrativeReportRow, 'r', ['id', 'version', 'submissionHash'])} FROM narrative_reports r
     WHERE r.organization_id = ANY ($1) AND r.client_submission_id = $2`,
    [tx.actor.organizationIds, clientSubmissionId],
  );
  return row ?? null;
}
