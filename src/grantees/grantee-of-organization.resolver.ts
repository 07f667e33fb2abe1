import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { OrganizationType, RegisterOrganizationPayload } from '../organizations/organization.type.js';
import type { RequestContext } from '../platform/api/request-context.js';
import type { Answer } from '../platform/idempotency/mutations.service.js';
import { GranteeType } from './grantee.type.js';
import { granteeById } from './grantees.loaders.js';
import type { Grantee } from './grantees.store.js';

/** From the organization to its id as a grantee, which agreements are made with. */
@Resolver(() => OrganizationType)
export class OrganizationAsGranteeResolver {
  @ResolveField(() => GranteeType, {
    nullable: true,
    description: 'The organization as a grantee. Null when it is none, and for those who may not see it.',
  })
  grantee(@Parent() { id }: { readonly id: string }, @Context() context: RequestContext): Promise<Grantee | null> {
    return context.load(granteeById, id);
  }
}

@Resolver(() => RegisterOrganizationPayload)
export class RegisteredAsGranteeResolver {
  @ResolveField(() => GranteeType, {
    nullable: true,
    description: 'The organization as a grantee: null when it is none, and when the call was refused.',
  })
  grantee(@Parent() { id }: Partial<Answer>, @Context() context: RequestContext): Promise<Grantee | null> | null {
    return id === undefined ? null : context.load(granteeById, id);
  }
}
