import { Module } from '@nestjs/common';
import { OrganizationsModule } from '../organizations/organizations.module.js';
import { OrganizationAsGranteeResolver, RegisteredAsGranteeResolver } from './grantee-of-organization.resolver.js';
import { GranteesResolver, ViewerAsGranteeResolver } from './grantees.resolver.js';
import { Grantees } from './grantees.service.js';
import { Invitations } from './invitations.service.js';

@Module({
  imports: [OrganizationsModule],
  providers: [
    Grantees,
    Invitations,
    GranteesResolver,
    ViewerAsGranteeResolver,
    OrganizationAsGranteeResolver,
    RegisteredAsGranteeResolver,
  ],
  exports: [Grantees],
})
export class GranteesModule {}
