import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { GranteeType } from '../../grantees/grantee.type.js';
import { granteeById } from '../../grantees/grantees.loaders.js';
import { Derived, Edge, PublicId } from '../../platform/api/derived.js';
import { Money } from '../../platform/api/money.type.js';
import { Node, NodeType } from '../../platform/api/node.js';
import { DateScalar, DateTimeScalar } from '../../platform/api/scalars/scalars.js';
import { RevisionChange } from '../terms/terms-comparison.type.js';
import { loadAmendmentNow } from './amendment-now.loaders.js';
import type { AmendmentAction, AmendmentParty, AmendmentState } from './amendment.lifecycle.js';
import { AMENDMENT_ACTIONS, AMENDMENT_COMMANDS, amendmentActions } from './amendment.lifecycle.js';
import type { AmendmentKind } from './amendment.rules.js';
import type { ConsentParty } from './consent.rules.js';
import { consentPartyOf, stillNeeded } from './consent.rules.js';
import { LAPSE_WORDS } from './lapse-words.rules.js';
import type { LapseReason } from './waiting-amendments.rules.js';
import { LAPSE_REASONS } from './waiting-amendments.rules.js';
import { amendmentById } from './amendments.loaders.js';
import { loadEarlyEnd } from './early-end.loaders.js';
import type { EarlyEnd } from './early-end.rules.js';
import type { Amendment } from './amendments.store.js';

const GOOD = 'Good for the grantee: by the funder it takes effect at once.';
const ADVERSE = 'Needs the other party, and notice; of a sponsored project the group and its sponsor.';
export const AmendmentKinds = {
  ADD_FUNDS: 'ADD_FUNDS',
  MOVE_PAYMENT_EARLIER: 'MOVE_PAYMENT_EARLIER',
  EXTEND_TERM: 'EXTEND_TERM',
  DROP_REPORT: 'DROP_REPORT',
  REDUCE_FUNDS: 'REDUCE_FUNDS',
  MOVE_PAYMENT_LATER: 'MOVE_PAYMENT_LATER',
  SHORTEN_TERM: 'SHORTEN_TERM',
  RELEASE: 'RELEASE',
  CHANGE_SPONSOR: 'CHANGE_SPONSOR',
} as const satisfies { [K in AmendmentKind]: K };
registerEnumType(AmendmentKinds, {
  name: 'AmendmentKind',
  valuesMap: {
    ADD_FUNDS: { description: `New installments, or higher ones. ${GOOD}` },
    MOVE_PAYMENT_EARLIER: { description: GOOD },
    EXTEND_TERM: { description: GOOD },
    DROP_REPORT: { description: GOOD },
    REDUCE_FUNDS: { description: `Lower installments, or given up ones. ${ADVERSE}` },
    MOVE_PAYMENT_LATER: { description: ADVERSE },
    SHORTEN_TERM: { description: ADVERSE },
    RELEASE: {
      description: `Ends the agreement: nothing more is sent or expected. Of each installment what was paid stays, and what is committed becomes what was paid (\`earlyEnd\`). ${ADVERSE}`,
    },
    CHANGE_SPONSOR: {
      description:
        'Another fiscal sponsor of a sponsored project. Needs the new sponsor, which answers first, the group and the funder; waits for money in flight.',
    },
  },
});

export const AmendmentStates = {
  PROPOSED: 'PROPOSED',
  ACCEPTED: 'ACCEPTED',
  DECLINED: 'DECLINED',
  WITHDRAWN: 'WITHDRAWN',
  LAPSED: 'LAPSED',
} as const satisfies { [S in AmendmentState]: S };
registerEnumType(AmendmentStates, {
  name: 'AmendmentState',
  valuesMap: {
    PROPOSED: { description: 'Waits for those in `stillNeeded`; silence is not consent.' },
    ACCEPTED: {
      description:
        'Agreed. It waits for its day, and is in effect once it has a `revision`. Until that day the funder can withdraw it.',
    },
    WITHDRAWN: { description: 'The proposer took it back, or the funder gave up what was agreed before its day.' },
    LAPSED: { description: 'Agreed, and on its day nothing was left to change: `lapsedBecause` says why.' },
  },
});

