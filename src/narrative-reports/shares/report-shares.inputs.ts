import { ArgsType, Field, InputType, registerEnumType } from '@nestjs/graphql';
import { ConnectionArgs } from '../../platform/api/connection.js';
import { IdField, NestedField, TextField } from '../../platform/api/fields.js';
import { MutationInput } from '../../platform/api/mutation-input.js';
import type { ResponseKind, ShareState } from './report-share.entity.js';

export const ShareStates = { AWAITING_RESPONSE: 'AWAITING_RESPONSE', ANSWERED: 'ANSWERED' } as const;
registerEnumType(ShareStates, {
  name: 'ReportShareState',
  valuesMap: {
    AWAITING_RESPONSE: { description: 'The funder owes an answer by `respondBy`.' },
    ANSWERED: { description: 'The funder answered, and keeps what it was shown.' },
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
  in: ShareState[];
}

@InputType()
export class ReportShareFilter {
  @NestedField(() => ReportShareStateFilter, { nullable: true })
  state?: ReportShareStateFilter | null;
}

@ArgsType()
export class ReportSharesArgs extends ConnectionArgs {
  @Field(() => ReportShareFilter, { nullable: true })
  filter?: ReportShareFilter | null;
}

@InputType()
export class UnshareReportInput extends MutationInput {
  @IdField('share')
  shareId: string;
}

@InputType()
export class RespondToReportInput extends MutationInput {
  @IdField('share')
  shareId: string;

  @Field(() => ResponseKinds)
  kind: ResponseKind;

  @TextField({ min: 10, max: 5_000, description: 'At least a sentence: 10 characters.' })
  text: string;
}
