import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import { Requires } from '../../platform/access/requires.js';
import type { Page } from '../../platform/api/page.js';
import type { RequestContext } from '../../platform/api/request-context.js';
import { OrganizationConnection, OrganizationType } from '../organization.type.js';
import type { Organization } from '../organizations.store.js';
import { OrganizationListArgs } from './organization-list.inputs.js';
import { OrganizationLists } from './organization-lists.service.js';

@Resolver(() => OrganizationType)
export class OrganizationListsResolver {
  constructor(private readonly lists: OrganizationLists) {}

  @Requires('STEWARD')
  @Query(() => OrganizationConnection, {
    name: 'organizations',
    description:
      'Every organization of the network, also those that no directory shows and those that were merged into another. For the steward alone; others read the directories `funders` and `grantees`. Errors: PAGE_TOO_LARGE, INVALID_PAGE, INVALID_CURSOR, INVALID_IDENTIFIER, ORDER_DOES_NOT_FIT.',
  })
  list(@Args() args: OrganizationListArgs, @Context() { reader }: RequestContext): Promise<Page<Organization>> {
    return this.lists.list(reader, args);
  }
}