export const AmendmentParties = {
  FUNDER: 'FUNDER',
  GRANTEE: 'GRANTEE',
  SPONSOR: 'SPONSOR',
  NEW_SPONSOR: 'NEW_SPONSOR',
} as const satisfies { [P in ConsentParty]: P };
registerEnumType(AmendmentParties, {
  name: 'AmendmentParty',
  valuesMap: {
    SPONSOR: { description: 'The fiscal sponsor of a sponsored project.' },
    NEW_SPONSOR: { description: 'The one that shall follow it.' },
  },
});

export const LapseReasons = {
  AGREEMENT_ENDED: 'AGREEMENT_ENDED',
  AGREEMENT_COMPLETED: 'AGREEMENT_COMPLETED',
  MONEY_SENT: 'MONEY_SENT',
  NOTHING_LEFT: 'NOTHING_LEFT',
  LEAVES_NOTHING: 'LEAVES_NOTHING',
} as const satisfies { [R in LapseReason]: R };
registerEnumType(LapseReasons, {
  name: 'AmendmentLapseReason',
  description: 'Why an amendment that was agreed changed nothing on its day.',
  valuesMap: Object.fromEntries(LAPSE_REASONS.map((reason) => [reason, { description: LAPSE_WORDS[reason].en }])),
});

export const AmendmentActions = Object.fromEntries(AMENDMENT_ACTIONS.map((name) => [name, name]));
registerEnumType(AmendmentActions, {
  name: 'AmendmentAction',
  description: 'What a caller can do with an amendment.',
  valuesMap: Object.fromEntries(
    AMENDMENT_ACTIONS.map((name) => {
      const rules = Object.values(AMENDMENT_COMMANDS).filter(({ action }) => action === name);
      return [name, { description: `\`${rules[0].operation}\`: ${rules.map(({ does }) => does).join('. Or: ')}.` }];
    }),
  ),
});

type EarlyEndRow = EarlyEnd & { readonly currency: string };
const amount = (name: 'paidMinor' | 'dueBeforeMinor' | 'notComingMinor'): PropertyDecorator =>
  Derived<EarlyEndRow>((row) => ({ minor: row[name], currency: row.currency }));

@ObjectType('EarlyEnd', {
  description: 'What an early end leaves and takes, by what is paid now; what it left and took once it is in effect.',
})
export class EarlyEndType {
  @Field(() => DateScalar, {
    description: 'The day it takes effect: the one that was proposed, or that of the last consent if that is later.',
  })
  on: string;

  @amount('paidMinor')
  @Field(() => Money, { description: 'What was sent and stays: what will have been committed.' })
  paid: Money;

  @amount('dueBeforeMinor')
  @Field(() => Money, {
    description:
      'Due before that day and not sent: still owed until then. What of it is not paid by then will not come.',
  })
  dueBefore: Money;

  @amount('notComingMinor')
  @Field(() => Money, { description: 'What was promised and will not come.' })
  notComing: Money;
}

@NodeType('amendment', 'Amendment', amendmentById)
@ObjectType('Amendment', {
  implements: () => [Node],
  description:
    'A change of an active agreement, proposed by either party. Seen by both, by the fiscal sponsor and the one that shall follow it, and by the steward.',
})
export class AmendmentType extends Node {
  @PublicId('amendment')
  @Field(() => ID)
  declare id: string;

  @Field(() => AmendmentKinds)
  kind: AmendmentKind;

  @Derived<Amendment>(async (row, context) => (await loadAmendmentNow(row, context)).state)
  @Field(() => AmendmentStates)
  state: AmendmentState;

  @Derived<Amendment>(async (row, context) => (await loadAmendmentNow(row, context)).lapsedBecause)
  @Field(() => LapseReasons, { nullable: true, description: 'Why it changed nothing; null for all but `LAPSED`.' })
  lapsedBecause: LapseReason | null;

