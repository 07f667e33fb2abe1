import { Field, InputType } from '@nestjs/graphql';
import { IdField, IntField, NestedField, TextField, TextListField } from '../../platform/api/fields.js';
import { MoneyInput } from '../../platform/api/money.type.js';
import { MutationInput } from '../../platform/api/mutation-input.js';
import { DateScalar } from '../../platform/api/scalars/scalars.js';
import type { Tier } from '../obstacle.lifecycle.js';
import { STANDARD_GUARANTEE } from '../../statistics/queries/guarantee-text.rules.js';
import { ObstacleTiers } from '../obstacle.type.js';

/** Said where a grantee chooses, with what statistics may tell about it. */
export const CHOSEN_TIER = `Who may see it. It can be opened later, never closed. Every tier is counted in sealed statistics. ${STANDARD_GUARANTEE}`;

const VERSION = { min: 1, max: 2_147_483_647 };

@InputType({ description: 'What it cost. Each figure is optional.' })
export class ObstacleImpactInput {
  @IntField({ min: 1, max: 3_650, nullable: true, description: 'Days by which work was delayed.' })
  delayDays?: number | null;

  @NestedField(() => MoneyInput, { nullable: true })
  cost?: MoneyInput | null;

  @IntField({ min: 1, max: 1_000_000, nullable: true, description: "Hours of people's work lost." })
  hoursLost?: number | null;
}

@InputType()
export class LogObstacleInput extends MutationInput {
  @TextField({ max: 60, description: 'A code of `obstacleCodes`, the one that fits best: statistics count it.' })
  code: string;

  @TextListField({ max: 60, most: 2, nullable: true, description: 'Further codes.' })
  otherCodes?: string[] | null;

  @Field(() => ObstacleTiers, { description: CHOSEN_TIER })
  tier: Tier;

  @Field(() => DateScalar, { description: 'Any day of the month it began in; only the month is kept.' })
  beganMonth: string;

  @TextField({ max: 5_000, description: 'What happened.' })
  text: string;

  @NestedField(() => ObstacleImpactInput, { nullable: true })
  impact?: ObstacleImpactInput | null;

  @IdField('funder', {
    nullable: true,
    description: 'The funder concerned: one that has offered you an agreement, or is on record for one.',
  })
  funderId?: string | null;

  @IdField('agreement', { nullable: true, description: 'The agreement concerned; names its funder too.' })
  agreementId?: string | null;

  @TextField({
    max: 200,
    nullable: true,
    description:
      'A permanent id of your own. Sent again, even months later, it answers the first obstacle and never makes a second; with other content also the notice SUBMISSION_DIFFERS.',
  })
  clientSubmissionId?: string | null;
}

@InputType()
export class OpenObstacleTierInput extends MutationInput {
  @IdField('obstacle')
  id: string;

  @Field(() => ObstacleTiers, { description: 'A more open one than it has.' })
  tier: Tier;

  @IdField('funder', { nullable: true, description: 'To share one that names no funder yet.' })
  funderId?: string | null;

  @IdField('agreement', { nullable: true, description: 'To share one that names no funder yet.' })
  agreementId?: string | null;

  @IntField({ ...VERSION, description: 'The version you read.' })
  expectedVersion: number;
}

@InputType({ isAbstract: true })
abstract class ObstacleStepInput extends MutationInput {
  @IdField('obstacle')
  id: string;

  @IntField({ ...VERSION, description: 'The version you read.' })
  expectedVersion: number;
}

@InputType()
export class ResolveObstacleInput extends ObstacleStepInput {}

@InputType()
export class ReopenObstacleInput extends ObstacleStepInput {}

@InputType()
export class WithdrawObstacleInput extends ObstacleStepInput {}
