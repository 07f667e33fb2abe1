import { Injectable } from '@nestjs/common';
import { AgreementsService } from '../../agreements/agreements.service.js';
import { pagesBelow } from '../../agreements/pages-below.loaders.js';
import type { Below } from '../../agreements/pages-below.loaders.js';
import type { Actor } from '../../platform/access/actor.js';
import type { LoaderContext, LoaderDefinition } from '../../platform/api/loader.js';
import type { Page, PageArguments } from '../../platform/api/page.js';
import { readPage } from '../../platform/api/page.js';
import type { RequestContext } from '../../platform/api/request-context.js';
import { insertRow, updateRow } from '../../platform/db/columns.js';
import { CursorCipher } from '../../platform/db/cursor.service.js';
import { expectVersion } from '../../platform/db/expect-version.js';
import type { Reader } from '../../platform/db/reader.js';
import type { Tx } from '../../platform/db/transaction.js';
import { notFound, refuse } from '../../platform/errors/refusal.js';
import { appendEvent } from '../../platform/events/append-event.js';
import type { Answer } from '../../platform/idempotency/mutations.service.js';
import { Mutations } from '../../platform/idempotency/mutations.service.js';
import type { Party } from '../shares/report-shares.store.js';
import { partyOf } from '../shares/report-shares.store.js';
import { ReportDetailsReader } from '../writing/report-details.service.js';
import { ReportSubmission } from '../writing/report-submission.service.js';
import type { ConversationNotes, ConversationNotesVersion, ConversationText } from './conversation-notes.entity.js';
import { ConversationNoteVersionRow, ConversationNotesRow } from './conversation-notes.entity.js';
import type {
  ConfirmConversationNotesInput,
  DraftConversationNotesInput,
  ReviseConversationNotesInput,
} from './conversation-notes.inputs.js';
import { lockNotes, notesList, versionsOfNotes } from './conversation-notes.store.js';

type Parties = Pick<ConversationNotes, 'id' | 'funderId' | 'granteeId'>;

/** What both sides of a conversation write down, and the report that the grantee alone can make of it. */
@Injectable()
export class ConversationNotesService {
  private readonly ofAgreements: LoaderDefinition<Below<PageArguments>, Page<ConversationNotes>>;
  private readonly versionsOf: LoaderDefinition<Below<PageArguments>, Page<ConversationNotesVersion>>;

  constructor(
    private readonly mutations: Mutations,
    private readonly agreements: AgreementsService,
    private readonly details: ReportDetailsReader,
    private readonly submission: ReportSubmission,
    private readonly cipher: CursorCipher,
  ) {
    const request = ({ actor }: LoaderContext): ReturnType<typeof notesList> =>
      notesList(side(actor), actor.organizationIds);
    this.ofAgreements = pagesBelow(
      { name: 'conversationNotes.agreement', request, column: () => 'n.agreement_id' },
      cipher,
    );
    const versions = ({ actor }: LoaderContext): ReturnType<typeof notesList> =>
      versionsOfNotes(side(actor), actor.organizationIds);
    this.versionsOf = pagesBelow(
      { name: 'conversationNotesVersions', request: versions, column: () => 'v.notes_id' },
      cipher,
    );
  }

  list(actor: Actor, reader: Reader, page: PageArguments): Promise<Page<ConversationNotes>> {
    return readPage(reader, this.cipher, { ...notesList(side(actor), actor.organizationIds), arguments: page });
  }

  /** Null for whoever is no party. */
  ofAgreement(context: RequestContext, parentId: string, args: PageArguments): Promise<Page<ConversationNotes> | null> {
    return partyOf(context.actor) ? context.load(this.ofAgreements, { parentId, args }) : Promise.resolve(null);
  }

  versions(
    context: RequestContext,
    parentId: string,
    args: PageArguments,
  ): Promise<Page<ConversationNotesVersion> | null> {
    return context.load(this.versionsOf, { parentId, args });
  }

  draft(actor: Actor, input: DraftConversationNotesInput): Promise<Answer> {
    return this.mutations.run(actor, 'draftConversationNotes', input, async (tx) => {
      const agreement = await this.agreements.lockAccepted(tx, input.agreementId, 'draftConversationNotes');
      const { funderId, granteeId } = agreement;
      const notes = { id: tx.newId(), funderId, granteeId };
      insertRow(tx, ConversationNotesRow, { ...notes, agreementId: agreement.id, draftedAt: tx.now });
      this.write(tx, notes, 1, this.textOf(tx, input, null));
      tell(tx, 'CONVERSATION_NOTES_DRAFTED', notes);
      return { id: notes.id, version: 1 };
    });
  }

  revise(actor: Actor, input: ReviseConversationNotesInput): Promise<Answer> {
    return this.mutations.run(actor, 'reviseConversationNotes', input, async (tx) => {
      const notes = await this.lock(tx, input.id, input.expectedVersion);
      const version = notes.version + 1;
      updateRow(tx, ConversationNotesRow, { id: notes.id, version });
      this.write(tx, notes, version, this.textOf(tx, input, notes.content.language));
      tell(tx, 'CONVERSATION_NOTES_REVISED', notes);
      return { id: notes.id, version };
    });
  }

  /** The report is a copy: of what was drafted nothing changes, and the funder sees no more of it than what is shared. */
  confirm(actor: Actor, input: ConfirmConversationNotesInput): Promise<Answer> {
    return this.mutations.run(actor, 'confirmConversationNotes', input, async (tx) => {
      const { id, expectedVersion, ...told } = input;
      const notes = await this.lock(tx, id, expectedVersion);
      const { language, ...written } = notes.content;
      const conversation = told.conversation ?? written;
      const report = { ...told, language: told.language ?? language, format: 'CONVERSATION' as const, conversation };
      const outcome = await this.submission.submitWhole(tx, report);
      updateRow(tx, ConversationNotesRow, { id, reportId: outcome.id, confirmedAt: tx.now });
      return outcome;
    });
  }

  private textOf(
    tx: Tx,
    { conversation, language }: Pick<DraftConversationNotesInput, 'conversation' | 'language'>,
    before: string | null,
  ): ConversationText {
    return { ...this.details.conversation(tx, conversation)!, language: language ?? before };
  }

  private async lock(tx: Tx, id: string, expectedVersion: number): Promise<ConversationNotes> {
    const notes = await lockNotes(tx, side(tx.actor), id);
    if (!notes) throw notFound('id');
    if (notes.reportId) throw refuse('NOTES_ALREADY_CONFIRMED', { path: ['id'] });
    expectVersion(notes, expectedVersion);
    return notes;
  }

  private write(tx: Tx, { id, funderId, granteeId }: Parties, number: number, content: ConversationText): void {
    const text = { number, content, writtenBy: side(tx.actor), writtenAt: tx.now };
    insertRow(tx, ConversationNoteVersionRow, { notesId: id, funderId, granteeId, ...text });
  }
}

/** Access is declared: nobody else comes this far. */
function side(actor: Actor): Party {
  return partyOf(actor) ?? 'GRANTEE';
}

function tell(tx: Tx, type: string, { id, funderId, granteeId }: Parties): void {
  appendEvent(tx, { type, subjectType: 'CONVERSATION_NOTES', subjectId: id, funderId, granteeId, forSteward: false });
}
