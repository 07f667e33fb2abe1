import { columnsOf } from '../../platform/db/columns.js';
import type { Reader } from '../../platform/db/reader.js';
import type { ReportAttachmentRow } from '../attachments/attachment.entity.js';
import { ATTACHMENTS_BY_REPORT } from '../attachments/attachments.store.js';
import type { NarrativeReport, ReportVersion } from '../reports/narrative-report.entity.js';
import { NarrativeReportVersionRow } from '../reports/narrative-report.entity.js';
import { REPORT_COLUMNS } from '../reports/narrative-reports.store.js';
import type { SharedSection } from '../reports/report-content.rules.js';

/** Where the last page ended; reports are read in the order they were begun. */
export interface ExportPlace {
  readonly createdAt: Date;
  readonly id: string;
}

export const BEGINNING: ExportPlace = { createdAt: new Date(0), id: '00000000-0000-0000-0000-000000000000' };

export function reportsAfter(
  reader: Reader,
  organizationIds: readonly string[],
  place: ExportPlace | null,
  most: number,
): Promise<NarrativeReport[]> {
  const { createdAt, id } = place ?? BEGINNING;
  return reader.rows<NarrativeReport>(
    `SELECT ${REPORT_COLUMNS} FROM narrative_reports r
     WHERE r.organization_id = ANY ($1) AND (r.created_at, r.id) > ($2::timestamptz, $3::uuid)
     ORDER BY r.created_at, r.id LIMIT $4::integer`,
    [organizationIds, createdAt, id, most],
  );
}

export function versionsAfter(
  reader: Reader,
  reportId: string,
  number: number,
  most: number,
): Promise<ReportVersion[]> {
  return reader.rows<ReportVersion>(
    `SELECT ${columnsOf(NarrativeReportVersionRow, 'v')} FROM narrative_report_versions v
     WHERE v.report_id = $1 AND v.number > $2::integer ORDER BY v.number LIMIT $3::integer`,
    [reportId, number, most],
  );
}

export interface ShareRecord {
  readonly id: string;
  readonly reportId: string;
  readonly agreementId: string;
  readonly funder: string | null;
  readonly reportVersion: number;
  /** What was asked; the answers are in the version. */
  readonly sections: readonly Pick<SharedSection, 'prompt' | 'question'>[];
  readonly files: readonly string[] | null;
  readonly sharedAt: Date;
  readonly respondBy: string;
  readonly unsharedAt: Date | null;
  readonly kind: 'LEARNED' | 'QUESTION' | 'HELP_OFFERED' | null;
  readonly text: string | null;
  readonly respondedAt: Date | null;
}

/** All shares of these reports with their answers, the unshared too. */
export function sharesOfReports(
  reader: Reader,
  organizationIds: readonly string[],
  reportIds: readonly string[],
): Promise<ShareRecord[]> {
  return reader.rows<ShareRecord>(
    `SELECT s.id, s.report_id AS "reportId", s.agreement_id AS "agreementId", f.name AS "funder", s.report_version AS "reportVersion",
       (SELECT coalesce(jsonb_agg(x - 'text'), '[]') FROM jsonb_array_elements(s.content->'sections') AS x) AS "sections",
       (SELECT array_agg(a.name ORDER BY a.position) FROM report_share_attachments a WHERE a.share_id = s.id) AS "files",
       s.shared_at AS "sharedAt", s.respond_by AS "respondBy", s.unshared_at AS "unsharedAt",
       p.kind, p.text, p.responded_at AS "respondedAt"
     FROM report_shares s
     LEFT JOIN funders f ON f.organization_id = s.funder_id
     LEFT JOIN report_responses p ON p.share_id = s.id
     WHERE s.grantee_id = ANY ($1) AND s.report_id = ANY ($2)
     ORDER BY s.report_id, s.shared_at, s.id`,
    [organizationIds, reportIds],
  );
}

export function filesOfReports(reader: Reader, reportIds: readonly string[]): Promise<ReportAttachmentRow[]> {
  return reader.rows<ReportAttachmentRow>(ATTACHMENTS_BY_REPORT, [reportIds]);
}
