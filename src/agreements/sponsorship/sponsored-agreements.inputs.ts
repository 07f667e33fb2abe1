import { ArgsType, Field, InputType } from '@nestjs/graphql';
import { ConnectionArgs } from '../../platform/api/connection.js';
import { AgreementStateFilter } from '../lists/agreement-list.inputs.js';

@InputType()
export class SponsoredAgreementFilter {
  @Field(() => AgreementStateFilter, { nullable: true })
  state?: AgreementStateFilter | null;
}

@ArgsType()
export class SponsoredAgreementsArgs extends ConnectionArgs {
  @Field(() => SponsoredAgreementFilter, { nullable: true })
  filter?: SponsoredAgreementFilter | null;
}
