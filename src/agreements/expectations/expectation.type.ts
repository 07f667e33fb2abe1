import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../../platform/api/connection.js';
import { Derived, PublicId } from '../../platform/api/derived.js';
import { Node, NodeType } from '../../platform/api/node.js';
import { Payload, PayloadEntity } from '../../platform/api/payload.js';
import { DateScalar, DateTimeScalar } from '../../platform/api/scalars/scalars.js';
import type { ExpectationState } from './expectation.rules.js';
import { expectationState } from './expectation.rules.js';
import { ExpectationStates } from './expectation-states.type.js';
import { expectationById } from './expectations.loaders.js';
import type { Expectation } from './expectations.store.js';

@NodeType('expectation', 'ReportingExpectation', expectationById)
@ObjectType('ReportingExpectation', {
  implements: () => [Node],
  description: 'When a funder hopes for a report. Seen by both parties and the steward. Payment never depends on it.',
})
export class ReportingExpectationType extends Node {
  @PublicId('expectation')
  @Field(() => ID)
  declare id: string;

  @Field(() => DateScalar, { description: 'The day in the agreement; it stays when the expectation is moved.' })
  dueOn: string;

  @Field(() => DateScalar, { nullable: true, description: 'The day the grantee moved it to.' })
  movedTo: string | null;

  @Field(() => DateScalar, { description: 'The day it is expected: `movedTo`, else `dueOn`.' })
  expectedOn: string;

  @Derived<Expectation>((row, { now }) => expectationState(row, now))
  @Field(() => ExpectationStates)
  state: ExpectationState;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "When its day ends in the agreement's time zone; null until the agreement is accepted.",
  })
  overdueAt: Date | null;

  @Field(() => DateTimeScalar, { nullable: true })
  waivedAt: Date | null;

  @Field(() => Int)
  version: number;
}

export const ReportingExpectationConnection = connectionOf(() => ReportingExpectationType, 'ReportingExpectation');

@ObjectType()
export class MoveExpectationPayload extends Payload {
  @PayloadEntity(() => ReportingExpectationType, expectationById)
  expectation: ReportingExpectationType | null;
}

@ObjectType()
export class WaiveExpectationPayload extends Payload {
  @PayloadEntity(() => ReportingExpectationType, expectationById)
  expectation: ReportingExpectationType | null;
}
