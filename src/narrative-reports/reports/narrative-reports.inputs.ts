import { ArgsType, Field, InputType, registerEnumType } from '@nestjs/graphql';
import { NestedField } from '../../platform/api/fields.js';
import { ConnectionArgs } from '../../platform/api/connection.js';
import type { Order, OrderDirection } from '../../platform/api/order.js';
import { OrderDirections } from '../../platform/api/order.js';
import type { ReportState } from './narrative-report.lifecycle.js';

export const ReportStates = { DRAFT: 'DRAFT', SUBMITTED: 'SUBMITTED' } as const;
registerEnumType(ReportStates, {
  name: 'NarrativeReportState',
  description: 'A draft can be changed and deleted; a submitted report is final but for corrections.',
});
export const ReportOrderFields = { CREATED_AT: 'CREATED_AT', UPDATED_AT: 'UPDATED_AT' } as const;
export type ReportOrderField = keyof typeof ReportOrderFields;
registerEnumType(ReportOrderFields, {
  name: 'NarrativeReportOrderField',
  valuesMap: { UPDATED_AT: { description: 'For browsing; to synchronize use `events`, which skips no late commit.' } },
});

@InputType()
export class NarrativeReportOrder implements Order<ReportOrderField> {
  @Field(() => ReportOrderFields)
  field: ReportOrderField;

  @Field(() => OrderDirections)
  direction: OrderDirection;
}

@InputType()
export class NarrativeReportStateFilter {
  @Field(() => [ReportStates])
  in: ReportState[];
}

@InputType()
export class NarrativeReportFilter {
  @NestedField(() => NarrativeReportStateFilter, { nullable: true })
  state?: NarrativeReportStateFilter | null;
}

@ArgsType()
export class NarrativeReportsArgs extends ConnectionArgs {
  @Field(() => NarrativeReportFilter, { nullable: true })
  filter?: NarrativeReportFilter | null;

  @Field(() => NarrativeReportOrder, { nullable: true, description: 'Newest first when left out.' })
  orderBy?: NarrativeReportOrder | null;
}
