import { Args, Context, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Viewer } from '../organizations/viewer.type.js';
import type { Actor } from '../platform/access/actor.js';
import { Public, Requires } from '../platform/access/requires.js';
import { ConnectionArgs } from '../platform/api/connection.js';
import { loadById } from '../platform/api/loader.js';
import type { Page } from '../platform/api/page.js';
import type { RequestContext } from '../platform/api/request-context.js';
import { ClaimInvitationPayload, GranteeConnection, GranteeType, InviteGranteePayload } from './grantee.type.js';
import { ClaimInvitationInput, InviteGranteeInput } from './grantees.inputs.js';
import { granteeById } from './grantees.loaders.js';
import type { ClaimAnswer } from './grantees.service.js';
import { Grantees } from './grantees.service.js';
import type { Grantee } from './grantees.store.js';
import type { InvitationAnswer } from './invitations.service.js';
import { Invitations } from './invitations.service.js';

@Resolver(() => GranteeType)
export class GranteesResolver {
  constructor(
    private readonly grantees: Grantees,
    private readonly invitations: Invitations,
  ) {}

  @Public()
  @Query(() => GranteeType, {
    nullable: true,
    description: 'A grantee by its id; null when there is none, or it is not listed and not your counterparty.',
  })
  grantee(@Args('id', { type: () => ID }) id: string, @Context() context: RequestContext): Promise<Grantee | null> {
    return loadById(context, granteeById, 'grantee', id);
  }

  @Public()
  @Query(() => GranteeConnection, {
    name: 'grantees',
    description: 'The directory of grantees that are listed, by name.',
  })
  list(@Args() page: ConnectionArgs, @Context() { reader }: RequestContext): Promise<Page<Grantee>> {
    return this.grantees.list(reader, page);
  }

  @Requires('FUNDER')
  @Mutation(() => InviteGranteePayload, {
    description:
      'Adds an informal group and answers the token of its claim link. The same group (name, place, country and contact, whatever their spelling) invited again by the same funder is the first group again, and its link is not shown again: see `replaceLink`; a link that has expired is replaced without asking. Notices: GRANTEE_ALREADY_INVITED, INVITATION_ALREADY_CLAIMED, SECRET_ALREADY_SHOWN.',
  })
  inviteGrantee(
    @Args('input') input: InviteGranteeInput,
    @Context() { actor }: RequestContext,
  ): Promise<InvitationAnswer> {
    return this.invitations.invite(actor, input);
  }

  @Public()
  @Mutation(() => ClaimInvitationPayload, {
    description:
      'Gives the group its own key, once: from a link of a funder (`inviteGrantee`) or of the steward (`registerOrganization`). After a lost answer send it again with the same `secretDigest` (at any time), or the same `idempotencyKey` (for a day, until the key is used). INVITATION_ALREADY_CLAIMED says that somebody was first, or that the key was used. Errors: NOT_FOUND, INVITATION_ALREADY_CLAIMED, INVITATION_EXPIRED, IDEMPOTENCY_MISMATCH.',
  })
  async claimInvitation(
    @Args('input') input: ClaimInvitationInput,
    @Context() context: RequestContext,
  ): Promise<ClaimAnswer> {
    const claim = await this.grantees.claim(context.actor, input);
    context.become(claim.actor);
    return claim;
  }
}

/** `viewer.asGrantee`: the caller's own face as a grantee. */
@Resolver(() => Viewer)
export class ViewerAsGranteeResolver {
  @ResolveField(() => GranteeType, { nullable: true, description: 'Null unless the key is a GRANTEE key.' })
  asGrantee(
    @Parent() { role, organizationId }: Actor,
    @Context() context: RequestContext,
  ): Promise<Grantee | null> | null {
    return role === 'GRANTEE' && organizationId ? context.load(granteeById, organizationId) : null;
  }
}
