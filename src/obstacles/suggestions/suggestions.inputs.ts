import { Field, InputType } from '@nestjs/graphql';
import { IdField, NestedField, TextField, TextListField } from '../../platform/api/fields.js';
import { MutationInput } from '../../platform/api/mutation-input.js';
import { DateScalar } from '../../platform/api/scalars/scalars.js';
import { CHOSEN_TIER, ObstacleImpactInput } from '../log/obstacle-log.inputs.js';
import type { Tier } from '../obstacle.lifecycle.js';
import { ObstacleTiers } from '../obstacle.type.js';

@InputType()
export class LogSuggestedObstacleInput extends MutationInput {
  @IdField('suggestion')
  id: string;

  @Field(() => ObstacleTiers, { description: CHOSEN_TIER })
  tier: Tier;

  @TextField({
    max: 5_000,
    nullable: true,
    description: "What happened, in your words. Left out, it is the suggestion's `summary` in your language.",
  })
  text?: string | null;

  @TextListField({ max: 60, most: 2, nullable: true, description: 'Further codes.' })
  otherCodes?: string[] | null;

  @Field(() => DateScalar, { nullable: true, description: "Left out, it is the suggestion's `beganMonth`." })
  beganMonth?: string | null;

  @NestedField(() => ObstacleImpactInput, {
    nullable: true,
    description: 'Left out, it is what the fact says: days of delay, or the transfer cost. With null it has none.',
  })
  impact?: ObstacleImpactInput | null;
}

@InputType()
export class DismissSuggestionInput extends MutationInput {
  @IdField('suggestion')
  id: string;
}
