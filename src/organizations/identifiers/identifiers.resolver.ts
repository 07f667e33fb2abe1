import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Requires } from '../../platform/access/requires.js';
import { ConnectionArgs } from '../../platform/api/connection.js';
import type { Page } from '../../platform/api/page.js';
import type { RequestContext } from '../../platform/api/request-context.js';
import type { Answer } from '../../platform/idempotency/mutations.service.js';
import {
  ConfirmIdentifierPayload,
  IdentifierClaimConnection,
  IdentifierClaimType,
  RemoveIdentifierPayload,
} from './identifier-claim.type.js';
import { ConfirmIdentifierInput, IdentifierInput, RemoveIdentifierInput } from './identifiers.inputs.js';
import { Identifiers } from './identifiers.service.js';
import type { IdentifierClaim } from './identifiers.store.js';

@Resolver(() => IdentifierClaimType)
export class IdentifiersResolver {
  constructor(private readonly identifiers: Identifiers) {}

  @Requires('STEWARD')
  @Query(() => IdentifierClaimConnection, {
    name: 'identifierClaims',
    description: 'Numbers that organizations give themselves and that wait for the steward, the oldest first.',
  })
  claims(
    @Args() page: ConnectionArgs,
    @Args('identifier', { type: () => IdentifierInput, nullable: true, description: 'Only claims of this number.' })
    identifier: IdentifierInput | null,
    @Context() { reader }: RequestContext,
  ): Promise<Page<IdentifierClaim>> {
    return this.identifiers.claims(reader, page, identifier ?? null);
  }

  @Requires('STEWARD')
  @Mutation(() => ConfirmIdentifierPayload, {
    description:
      'Makes a number that an organization gives itself CONFIRMED: imports attach history by it from now on. Errors: NOT_FOUND, STALE_VERSION, INVALID_IDENTIFIER, IDENTIFIER_ALREADY_CONFIRMED, DUPLICATE_IDENTIFIER.',
  })
  confirmIdentifier(
    @Args('input') input: ConfirmIdentifierInput,
    @Context() { actor }: RequestContext,
  ): Promise<Answer> {
    return this.identifiers.confirm(actor, input);
  }

  @Requires('STEWARD')
  @Mutation(() => RemoveIdentifierPayload, {
    description:
      'Takes a number away from an organization, confirmed or not. Errors: NOT_FOUND, STALE_VERSION, INVALID_IDENTIFIER, IDENTIFIER_HAS_HISTORY, IMPORT_RUNNING.',
  })
  removeIdentifier(@Args('input') input: RemoveIdentifierInput, @Context() { actor }: RequestContext): Promise<Answer> {
    return this.identifiers.remove(actor, input);
  }
}
