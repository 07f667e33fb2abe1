import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { GrantAgreement } from '../../agreements/agreement.type.js';
import { Requires } from '../../platform/access/requires.js';
import { ConnectionArgs } from '../../platform/api/connection.js';
import type { Page } from '../../platform/api/page.js';
import type { RequestContext } from '../../platform/api/request-context.js';
import type { Answer } from '../../platform/idempotency/mutations.service.js';
import type { ConversationNotes, ConversationNotesVersion } from './conversation-notes.entity.js';
import {
  ConfirmConversationNotesInput,
  DraftConversationNotesInput,
  ReviseConversationNotesInput,
} from './conversation-notes.inputs.js';
import { ConversationNotesService } from './conversation-notes.service.js';
import {
  ConfirmConversationNotesPayload,
  ConversationNotesConnection,
  ConversationNotesType,
  ConversationNotesVersionConnection,
  DraftConversationNotesPayload,
  ReviseConversationNotesPayload,
} from './conversation-notes.type.js';

@Resolver(() => ConversationNotesType)
export class ConversationNotesResolver {
  constructor(private readonly notes: ConversationNotesService) {}

  @Requires('FUNDER', 'GRANTEE')
  @Query(() => ConversationNotesConnection, {
    name: 'conversationNotes',
    description: 'Notes of your conversations under your agreements, newest first. One of them: `node(id)`.',
  })
  list(@Args() page: ConnectionArgs, @Context() { actor, reader }: RequestContext): Promise<Page<ConversationNotes>> {
    return this.notes.list(actor, reader, page);
  }

  @ResolveField(() => ConversationNotesVersionConnection, {
    nullable: true,
    description: 'All that either side wrote, the newest first.',
  })
  versions(
    @Parent() { id }: ConversationNotes,
    @Args() page: ConnectionArgs,
    @Context() context: RequestContext,
  ): Promise<Page<ConversationNotesVersion> | null> {
    return this.notes.versions(context, id, page);
  }

  @Requires('FUNDER', 'GRANTEE')
  @Mutation(() => DraftConversationNotesPayload, {
    description:
      'Writes down a conversation for both sides to see and revise. Errors: NOT_FOUND, ACTION_NOT_ALLOWED (not accepted), DATE_OUT_OF_RANGE.',
  })
  draftConversationNotes(
    @Args('input') input: DraftConversationNotesInput,
    @Context() { actor }: RequestContext,
  ): Promise<Answer> {
    return this.notes.draft(actor, input);
  }

  @Requires('FUNDER', 'GRANTEE')
  @Mutation(() => ReviseConversationNotesPayload, {
    description:
      'Writes a new text beside the ones before. Errors: NOT_FOUND, STALE_VERSION, DATE_OUT_OF_RANGE; to the grantee NOTES_ALREADY_CONFIRMED.',
  })
  reviseConversationNotes(
    @Args('input') input: ReviseConversationNotesInput,
    @Context() { actor }: RequestContext,
  ): Promise<Answer> {
    return this.notes.revise(actor, input);
  }

  @Requires('GRANTEE')
  @Mutation(() => ConfirmConversationNotesPayload, {
    description:
      'Says that it was so, and makes a submitted report of it. The funder learns of it only by a share. Errors: NOT_FOUND, STALE_VERSION (somebody wrote since), NOTES_ALREADY_CONFIRMED, DATE_OUT_OF_RANGE, and those of `submitReport`.',
  })
  confirmConversationNotes(
    @Args('input') input: ConfirmConversationNotesInput,
    @Context() { actor }: RequestContext,
  ): Promise<Answer> {
    return this.notes.confirm(actor, input);
  }
}

/** `GrantAgreement.conversationNotes`. */
@Resolver(() => GrantAgreement)
export class NotesOfAgreementResolver {
  constructor(private readonly notes: ConversationNotesService) {}

  @ResolveField(() => ConversationNotesConnection, {
    nullable: true,
    description: 'Notes of conversations under this agreement, newest first. Null for all but its two parties.',
  })
  conversationNotes(
    @Parent() { id }: { readonly id: string },
    @Args() page: ConnectionArgs,
    @Context() context: RequestContext,
  ): Promise<Page<ConversationNotes> | null> {
    return this.notes.ofAgreement(context, id, page);
  }
}
