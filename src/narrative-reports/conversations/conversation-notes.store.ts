import type { ListRequest } from '../../platform/api/page.js';
import { columnsOf } from '../../platform/db/columns.js';
import type { Tx } from '../../platform/db/transaction.js';
import type { Party } from '../shares/report-shares.store.js';
import type { ConversationNotes } from './conversation-notes.entity.js';
import { ConversationNoteVersionRow, ConversationNotesRow } from './conversation-notes.entity.js';

/** The database refuses the others to a funder. */
const FUNDERS_COLUMNS = columnsOf(ConversationNotesRow, 'n', [
  'id',
  'agreementId',
  'funderId',
  'granteeId',
  'draftedAt',
  'version',
]);
const TEXT = columnsOf(ConversationNoteVersionRow, 'v', ['writtenBy', 'content', 'writtenAt']);
const COLUMNS = {
  FUNDER: `${FUNDERS_COLUMNS}, ${TEXT}`,
  GRANTEE: `${columnsOf(ConversationNotesRow, 'n')}, ${TEXT}`,
};
const FROM = 'conversation_notes n JOIN conversation_note_versions v ON v.notes_id = n.id AND v.number = n.version';
const TENANT = { FUNDER: 'n.funder_id', GRANTEE: 'n.grantee_id' };

export const notesById = (party: Party): string => `SELECT ${COLUMNS[party]} FROM ${FROM} WHERE n.id = ANY ($1)`;

/** Newest first. */
export function notesList(party: Party, organizationIds: readonly string[]): Omit<ListRequest, 'arguments'> {
  return {
    name: 'conversationNotes',
    select: COLUMNS[party],
    from: FROM,
    key: [
      { sql: 'n.drafted_at', alias: 'draftedAt', type: 'timestamptz' },
      { sql: 'n.id', alias: 'id', type: 'uuid' },
    ],
    descending: true,
    where: [],
    tenant: { column: TENANT[party], ids: organizationIds },
  };
}

/** What was written before, the newest first. */
export function versionsOfNotes(party: Party, organizationIds: readonly string[]): Omit<ListRequest, 'arguments'> {
  return {
    name: 'conversationNotesVersions',
    select: columnsOf(ConversationNoteVersionRow, 'v'),
    from: 'conversation_note_versions v',
    key: [{ sql: 'v.number', alias: 'number', type: 'bigint' }],
    descending: true,
    where: [],
    tenant: { column: party === 'FUNDER' ? 'v.funder_id' : 'v.grantee_id', ids: organizationIds },
  };
}

export async function lockNotes(tx: Tx, party: Party, id: string): Promise<ConversationNotes | null> {
  const [row] = await tx.rows<ConversationNotes>(
    `SELECT ${COLUMNS[party]} FROM ${FROM} WHERE n.id = $1 AND ${TENANT[party]} = ANY ($2) FOR NO KEY UPDATE OF n`,
    [id, tx.actor.organizationIds],
  );
  return row ?? null;
}
