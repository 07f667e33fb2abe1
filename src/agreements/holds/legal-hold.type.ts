import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { PublicId } from '../../platform/api/derived.js';
import { Node, NodeType } from '../../platform/api/node.js';
import { Payload, PayloadEntity } from '../../platform/api/payload.js';
import { DateScalar, DateTimeScalar } from '../../platform/api/scalars/scalars.js';
import type { HoldGround } from './legal-hold.entity.js';
import { legalHoldById } from './legal-holds.loaders.js';

export const HoldGrounds = {
  EXPENDITURE_RESPONSIBILITY: 'EXPENDITURE_RESPONSIBILITY',
  SANCTIONS_SCREENING: 'SANCTIONS_SCREENING',
  COURT_ORDER: 'COURT_ORDER',
} as const satisfies { [G in HoldGround]: G };
registerEnumType(HoldGrounds, {
  name: 'LegalHoldGround',
  description: 'The only reasons for which law may keep a payment back. A report is none of them.',
});

@NodeType('legalHold', 'LegalHold', legalHoldById)
@ObjectType('LegalHold', {
  implements: () => [Node],
  description: 'The law keeps an installment back for a while. Seen by both parties and the steward.',
})
export class LegalHoldType extends Node {
  @PublicId('legalHold')
  @Field(() => ID)
  declare id: string;

  @Field(() => HoldGrounds)
  ground: HoldGround;

  @Field(() => String, { description: 'The law, order or rule, in words.' })
  legalBasis: string;

  @Field(() => DateTimeScalar, { description: 'When it was placed: never earlier than when the funder said so.' })
  placedAt: Date;

  @Field(() => DateScalar, { description: "That day in the agreement's time zone. Later days are not late." })
  placedOn: string;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Null while it lasts.' })
  liftedAt: Date | null;

  @Field(() => DateScalar, { nullable: true, description: 'The last day that is not counted as late.' })
  liftedOn: string | null;

  @Field(() => Int)
  version: number;
}

@ObjectType({ isAbstract: true })
abstract class LegalHoldPayload extends Payload {
  @PayloadEntity(() => LegalHoldType, legalHoldById)
  legalHold: LegalHoldType | null;
}

@ObjectType()
export class PlaceLegalHoldPayload extends LegalHoldPayload {}

@ObjectType()
export class LiftLegalHoldPayload extends LegalHoldPayload {}
