import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { FunderType } from '../funders/funder.type.js';
import { funderById } from '../funders/funders.loaders.js';
import { GranteeType } from '../grantees/grantee.type.js';
import { granteeById } from '../grantees/grantees.loaders.js';
import { connectionOf } from '../platform/api/connection.js';
import { Derived, Edge, PublicId } from '../platform/api/derived.js';
import type { Amount } from '../platform/api/money.rules.js';
import { Money } from '../platform/api/money.type.js';
import { Node, NodeType } from '../platform/api/node.js';
import type { RequestContext } from '../platform/api/request-context.js';
import { CurrencyCodeScalar, DateScalar, DateTimeScalar } from '../platform/api/scalars/scalars.js';
import type { AgreementCommand, AgreementState } from './agreement.lifecycle.js';
import { AGREEMENT_COMMANDS, AGREEMENT_COMMAND_NAMES, availableActions } from './agreement.lifecycle.js';
import { agreementById, agreementDetails } from './agreements.loaders.js';
import type { InForce } from './amendments/amendments.loaders.js';
import { inForce, isBehind } from './amendments/amendments.loaders.js';
import type { Agreement, AgreementDetails } from './agreements.store.js';
import { ReportingExpectationType } from './expectations/expectation.type.js';
import { expectationsByAgreement } from './expectations/expectations.loaders.js';
import { DisbursementType } from './payments/disbursement.type.js';
import { InstallmentType } from './payments/installment.type.js';
import { countedTotal } from './payments/payment.rules.js';
import {
  disbursementsByAgreement,
  installmentsByAgreement,
  repaymentsByAgreement,
} from './payments/payments.loaders.js';
import { RepaymentType } from './payments/repayment.type.js';
import type { LobbyingClause, Restriction } from './terms/terms.rules.js';
import { AgreementRevisionType, LobbyingClauses, Restrictions } from './terms/terms.type.js';
import { revisionsByAgreement } from './terms/revisions.loaders.js';

export const AgreementStates = {
  DRAFT: 'DRAFT',
  OFFERED: 'OFFERED',
  CHANGES_REQUESTED: 'CHANGES_REQUESTED',
  ACTIVE: 'ACTIVE',
  COMPLETED: 'COMPLETED',
  RELEASED: 'RELEASED',
  DECLINED: 'DECLINED',
  WITHDRAWN: 'WITHDRAWN',
  RECORDED: 'RECORDED',
} as const satisfies { [S in AgreementState]: S };
registerEnumType(AgreementStates, {
  name: 'AgreementState',
  valuesMap: {
    DRAFT: { description: 'Never offered; only the funder sees it.' },
    OFFERED: { description: 'The grantee can accept, decline or request changes.' },
    CHANGES_REQUESTED: { description: 'The grantee would rather have other terms; the funder can offer again.' },
    ACTIVE: { description: 'Both are bound by it.' },
    COMPLETED: {
      description:
        'The term is over and every installment was received or released; found by a daily job. Active again when a repayment opens an installment.',
    },
    RELEASED: { description: 'Ended by consent, or because a party no longer exists.' },
    DECLINED: { description: 'The grantee said no.' },
    WITHDRAWN: { description: 'The funder took the offer back.' },
    RECORDED: { description: 'Imported history: read-only, and nothing follows from it.' },
  },
});

export const AgreementOrigins = { LIVE: 'LIVE', IMPORTED: 'IMPORTED' } as const;
registerEnumType(AgreementOrigins, { name: 'AgreementOrigin', description: 'Made here, or imported from 360Giving.' });

export const AgreementActions = Object.fromEntries(AGREEMENT_COMMAND_NAMES.map((name) => [name, name]));
registerEnumType(AgreementActions, {
  name: 'AgreementAction',
  description: 'What a caller can do with an agreement.',
  valuesMap: Object.fromEntries(
    AGREEMENT_COMMAND_NAMES.map((name) => {
      const { operation, does } = AGREEMENT_COMMANDS[name];
      return [name, { description: operation === null ? `No mutation: ${does}.` : `\`${operation}\`: ${does}.` }];
    }),
  ),
});

