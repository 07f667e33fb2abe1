import type { Reader } from '../../platform/db/reader.js';
import type { ExportPlace } from './report-export.store.js';
import type { ExportedNotes, ExportedNotesVersion, ExportedWord } from './talk-document.rules.js';

/** What followed an answer, in the order it was said: at most 200 replies, and 100 words on whether it helped. */
export function wordsAbout(reader: Reader, shareId: string): Promise<ExportedWord[]> {
  return reader.rows<ExportedWord>(
    `SELECT p.written_at AS "at", p.author AS "author", p.text AS "text", NULL::boolean AS "helped", p.number AS "number"
     FROM report_replies p WHERE p.share_id = $1
     UNION ALL SELECT g.rated_at, 'GRANTEE', NULL, g.helped, g.number FROM report_ratings g WHERE g.share_id = $1
     ORDER BY "at", "helped" NULLS FIRST, "number"`,
    [shareId],
  );
}

/** Notes in the order they were begun, with the names of the other side. */
export function notesAfter(
  reader: Reader,
  organizationIds: readonly string[],
  { createdAt, id }: ExportPlace,
  most: number,
): Promise<ExportedNotes[]> {
  return reader.rows<ExportedNotes>(
    `SELECT n.id AS "id", n.agreement_id AS "agreementId", coalesce(f.name, '?') AS "funder", n.drafted_at AS "draftedAt",
       n.confirmed_at AS "confirmedAt", n.report_id AS "reportId"
     FROM conversation_notes n LEFT JOIN funders f ON f.organization_id = n.funder_id
     WHERE n.grantee_id = ANY ($1) AND (n.drafted_at, n.id) > ($2::timestamptz, $3::uuid)
     ORDER BY n.drafted_at, n.id LIMIT $4::integer`,
    [organizationIds, createdAt, id, most],
  );
}

export function notesVersionsAfter(
  reader: Reader,
  notesId: string,
  number: number,
  most: number,
): Promise<ExportedNotesVersion[]> {
  return reader.rows<ExportedNotesVersion>(
    `SELECT v.number AS "number", v.written_by AS "writtenBy", v.written_at AS "writtenAt", v.content AS "content"
     FROM conversation_note_versions v WHERE v.notes_id = $1 AND v.number > $2::integer ORDER BY v.number LIMIT $3::integer`,
    [notesId, number, most],
  );
}
