import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { GrantAgreement } from '../agreements/agreement.type.js';
import { agreementById } from '../agreements/agreements.loaders.js';
import { FunderType } from '../funders/funder.type.js';
import { funderById } from '../funders/funders.loaders.js';
import { GranteeType } from '../grantees/grantee.type.js';
import { granteeById } from '../grantees/grantees.loaders.js';
import { connectionOf } from '../platform/api/connection.js';
import { Derived, Edge, PublicId } from '../platform/api/derived.js';
import { Money } from '../platform/api/money.type.js';
import { Node, NodeType } from '../platform/api/node.js';
import { DateScalar, DateTimeScalar } from '../platform/api/scalars/scalars.js';
import { ObstacleCodeType } from './codes/obstacle-code.type.js';
import { codeByName } from './codes/obstacle-codes.loaders.js';
import type { ObstacleCommand, ObstacleState, Tier } from './obstacle.lifecycle.js';
import { OBSTACLE_COMMANDS, availableActions } from './obstacle.lifecycle.js';
import { obstacleById } from './obstacle.loaders.js';
import { isOverdue } from './obstacle.rules.js';
import type { Obstacle } from './obstacles.store.js';
import type { EarlierAnswer } from './sharing/shared-obstacle.entity.js';

export const ObstacleTiers = {
  AGGREGATE_ONLY: 'AGGREGATE_ONLY',
  CONFIDENTIAL: 'CONFIDENTIAL',
  SHARED: 'SHARED',
} as const;
registerEnumType(ObstacleTiers, {
  name: 'ObstacleTier',
  description: 'Who may see an obstacle. A tier only opens, it never closes.',
  valuesMap: {
    AGGREGATE_ONLY: {
      description: 'Only the line of keys that logged it. It is counted in statistics, and nobody else ever reads it.',
    },
    CONFIDENTIAL: {
      description:
        "The grantee and the steward. Refused where it concerns an organization that is, or ever was, the steward's own, and while the network has not said whose steward it has (`network`). Where that turns out later, the entry is closed to the steward and the grantee is told.",
    },
    SHARED: { description: 'Also the funder concerned, by name, who owes an answer.' },
  },
});

export const ObstacleStates = {
  LOGGED: 'LOGGED',
  OPEN: 'OPEN',
  ACKNOWLEDGED: 'ACKNOWLEDGED',
  ANSWERED: 'ANSWERED',
  RESOLVED: 'RESOLVED',
  WITHDRAWN: 'WITHDRAWN',
} as const;
registerEnumType(ObstacleStates, {
  name: 'ObstacleState',
  valuesMap: {
    LOGGED: { description: 'Logged, and not shared with a funder.' },
    OPEN: { description: 'Shared; the funder owes an answer by `respondBy`.' },
    ACKNOWLEDGED: { description: 'The funder has read it and still owes its answer.' },
    ANSWERED: { description: 'The funder said what will change.' },
    RESOLVED: { description: "By the grantee's word." },
    WITHDRAWN: { description: 'By the grantee. The funder keeps its id and date and no text.' },
  },
});

const actions = Object.keys(OBSTACLE_COMMANDS) as ObstacleCommand[];
export const ObstacleActions = Object.fromEntries(actions.map((action) => [action, action])) as {
  [A in ObstacleCommand]: A;
};
registerEnumType(ObstacleActions, {
  name: 'ObstacleAction',
  valuesMap: Object.fromEntries(
    actions.map((action) => [
      action,
      { description: `\`${OBSTACLE_COMMANDS[action].operation}\`: ${OBSTACLE_COMMANDS[action].does}.` },
    ]),
  ),
});

@ObjectType({ description: 'What an obstacle cost. Each figure is optional and by the grantee.' })
export class ObstacleImpact {
  @Field(() => Int, { nullable: true, description: 'Days by which work was delayed.' })
  delayDays: number | null;

  @Derived<Obstacle>(({ costMinor, costCurrency }) =>
    costMinor === null || costCurrency === null ? null : { minor: costMinor, currency: costCurrency },
  )
  @Field(() => Money, { nullable: true })
  cost: Money | null;

  @Field(() => Int, { nullable: true, description: "Hours of people's work lost." })
  hoursLost: number | null;
}

type Answer = Pick<Obstacle, 'acknowledgedAt' | 'answer' | 'changeBy' | 'answeredAt'>;

@ObjectType({ description: "The funder's side. Seen by the funder, the grantee and the steward." })
export class ObstacleResponse {
  @Field(() => DateTimeScalar, { nullable: true })
  acknowledgedAt: Date | null;