/** An amendment whose day has come counts from its first instant, also while the rows do not show it yet. */
function current<T>(
  shown: (row: Agreement, context: RequestContext) => T,
  amended: (inForce: InForce) => T,
): PropertyDecorator {
  return Derived<Agreement>((row, context) => {
    if (!isBehind(row, context.now)) return shown(row, context);
    return inForce(row, context).then((found) => (found ? amended(found) : shown(row, context)));
  });
}

/** What lists leave out is read, for all agreements of a page in one statement, when the first of it is asked for. */
const detail = (name: keyof AgreementDetails): PropertyDecorator =>
  Derived<Agreement>(async (row, context) => (await context.load(agreementDetails, row.id))?.[name]);

@NodeType('agreement', 'GrantAgreement', agreementById)
@ObjectType('GrantAgreement', {
  implements: () => [Node],
  description:
    'A promise between a funder and a grantee. Seen by the funder, by the grantee from the first offer on, and then by the steward. Until it is accepted it shows the terms last offered.',
})
export class GrantAgreement extends Node {
  @PublicId('agreement')
  @Field(() => ID)
  declare id: string;

  @Edge<Agreement, object>(funderById, (row) => row.funderId)
  @Field(() => FunderType, { nullable: true })
  funder: FunderType | null;

  @Edge<Agreement, object>(granteeById, (row) => row.granteeId)
  @Field(() => GranteeType, { nullable: true })
  grantee: GranteeType | null;

  @current((row) => row.state, ({ schedule }) => schedule.state)
  @Field(() => AgreementStates)
  state: AgreementState;

  @Field(() => AgreementOrigins)
  origin: 'LIVE' | 'IMPORTED';

  @Field(() => Restrictions)
  restriction: Restriction;

  @current<Amount>(
    (row) => ({ minor: row.committedMinor, currency: row.currency }),
    ({ schedule, currency }) => ({ minor: schedule.committedMinor, currency }),
  )
  @Field(() => Money, { description: 'What the funder promises in all.' })
  committed: Money;

  @Field(() => CurrencyCodeScalar)
  currency: string;

