import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { FunderType } from '../../funders/funder.type.js';
import { funderById } from '../../funders/funders.loaders.js';
import { connectionOf } from '../../platform/api/connection.js';
import { Derived, Edge, PublicId } from '../../platform/api/derived.js';
import { Node, NodeType } from '../../platform/api/node.js';
import { Payload, PayloadEntity } from '../../platform/api/payload.js';
import { DateScalar, DateTimeScalar } from '../../platform/api/scalars/scalars.js';
import { ObstacleCodeType } from '../codes/obstacle-code.type.js';
import { codeByName } from '../codes/obstacle-codes.loaders.js';
import { practiceChangeById } from './practice-changes.loaders.js';
import type { PracticeChange } from './practice-changes.store.js';

export const PracticeChangeStates = { PUBLISHED: 'PUBLISHED', RETRACTED: 'RETRACTED' } as const;
export type PracticeChangeState = keyof typeof PracticeChangeStates;
registerEnumType(PracticeChangeStates, {
  name: 'PracticeChangeState',
  valuesMap: {
    PUBLISHED: { description: 'Readable by everybody, without a key.' },
    RETRACTED: { description: 'Taken back: listed no more, and to everybody but its funder not there.' },
  },
});

@NodeType('practiceChange', 'PracticeChange', practiceChangeById)
@ObjectType('PracticeChange', {
  implements: () => [Node],
  description:
    '"You said, we did": what a funder changed in its practice, in its own words. Public. It names codes of obstacles and no obstacle, grantee or count.',
})
export class PracticeChangeType extends Node {
  @PublicId('practiceChange')
  @Field(() => ID)
  declare id: string;

  @Derived<PracticeChange>(({ retractedAt }) => (retractedAt === null ? 'PUBLISHED' : 'RETRACTED'))
  @Field(() => PracticeChangeStates)
  state: PracticeChangeState;

  @Edge<PracticeChange, object>(funderById, (row) => row.funderId)
  @Field(() => FunderType, { nullable: true })
  funder: FunderType | null;

  @Field(() => [String], { description: 'The obstacles it is about, by their codes: one to five.' })
  codes: string[];

  @Derived<PracticeChange>(({ codes }, context) => Promise.all(codes.map((code) => context.load(codeByName, code))))
  @Field(() => [ObstacleCodeType], { description: 'The codes with their labels.' })
  obstacleCodes: ObstacleCodeType[];

  @Field(() => String, { description: 'What the funder heard.' })
  youSaid: string;

  @Field(() => String, { description: 'What it changed.' })
  weDid: string;

  @Field(() => DateScalar, { description: 'The first day of the month the change took effect in.' })
  effectiveMonth: string;

  @Field(() => DateTimeScalar)
  publishedAt: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Only its funder ever sees a date here.' })
  retractedAt: Date | null;

  @Field(() => Int)
  version: number;
}

export const PracticeChangeConnection = connectionOf(() => PracticeChangeType, 'PracticeChange');

@ObjectType()
export class PublishPracticeChangePayload extends Payload {
  @PayloadEntity(() => PracticeChangeType, practiceChangeById)
  practiceChange: PracticeChangeType | null;
}

@ObjectType()
export class RetractPracticeChangePayload extends Payload {
  @PayloadEntity(() => PracticeChangeType, practiceChangeById, 'As its funder sees it from now on.')
  practiceChange: PracticeChangeType | null;
}
