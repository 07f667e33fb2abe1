import { ArgsType, Field, ID, InputType, registerEnumType } from '@nestjs/graphql';
import { ConnectionArgs } from '../platform/api/connection.js';
import type { Order, OrderDirection } from '../platform/api/order.js';
import { OrderDirections } from '../platform/api/order.js';
import type { AgreementState } from './agreement.lifecycle.js';
import { AgreementStates } from './agreement-state.type.js';

export const AgreementOrderFields = { CREATED_AT: 'CREATED_AT', UPDATED_AT: 'UPDATED_AT' } as const;
export type AgreementOrderField = keyof typeof AgreementOrderFields;
registerEnumType(AgreementOrderFields, {
  name: 'AgreementOrderField',
  valuesMap: { UPDATED_AT: { description: 'For browsing; to synchronize use `events`, which skips no late commit.' } },
});

@InputType()
export class AgreementStateFilter {
  @Field(() => [AgreementStates])
  in: AgreementState[];
}

@InputType({ description: 'All given conditions must hold.' })
export class AgreementFilter {
  @Field(() => AgreementStateFilter, { nullable: true })
  state?: AgreementStateFilter | null;

  @Field(() => ID, { nullable: true, description: 'Agreements of this funder.' })
  funder?: string | null;

  @Field(() => ID, { nullable: true, description: 'Agreements with this grantee.' })
  grantee?: string | null;
}

@InputType()
export class AgreementOrder implements Order<AgreementOrderField> {
  @Field(() => AgreementOrderFields)
  field: AgreementOrderField;

  @Field(() => OrderDirections)
  direction: OrderDirection;
}

@ArgsType()
export class AgreementListArgs extends ConnectionArgs {
  @Field(() => AgreementFilter, { nullable: true })
  filter?: AgreementFilter | null;

  @Field(() => AgreementOrder, { nullable: true, description: 'Newest first when left out.' })
  orderBy?: AgreementOrder | null;
}