  @Field(() => DateScalar, { nullable: true })
  awardedOn: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'Null only for imported history.' })
  startsOn: string | null;

  @current((row) => row.endsOn, ({ schedule }) => schedule.endsOn)
  @Field(() => DateScalar, { nullable: true, description: 'Null only for imported history.' })
  endsOn: string | null;

  @detail('noticeDays')
  @Field(() => Int, { nullable: true, description: 'Days between an adverse proposal and its effect.' })
  noticeDays: number | null;

  @detail('responseDays')
  @Field(() => Int, { nullable: true, description: 'Days within which the funder answers a report.' })
  responseDays: number | null;

  @detail('lobbyingClause')
  @Field(() => LobbyingClauses, { nullable: true })
  lobbyingClause: LobbyingClause | null;

  @detail('lobbyingReason')
  @Field(() => String, { nullable: true })
  lobbyingReason: string | null;

  @detail('note')
  @Field(() => String, { nullable: true })
  note: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Where its days end (IANA): the grantee's zone when it accepted; null before.",
  })
  timeZone: string | null;

  @Field(() => Int, { description: 'The revision of the terms shown here. Accepting names it.' })
  revision: number;

  @Derived<Agreement>(async (row, context) =>
    ((await context.load(revisionsByAgreement, row.id)) ?? []).filter(({ offeredAt }) => offeredAt !== null),
  )
  @Field(() => [AgreementRevisionType], { description: 'Every revision that was offered, readable forever.' })
  revisions: AgreementRevisionType[];

  @Derived<Agreement>(
    async (row, context) =>
      (await context.load(revisionsByAgreement, row.id))?.find(({ offeredAt }) => offeredAt === null) ?? null,
  )
  @Field(() => AgreementRevisionType, {
    nullable: true,
    description: 'What is not offered yet. Only the funder has one.',
  })
  draftRevision: AgreementRevisionType | null;

  @current<unknown>((row, context) => context.load(installmentsByAgreement, row.id), ({ installments }) => installments)
  @Field(() => [InstallmentType], { description: 'In the order they are due.' })
  installments: InstallmentType[];

  @Derived<Agreement>((row, context) => context.load(disbursementsByAgreement, row.id))
  @Field(() => [DisbursementType], { description: 'All payments, in the order they were sent.' })
  disbursements: DisbursementType[];

  @Derived<Agreement>(async (row, context) => {
    const payments = (await context.load(disbursementsByAgreement, row.id)) ?? [];
    return { minor: countedTotal(payments), currency: row.currency };
  })
  @Field(() => Money, {
    description: 'Sent or received, less what went back; what is missing, returned, voided or surplus does not count.',
  })
  sentTotal: Money;

  @Derived<Agreement>(async (row, context) => {
    const totals = new Map<string, bigint>();
    for (const { receivedMinor, receivedCurrency } of (await context.load(disbursementsByAgreement, row.id)) ?? []) {
      if (receivedMinor !== null && receivedCurrency !== null) {
        totals.set(receivedCurrency, (totals.get(receivedCurrency) ?? 0n) + receivedMinor);
      }
    }
    return [...totals].map(([currency, minor]) => ({ minor, currency }));
  })
  @Field(() => [Money], { description: 'What the grantee says has arrived, one total for each currency.' })
  receivedTotals: Money[];

  @Derived<Agreement>((row, context) => context.load(repaymentsByAgreement, row.id))
  @Field(() => [RepaymentType], { description: 'Received money that the grantee sent back, in order.' })
  repayments: RepaymentType[];

  @current<unknown>((row, context) => context.load(expectationsByAgreement, row.id), ({ expectations }) => expectations)
  @Field(() => [ReportingExpectationType], { description: 'When the funder hopes for a report, in order.' })
  expectations: ReportingExpectationType[];

  @Derived<Agreement>((row, context) => {
    const { role } = context.actor;
    if (!isBehind(row, context.now)) return availableActions(row.state, role);
    return inForce(row, context).then((found) => availableActions(found?.schedule.state ?? row.state, role));
  })
  @Field(() => [AgreementActions], { description: 'What this caller may do now.' })
  availableActions: AgreementCommand[];

  @detail('changesRequested')
  @Field(() => String, { nullable: true, description: 'What the grantee would rather have, while that is open.' })
  changesRequested: string | null;

  @detail('acceptedByName')
  @Field(() => String, { nullable: true, description: 'The person who accepted for the grantee.' })
  acceptedByName: string | null;

  @detail('acceptedByTitle')
  @Field(() => String, { nullable: true })
  acceptedByTitle: string | null;

  @Derived<Agreement>(
    async (row, context) => (await context.load(agreementDetails, row.id))?.acceptedDigest?.toString('hex') ?? null,
  )
  @Field(() => String, {
    nullable: true,
    description: 'SHA-256 (hexadecimal) of the text that was accepted, which is the `text` of that revision.',
  })
  acceptedDigest: string | null;

  @detail('offeredAt')
  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was last offered.' })
  offeredAt: Date | null;

  @detail('acceptedAt')
  @Field(() => DateTimeScalar, { nullable: true })
  acceptedAt: Date | null;

  @detail('endedAt')
  @Field(() => DateTimeScalar, { nullable: true })
  endedAt: Date | null;

  @Derived<Agreement>(async (row, context) => {
    const renewsId = (await context.load(agreementDetails, row.id))?.renewsId;
    return renewsId ? context.load(agreementById, renewsId) : null;
  })
  @Field(() => GrantAgreement, { nullable: true, description: 'The agreement this one renews.' })
  renews: GrantAgreement | null;

  @Field(() => Int)
  version: number;

  @Field(() => DateTimeScalar)
  createdAt: Date;

  @Field(() => DateTimeScalar)
  updatedAt: Date;
}

export const AgreementConnection = connectionOf(() => GrantAgreement, 'GrantAgreement', { counted: true });
