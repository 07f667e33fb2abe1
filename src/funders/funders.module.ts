import { Module } from '@nestjs/common';
import { OrganizationAsFunderResolver, RegisteredAsFunderResolver } from './funder-of-organization.resolver.js';
import { FundersResolver, ViewerAsFunderResolver } from './funders.resolver.js';
import { Funders } from './funders.service.js';
import { DutyRecords } from './records/duty-records.service.js';

@Module({
  providers: [
    Funders,
    DutyRecords,
    FundersResolver,
    ViewerAsFunderResolver,
    OrganizationAsFunderResolver,
    RegisteredAsFunderResolver,
  ],
  exports: [Funders, DutyRecords],
})
export class FundersModule {}
