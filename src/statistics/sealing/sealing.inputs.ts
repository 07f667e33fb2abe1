import { Field, InputType } from '@nestjs/graphql';
import { TextField } from '../../platform/api/fields.js';
import { MutationInput } from '../../platform/api/mutation-input.js';

@InputType({ description: 'Closes a quarter or a year for good, and publishes its figures.' })
export class SealObstacleReleaseInput extends MutationInput {
  @TextField({ max: 20, description: 'A quarter like `2026-Q3`, or, after its four quarters, a year like `2026`.' })
  period: string;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Only tells whether it would be refused, or close without figures. It tells no count.',
  })
  dryRun: boolean;
}
