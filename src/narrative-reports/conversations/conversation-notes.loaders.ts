import type { LoaderDefinition } from '../../platform/api/loader.js';
import { loadByKey } from '../../platform/api/loader.js';
import type { Party } from '../shares/report-shares.store.js';
import { partyOf } from '../shares/report-shares.store.js';
import type { ConversationNotes } from './conversation-notes.entity.js';
import { notesById } from './conversation-notes.store.js';

const BY_PARTY: Readonly<Record<Party, LoaderDefinition<string, ConversationNotes>>> = {
  FUNDER: loadByKey('conversationNotesOfFunder', notesById('FUNDER'), 'id'),
  GRANTEE: loadByKey('conversationNotesOfGrantee', notesById('GRANTEE'), 'id'),
};

/** Reads what the caller's side may know. To everybody else there are no notes. */
export const conversationNotesById: LoaderDefinition<string, ConversationNotes> = {
  name: 'conversationNotesById',
  load: (context, ids) => {
    const party = partyOf(context.actor);
    return party ? BY_PARTY[party].load(context, ids) : Promise.resolve(ids.map(() => null));
  },
};
