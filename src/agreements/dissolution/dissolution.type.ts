import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Derived, Edge, PublicId } from '../../platform/api/derived.js';
import { Node, NodeType } from '../../platform/api/node.js';
import { Payload, PayloadEntity } from '../../platform/api/payload.js';
import { DateScalar, DateTimeScalar } from '../../platform/api/scalars/scalars.js';
import { GrantAgreement } from '../agreement.type.js';
import { agreementById } from '../agreements.loaders.js';
import type { CeasedParty } from './dissolution.entity.js';
import type { DissolutionCommand, DissolutionState } from './dissolution.lifecycle.js';
import { DISSOLUTION_COMMANDS, DISSOLUTION_COMMAND_NAMES } from './dissolution.lifecycle.js';
import { dissolutionById, loadDissolutionActions } from './dissolutions.loaders.js';
import type { Dissolution } from './dissolutions.store.js';

export const CeasedParties = { FUNDER: 'FUNDER', GRANTEE: 'GRANTEE' } as const satisfies { [P in CeasedParty]: P };
registerEnumType(CeasedParties, { name: 'CeasedParty', description: 'Which party no longer exists.' });

export const DissolutionStates = {
  ANNOUNCED: 'ANNOUNCED',
  RECORDED: 'RECORDED',
  WITHDRAWN: 'WITHDRAWN',
} as const satisfies { [S in DissolutionState]: S };
registerEnumType(DissolutionStates, {
  name: 'DissolutionState',
  valuesMap: {
    ANNOUNCED: { description: 'Both parties have the notice; the agreement goes on until it is recorded.' },
    RECORDED: { description: 'The agreement ended.' },
    WITHDRAWN: { description: 'The steward took the notice back.' },
  },
});

export const DissolutionActions = Object.fromEntries(DISSOLUTION_COMMAND_NAMES.map((name) => [name, name]));
registerEnumType(DissolutionActions, {
  name: 'DissolutionAction',
  description: 'What a caller can do with a dissolution.',
  valuesMap: Object.fromEntries(
    DISSOLUTION_COMMAND_NAMES.map((name) => {
      const { operation, does } = DISSOLUTION_COMMANDS[name];
      return [name, { description: `\`${operation}\`: ${does}.` }];
    }),
  ),
});

@NodeType('dissolution', 'Dissolution', dissolutionById)
@ObjectType('Dissolution', {
  implements: () => [Node],
  description:
    'A party no longer exists: the notice of it by the steward, and the end of the agreement. Seen by both parties, the fiscal sponsor and the steward.',
})
export class DissolutionType extends Node {
  @PublicId('dissolution')
  @Field(() => ID)
  declare id: string;

  @Edge<Dissolution, object>(agreementById, (row) => row.agreementId)
  @Field(() => GrantAgreement, { nullable: true })
  agreement: GrantAgreement | null;

  @Field(() => CeasedParties)
  ceased: CeasedParty;

  @Field(() => String, { description: 'The legal basis, in words.' })
  legalBasis: string;

  @Field(() => DissolutionStates)
  state: DissolutionState;

  @Field(() => DateTimeScalar)
  announcedAt: Date;

  @Field(() => DateScalar, {
    description: 'The first day it can be recorded, where the agreement lives: 60 days after the notice.',
  })
  earliestOn: string;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was recorded or withdrawn.' })
  decidedAt: Date | null;

  @Derived<Dissolution>((row, context) => loadDissolutionActions(row, context))
  @Field(() => [DissolutionActions], {
    description:
      'What this caller may do now; `RECORD` from `earliestOn` on, while the agreement is active and once no payment is on its way.',
  })
  availableActions: DissolutionCommand[];

  @Field(() => Int)
  version: number;
}

@ObjectType({ isAbstract: true })
abstract class DissolutionPayload extends Payload {
  @PayloadEntity(() => DissolutionType, dissolutionById)
  dissolution: DissolutionType | null;
}

@ObjectType()
export class AnnounceDissolutionPayload extends DissolutionPayload {}

@ObjectType()
export class RecordDissolutionPayload extends DissolutionPayload {}

@ObjectType()
export class WithdrawDissolutionPayload extends DissolutionPayload {}