  @Derived<Amendment>(async (row, context) => {
    const { lapsedBecause } = await loadAmendmentNow(row, context);
    return lapsedBecause && LAPSE_WORDS[lapsedBecause][context.locale];
  })
  @Field(() => String, {
    nullable: true,
    description: '`lapsedBecause` in words, in the language of `Accept-Language` (English, Vietnamese).',
  })
  lapsedBecauseText: string | null;

  @Derived<Amendment>(async (row, context) => (await loadAmendmentNow(row, context)).isStale)
  @Field(() => Boolean, {
    description:
      'Whether other terms took effect since it was proposed, or what it started from was withdrawn or lapsed: it can no longer be accepted.',
  })
  isStale: boolean;

  @Field(() => Int, { description: 'The revision it starts from.' })
  baseRevision: number;

  @Field(() => AmendmentParties)
  proposedBy: AmendmentParty;

  @Field(() => [AmendmentParties], { description: 'Who agreed so far, the proposer first.' })
  agreedBy: ConsentParty[];

  @Derived<Amendment>((row) => (row.state === 'PROPOSED' ? stillNeeded(row) : []))
  @Field(() => [AmendmentParties], { description: 'Whose consent it still takes; empty when it is decided.' })
  stillNeeded: ConsentParty[];

  @Edge<Amendment, object>(granteeById, (row) => row.newSponsorId)
  @Field(() => GranteeType, { nullable: true, description: 'For `CHANGE_SPONSOR`.' })
  newSponsor: GranteeType | null;

  @Field(() => String, {
    nullable: true,
    description:
      'For `CHANGE_SPONSOR`: the whole terms as they would be, in English and Vietnamese. What the new sponsor agrees to.',
  })
  proposedText: string | null;

  @Derived<Amendment>(({ shown }) => shown)
  @Field(() => [RevisionChange], {
    description:
      'How the terms would differ on the day it takes effect, as they stood when it was proposed. Of an early end: if what is due before that day is paid.',
  })
  changes: RevisionChange[];

  @Derived<Amendment>((row, context) => loadEarlyEnd(row, context))
  @Field(() => EarlyEndType, {
    nullable: true,
    description: 'For `RELEASE`, while it is proposed or accepted, and afterwards: the day and the money.',
  })
  earlyEnd: EarlyEndType | null;

  @Field(() => String, { nullable: true })
  message: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'The day an adverse one takes effect; until then the old schedule counts. Null for the others.',
  })
  effectiveOn: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'How long the notice lasts: an earlier `effectiveOn` needs the grantee to waive it.',
  })
  noticeUntil: string | null;

  @Field(() => Boolean, { description: 'Whether the grantee waived the notice.' })
  noticeWaived: boolean;

  @Derived<Amendment>(async (row, context) =>
    (await loadAmendmentNow(row, context)).state === 'ACCEPTED' ? row.takesEffectAt : null,
  )
  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'When it takes or took effect: on its day, or at acceptance if that is later. Null unless it is accepted.',
  })
  takesEffectAt: Date | null;

  @Field(() => Int, { nullable: true, description: 'The revision it made; null until it is in effect.' })
  revision: number | null;

  @Field(() => DateTimeScalar)
  proposedAt: Date;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it was accepted, declined or, as a proposal, withdrawn.',
  })
  decidedAt: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'When the funder withdrew what was accepted, or it was written that it lapsed, which a job does on its day. Null for all else.',
  })
  endedAt: Date | null;

  @Derived<Amendment>(async (row, context) =>
    amendmentActions(
      { ...row, ...(await loadAmendmentNow(row, context)) },
      consentPartyOf(row, context.actor),
      context.now,
    ),
  )
  @Field(() => [AmendmentActions], {
    description:
      "What this caller may do now. `WITHDRAW` is the proposer's while it is proposed, and the funder's until the day of what was accepted.",
  })
  availableActions: AmendmentAction[];

  @Field(() => Int)
  version: number;
}
