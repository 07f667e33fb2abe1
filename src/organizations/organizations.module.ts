import { Module } from '@nestjs/common';
import { ApiKeyOrganizationResolver } from './api-key-organization.resolver.js';
import { ClaimLinks } from './claim-links.service.js';
import { IdentifiersResolver } from './identifiers/identifiers.resolver.js';
import { Identifiers } from './identifiers/identifiers.service.js';
import { OrganizationListsResolver } from './lists/organization-lists.resolver.js';
import { OrganizationLists } from './lists/organization-lists.service.js';
import { MergeResolver } from './merge/merge.resolver.js';
import { Merge } from './merge/merge.service.js';
import { StewardshipResolver } from './stewardship/stewardship.resolver.js';
import { Stewardship } from './stewardship/stewardship.service.js';
import { OrganizationsResolver } from './organizations.resolver.js';
import { Organizations } from './organizations.service.js';

@Module({
  providers: [
    ClaimLinks,
    Organizations,
    OrganizationsResolver,
    Identifiers,
    IdentifiersResolver,
    Merge,
    MergeResolver,
    Stewardship,
    StewardshipResolver,
    OrganizationLists,
    OrganizationListsResolver,
    ApiKeyOrganizationResolver,
  ],
  exports: [ClaimLinks, Organizations, Stewardship],
})
export class OrganizationsModule {}