  @Derived<Answer>((row) => row.answer)
  @Field(() => String, { nullable: true, description: 'What will change; null while it is only acknowledged.' })
  text: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'By when it will have changed.' })
  changeBy: string | null;

  @Field(() => DateTimeScalar, { nullable: true })
  answeredAt: Date | null;
}

@NodeType('obstacle', 'Obstacle', obstacleById)
@ObjectType('Obstacle', {
  implements: () => [Node],
  description:
    'Something that got in the way of the work. What a caller may not see of it is null; whom its tier hides it from finds nothing at all.',
})
export class ObstacleType extends Node {
  @PublicId('obstacle')
  @Field(() => ID)
  declare id: string;

  @Field(() => ObstacleTiers, { description: 'Always SHARED for a funder.' })
  tier: Tier;

  @Field(() => ObstacleStates)
  state: ObstacleState;

  @Field(() => String, { nullable: true, description: 'The main code. Null for the funder once withdrawn.' })
  code: string | null;

  @Field(() => [String], { description: 'Up to two more codes.' })
  otherCodes: string[];

  @Derived<Obstacle>((row, context) =>
    Promise.all(
      [row.code, ...row.otherCodes].flatMap((code) => (code === null ? [] : [context.load(codeByName, code)])),
    ),
  )
  @Field(() => [ObstacleCodeType], { description: 'The codes with their labels, the main one first.' })
  codes: ObstacleCodeType[];

  @Field(() => DateScalar, {
    nullable: true,
    description: 'The first day of the month it began in. Null for the funder once withdrawn.',
  })
  beganMonth: string | null;

  @Field(() => String, { nullable: true, description: 'What happened. Null for the funder once withdrawn.' })
  text: string | null;

  @Derived<Obstacle>((row) => (row.delayDays === null && row.costMinor === null && row.hoursLost === null ? null : row))
  @Field(() => ObstacleImpact, { nullable: true })
  impact: ObstacleImpact | null;

  @Edge<Obstacle, object>(funderById, (row) => row.funderId)
  @Field(() => FunderType, { nullable: true, description: 'The funder concerned.' })
  funder: FunderType | null;

  @Edge<Obstacle, object>(agreementById, (row) => row.agreementId)
  @Field(() => GrantAgreement, { nullable: true, description: 'The agreement concerned.' })
  agreement: GrantAgreement | null;

  @Edge<Obstacle, object>(granteeById, (row) => row.organizationId)
  @Field(() => GranteeType, { nullable: true, description: 'Who logged it.' })
  grantee: GranteeType | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Never told to a funder, which sees `sharedAt`.' })
  loggedAt: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When the funder could first see it.' })
  sharedAt: Date | null;

  @Field(() => DateScalar, {
    nullable: true,
    description:
      'The day an answer is due: `responseDays` of the agreement or funder after sharing, fixed then; a new one when reopened.',
  })
  respondBy: string | null;

  @Derived<Obstacle>((row, { now }) => isOverdue(row, now))
  @Field(() => Boolean, { description: 'Whether an answer was due and is still owed.' })
  isOverdue: boolean;

  @Derived<Obstacle>((row) => (row.acknowledgedAt === null && row.answeredAt === null ? null : row))
  @Field(() => ObstacleResponse, { nullable: true, description: 'Since it was shared, or last reopened.' })
  response: ObstacleResponse | null;

  @Derived<Obstacle>((row) => (row.earlierAnswers ?? []).map(readAnswer))
  @Field(() => [ObstacleResponse], { description: 'What was answered before it was reopened, oldest first.' })
  earlierResponses: ObstacleResponse[];

  @Field(() => DateTimeScalar, { nullable: true })
  resolvedAt: Date | null;

  @Field(() => DateTimeScalar, { nullable: true })
  withdrawnAt: Date | null;

  @Derived<Obstacle>((row, { actor }) => availableActions(row.state, row.tier, actor.role))
  @Field(() => [ObstacleActions], { description: 'What this caller may do next.' })
  availableActions: ObstacleCommand[];

  @Field(() => Int, { description: "Counted for each viewer apart: a funder's begins at 1 with sharing." })
  version: number;

  @Field(() => DateTimeScalar, { description: 'For a funder: of what it can see.' })
  updatedAt: Date;
}

/** JSON holds instants as text. */
function readAnswer({ acknowledgedAt, answer, changeBy, answeredAt }: EarlierAnswer): Answer {
  return {
    acknowledgedAt: acknowledgedAt === null ? null : new Date(acknowledgedAt),
    answer,
    changeBy,
    answeredAt: new Date(answeredAt),
  };
}

export const ObstacleConnection = connectionOf(() => ObstacleType, 'Obstacle', { counted: true });
