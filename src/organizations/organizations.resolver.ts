import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '../platform/access/actor.js';
import { AnyKey, Requires } from '../platform/access/requires.js';
import type { RequestContext } from '../platform/api/request-context.js';
import type { Answer } from '../platform/idempotency/mutations.service.js';
import { OrganizationType, RegisterOrganizationPayload, UpdateOrganizationPayload } from './organization.type.js';
import { RegisterOrganizationInput, UpdateOrganizationInput } from './organizations.inputs.js';
import type { RegistrationAnswer } from './organizations.service.js';
import { Organizations } from './organizations.service.js';
import { Viewer } from './viewer.type.js';

@Resolver(() => OrganizationType)
export class OrganizationsResolver {
  constructor(private readonly organizations: Organizations) {}

  @AnyKey()
  @Query(() => Viewer, { description: 'The caller. Error without a valid key: UNAUTHENTICATED.' })
  viewer(@Context() { actor }: RequestContext): Actor {
    return actor;
  }

  @Requires('STEWARD')
  @Mutation(() => RegisterOrganizationPayload, {
    description:
      'Adds an organization to the network. With `claimLink` a grantee gets its key without anybody else seeing it. Errors: DUPLICATE_IDENTIFIER, INVALID_IDENTIFIER, INCOMPLETE_ORGANIZATION, FISCAL_SPONSOR_INVALID, CLAIM_LINK_NEEDS_GRANTEE. Notices: SECRET_ALREADY_SHOWN, in a replay with `claimLink`.',
  })
  registerOrganization(
    @Args('input') input: RegisterOrganizationInput,
    @Context() { actor }: RequestContext,
  ): Promise<RegistrationAnswer> {
    return this.organizations.register(actor, input);
  }

  @Requires('FUNDER', 'GRANTEE')
  @Mutation(() => UpdateOrganizationPayload, {
    description:
      "Changes the caller's own organization. Errors: STALE_VERSION, DUPLICATE_IDENTIFIER, IDENTIFIER_CONFIRMED, INVALID_IDENTIFIER, FISCAL_SPONSOR_INVALID.",
  })
  updateOrganization(
    @Args('input') input: UpdateOrganizationInput,
    @Context() { actor }: RequestContext,
  ): Promise<Answer> {
    return this.organizations.update(actor, input);
  }
}
