import { InputType } from '@nestjs/graphql';
import { IntField, NestedListField, TextField } from '../platform/api/fields.js';
import { MutationInput } from '../platform/api/mutation-input.js';

@InputType({ description: 'What is left out stays. Changes reach no duty that has already arisen.' })
export class UpdateFunderProfileInput extends MutationInput {
  @IntField({ min: 1, max: 2_147_483_647, description: 'The version you read. Error: STALE_VERSION.' })
  expectedVersion: number;

  @TextField({ min: 0, max: 2_000, nullable: true })
  mission?: string | null;

  @IntField({ min: 1, max: 365, nullable: true })
  responseDays?: number | null;

  @IntField({ min: 0, max: 1_095, nullable: true })
  noticeDays?: number | null;
}

@InputType()
export class ReportPromptInput {
  @TextField({ min: 3, max: 300, description: 'The question, in English.' })
  en: string;

  @TextField({ min: 3, max: 300, nullable: true, description: 'The question, in Vietnamese.' })
  vi?: string | null;
}

@InputType({ description: 'Replaces all own prompts; an empty list removes them.' })
export class SetReportPromptsInput extends MutationInput {
  @IntField({ min: 1, max: 2_147_483_647, description: 'The version you read. Error: STALE_VERSION.' })
  expectedVersion: number;

  @NestedListField(() => ReportPromptInput, { most: 3, description: 'At most three.' })
  prompts: ReportPromptInput[];
}
