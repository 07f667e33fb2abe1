import { columnsOf, insertRow } from '../../platform/db/columns.js';
import type { Reader } from '../../platform/db/reader.js';
import type { Tx } from '../../platform/db/transaction.js';
import type { ReportShareRow } from '../shares/report-share.entity.js';
import { isInVersion } from './attachments.rules.js';
import { ReportAttachmentRow, ShareAttachmentRow } from './attachment.entity.js';

const OF_REPORT = columnsOf(ReportAttachmentRow, 'a');
const OF_SHARE = columnsOf(ShareAttachmentRow, 'a');

export const ATTACHMENTS_BY_ID = `SELECT ${OF_REPORT} FROM report_attachments a WHERE a.id = ANY ($1)`;
export const ATTACHMENTS_BY_REPORT = `SELECT ${OF_REPORT} FROM report_attachments a WHERE a.report_id = ANY ($1) ORDER BY a.report_id, a.id`;
export const SHARE_ATTACHMENTS_BY_ID = `SELECT ${OF_SHARE} FROM report_share_attachments a WHERE a.id = ANY ($1)`;
export const SHARE_ATTACHMENTS_BY_SHARE = `SELECT ${OF_SHARE} FROM report_share_attachments a WHERE a.share_id = ANY ($1) ORDER BY a.share_id, a.position`;

/** All that ever belonged to a version of the report. */
export function attachmentsOfReport(reader: Reader, reportId: string): Promise<ReportAttachmentRow[]> {
  return reader.rows<ReportAttachmentRow>(ATTACHMENTS_BY_REPORT, [[reportId]]);
}

/** What was attached when this version of the text was made. */
export async function attachmentsOfVersion(tx: Tx, reportId: string, number: number): Promise<ReportAttachmentRow[]> {
  return (await attachmentsOfReport(tx, reportId)).filter((attachment) => isInVersion(attachment, number));
}

/** The copies that one share keeps of those the grantee shows. */
export function copyIntoShare(
  tx: Tx,
  { id: shareId, funderId, granteeId }: Pick<ReportShareRow, 'id' | 'funderId' | 'granteeId'>,
  attachments: readonly ReportAttachmentRow[],
): void {
  for (const [i, { fileId, name, mediaType, size, sha256 }] of attachments.entries()) {
    const file = { fileId, name, mediaType, size, sha256 };
    insertRow(tx, ShareAttachmentRow, { id: tx.newId(), shareId, funderId, granteeId, position: i + 1, ...file });
  }
}

/** The report an attachment of the caller's belongs to. */
export async function reportOfAttachment(tx: Tx, id: string): Promise<string | null> {
  const [row] = await tx.rows<{ reportId: string }>(
    'SELECT a.report_id AS "reportId" FROM report_attachments a WHERE a.id = $1 AND a.organization_id = ANY ($2)',
    [id, tx.actor.organizationIds],
  );
  return row?.reportId ?? null;
}

/** Only of a draft: a version keeps what it had. */
export function deleteAttachment(tx: Tx, id: string): void {
  tx.later('DELETE FROM report_attachments WHERE id = $1', [id]);
}

/** Those of these files that something still refers to. */
export async function filesInUse(tx: Tx, fileIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.rows<{ id: string }>(
    `SELECT a.file_id AS "id" FROM report_attachments a WHERE a.file_id = ANY ($1)
     UNION SELECT s.file_id FROM report_share_attachments s WHERE s.file_id = ANY ($1)`,
    [fileIds],
  );
  return new Set(rows.map(({ id }) => id));
}
