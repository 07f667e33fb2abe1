import { InputType } from '@nestjs/graphql';
import { IdField, IdListField, IntField, NestedListField } from '../../platform/api/fields.js';
import { MutationInput } from '../../platform/api/mutation-input.js';

const MOST_SHARES = 50;

@InputType({ description: 'Which reporting expectation a share meets.' })
export class MetExpectationInput {
  @IdField('agreement', { description: 'One of `shareWith`.' })
  agreementId: string;

  @IdField('expectation', { description: 'An unmet expectation of that agreement.' })
  expectationId: string;
}

export const SHARE_WITH = {
  nullable: true,
  most: MOST_SHARES,
  description: `The agreements whose funders get a copy of the visible sections, at most ${MOST_SHARES}. Each was accepted. Errors: NOT_FOUND, NOT_SHAREABLE, REPORT_EMPTY (nothing visible to that funder).`,
};
export const MEETS = {
  nullable: true,
  most: MOST_SHARES,
  description:
    'Each share meets one expectation of its agreement: the one named here, else the earliest unmet, if any.',
};

@InputType()
export class ShareReportInput extends MutationInput {
  @IdField('report')
  id: string;

  @IntField({
    min: 1,
    max: 2_147_483_647,
    nullable: true,
    description: 'Which version of the text; the newest when left out.',
  })
  contentVersion?: number | null;

  @IdListField('agreement', { ...SHARE_WITH, nullable: false, least: 1 })
  shareWith: string[];

  @NestedListField(() => MetExpectationInput, MEETS)
  meets?: MetExpectationInput[] | null;
}
