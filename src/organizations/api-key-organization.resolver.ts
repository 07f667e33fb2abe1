import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { ApiKey } from '../accounts/api-key.entity.js';
import { ApiKeyType } from '../accounts/api-key.type.js';
import type { RequestContext } from '../platform/api/request-context.js';
import { OrganizationType } from './organization.type.js';
import { organizationById } from './organizations.loaders.js';
import type { Organization } from './organizations.store.js';

@Resolver(() => ApiKeyType)
export class ApiKeyOrganizationResolver {
  @ResolveField(() => OrganizationType, {
    nullable: true,
    description:
      'The organization the key acts for. Null for a key of no organization (an analyst, a steward), and in the answer to `rotateApiKey` of a key that could do nothing but rotate: read it with the new key.',
  })
  organization(@Parent() key: ApiKey, @Context() context: RequestContext): Promise<Organization | null> | null {
    return key.organizationId === null ? null : context.load(organizationById, key.organizationId);
  }
}
