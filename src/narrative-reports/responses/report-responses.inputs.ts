import { Field, InputType } from '@nestjs/graphql';
import { IdField, TextField } from '../../platform/api/fields.js';
import { MutationInput } from '../../platform/api/mutation-input.js';
import type { ResponseKind } from '../shares/report-share.entity.js';
import { ResponseKinds } from '../shares/report-shares.inputs.js';

@InputType()
export class RespondToReportInput extends MutationInput {
  @IdField('share')
  shareId: string;

  @Field(() => ResponseKinds)
  kind: ResponseKind;

  @TextField({ min: 10, max: 5_000, description: 'At least a sentence: 10 characters.' })
  text: string;
}

@InputType()
export class ReplyToReportResponseInput extends MutationInput {
  @IdField('share', { description: 'The share whose answer it is about.' })
  shareId: string;

  @TextField({ max: 5_000 })
  text: string;
}

@InputType()
export class RateReportResponseInput extends MutationInput {
  @IdField('share', { description: 'The share whose answer it is about.' })
  shareId: string;

  @Field(() => Boolean, { description: 'Did this help?' })
  helped: boolean;
}
