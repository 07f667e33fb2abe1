import { ArgsType, Field, InputType, registerEnumType } from '@nestjs/graphql';
import { ConnectionArgs } from '../../platform/api/connection.js';
import { IdField, NestedField } from '../../platform/api/fields.js';
import { MutationInput } from '../../platform/api/mutation-input.js';
import type { Order, OrderDirection } from '../../platform/api/order.js';
import { OrderDirections } from '../../platform/api/order.js';
import type { ShownShareState } from './report-share.entity.js';

export const ShareStates = {
  AWAITING_RESPONSE: 'AWAITING_RESPONSE',
  ANSWERED: 'ANSWERED',
  REPLACED: 'REPLACED',
} as const satisfies { [S in ShownShareState]: S };
registerEnumType(ShareStates, {
  name: 'ReportShareState',
  valuesMap: {
    AWAITING_RESPONSE: { description: 'The funder owes an answer by `respondBy`.' },
    ANSWERED: { description: 'The funder answered, and keeps what it was shown.' },
    REPLACED: {
      description:
        'The grantee shared a corrected text before the funder answered: see `replacedBy`. It is found by its id alone, and no list has it.',
    },
  },
});

export const ResponseKinds = { LEARNED: 'LEARNED', QUESTION: 'QUESTION', HELP_OFFERED: 'HELP_OFFERED' } as const;
registerEnumType(ResponseKinds, {
  name: 'ReportResponseKind',
  description: 'How a funder answers a report. There is no approval, score or rejection.',
  valuesMap: {
    LEARNED: { description: 'What the funder learned from it.' },
    QUESTION: { description: 'Something it would like to understand.' },
    HELP_OFFERED: { description: 'Something it can do.' },
  },
});

@InputType()
export class ReportShareStateFilter {
  @Field(() => [ShareStates])
  in: ShownShareState[];
}

@InputType()
export class ReportShareFilter {
  @NestedField(() => ReportShareStateFilter, { nullable: true })
  state?: ReportShareStateFilter | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether an answer was due and is still owed.' })
  isOverdue?: boolean | null;
}

export const ShareOrderFields = { SHARED_AT: 'SHARED_AT', RESPOND_BY: 'RESPOND_BY' } as const;
export type ShareOrderField = keyof typeof ShareOrderFields;
registerEnumType(ShareOrderFields, {
  name: 'ReportShareOrderField',
  valuesMap: { RESPOND_BY: { description: 'The last day for an answer.' } },
});

@InputType()
export class ReportShareOrder implements Order<ShareOrderField> {
  @Field(() => ShareOrderFields)
  field: ShareOrderField;

  @Field(() => OrderDirections)
  direction: OrderDirection;
}

@ArgsType()
export class ReportSharesArgs extends ConnectionArgs {
  @Field(() => ReportShareFilter, { nullable: true })
  filter?: ReportShareFilter | null;

  @Field(() => ReportShareOrder, {
    nullable: true,
    description: 'Newest first when left out. What awaits your answer, the soonest first: RESPOND_BY, ASC.',
  })
  orderBy?: ReportShareOrder | null;
}

@InputType()
export class UnshareReportInput extends MutationInput {
  @IdField('share')
  shareId: string;
}
