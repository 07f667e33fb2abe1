import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { OrganizationType, RegisterOrganizationPayload } from '../organizations/organization.type.js';
import type { RequestContext } from '../platform/api/request-context.js';
import type { Answer } from '../platform/idempotency/mutations.service.js';
import { FunderType } from './funder.type.js';
import { funderById } from './funders.loaders.js';
import type { Funder } from './funders.store.js';

/** From the organization to its id as a funder, which agreements are made with. */
@Resolver(() => OrganizationType)
export class OrganizationAsFunderResolver {
  @ResolveField(() => FunderType, {
    nullable: true,
    description: 'The organization as a funder. Null when it is none, and for those who may not see it.',
  })
  funder(@Parent() { id }: { readonly id: string }, @Context() context: RequestContext): Promise<Funder | null> {
    return context.load(funderById, id);
  }
}

@Resolver(() => RegisterOrganizationPayload)
export class RegisteredAsFunderResolver {
  @ResolveField(() => FunderType, {
    nullable: true,
    description: 'The organization as a funder: null when it is none, and when the call was refused.',
  })
  funder(@Parent() { id }: Partial<Answer>, @Context() context: RequestContext): Promise<Funder | null> | null {
    return id === undefined ? null : context.load(funderById, id);
  }
}
