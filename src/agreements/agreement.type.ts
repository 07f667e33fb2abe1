import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
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
import { updateSeenBy, versionSeenBy } from './agreement-versions.rules.js';
import { loadAvailableActions } from './agreement-actions.loaders.js';
import { stateInForce } from './agreement-now.loaders.js';
import { AgreementActions, AgreementOrigins, AgreementStates } from './agreement-state.type.js';
import { agreementById, agreementDetails } from './agreements.loaders.js';
import { stateAt } from './completion/completion.rules.js';
import type { InForce } from './amendments/amendments.loaders.js';
import { inForce, isBehind } from './amendments/amendments.loaders.js';
import type { Agreement, AgreementDetails } from './agreements.store.js';
import { ReportingExpectationType } from './expectations/expectation.type.js';
import { expectationsByAgreement } from './expectations/expectations.loaders.js';
import { DisbursementType } from './payments/disbursement.type.js';
import { InstallmentType, isLateOf } from './payments/installment.type.js';
import { nextDueOn } from './payments/lateness.rules.js';
import { ReceivedTotals, SentTotal } from './payments/payment-totals.js';
import {
  disbursementsByAgreement,
  installmentsByAgreement,
  repaymentsByAgreement,
} from './payments/payments.loaders.js';
import { RepaymentType } from './payments/repayment.type.js';
import type { LobbyingClause, Restriction } from './terms/terms.rules.js';
import { AgreementRevisionType, LobbyingClauses, Restrictions } from './terms/terms.type.js';
import { revisionsByAgreement } from './terms/revisions.loaders.js';

/** An amendment whose day has come counts from its first instant, also while the rows do not show it yet. */
function current<T>(
  shown: (row: Agreement, context: RequestContext) => T,
  amended: (inForce: InForce, context: RequestContext) => T,
): PropertyDecorator {
  return Derived<Agreement>((row, context) => {
    if (!isBehind(row, context.now)) return shown(row, context);
    return inForce(row, context).then((found) => (found ? amended(found, context) : shown(row, context)));
  });
}

/** What lists leave out is read, for all agreements of a page in one statement, when the first of it is asked for. */
const detail = (name: keyof AgreementDetails): PropertyDecorator =>
  Derived<Agreement>(async (row, context) => (await context.load(agreementDetails, row.id))?.[name]);

@NodeType('agreement', 'GrantAgreement', agreementById)
@ObjectType('GrantAgreement', {
  implements: () => [Node],
  description:
    'A promise between a funder and a grantee. Seen by the funder, by the grantee and its fiscal sponsor from the first offer on, and then by the steward. Until it is accepted it shows the terms last offered.',
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

  @Edge<Agreement, object>(granteeById, (row) => row.fiscalSponsorId)
  @Field(() => GranteeType, {
    nullable: true,
    description:
      'Of a sponsored project: it accepts beside the group, and money arrives at its account. Null before the first offer.',
  })
  fiscalSponsor: GranteeType | null;

  @current((row, { now }) => stateAt(row, now), (found, { now }) => stateInForce(found, now))
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
  @Field(() => Money, { description: 'What the funder promises in all; after an early end, what was paid.' })
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

  @current((row) => row.nextDueOn, ({ installments }) => nextDueOn(installments))
  @Field(() => DateScalar, {
    nullable: true,
    description:
      'The day of the earliest installment that was not received; null when none is awaited, and before it is accepted.',
  })
  nextDueOn: string | null;

  @current<boolean | Promise<boolean>>(
    (row, { now }) => row.lateFrom !== null && row.lateFrom <= now,
    async ({ installments }, context) =>
      (await Promise.all(installments.map((one) => isLateOf(one, context)))).includes(true),
  )
  @Field(() => Boolean, { description: 'Whether one of its installments is late now.' })
  isLate: boolean;

  @current<unknown>((row, context) => context.load(installmentsByAgreement, row.id), ({ installments }) => installments)
  @Field(() => [InstallmentType], { description: 'In the order they are due.' })
  installments: InstallmentType[];

  @Derived<Agreement>((row, context) => context.load(disbursementsByAgreement, row.id))
  @Field(() => [DisbursementType], { description: 'All payments, in the order they were sent.' })
  disbursements: DisbursementType[];

  @SentTotal()
  @Field(() => Money, {
    description: 'Sent or received, less what went back; what is missing, returned, voided or surplus does not count.',
  })
  sentTotal: Money;

  @ReceivedTotals('PROMISED')
  @Field(() => [Money], {
    description:
      'What the grantee says has arrived, one total for each currency. Surplus is left out: see `surplusTotals`. What went back later is in `repayments`.',
  })
  receivedTotals: Money[];

  @ReceivedTotals('SURPLUS')
  @Field(() => [Money], { description: 'What arrived after its replacement, over and above what was promised.' })
  surplusTotals: Money[];

  @Derived<Agreement>((row, context) => context.load(repaymentsByAgreement, row.id))
  @Field(() => [RepaymentType], { description: 'Received money that the grantee sent back, in order.' })
  repayments: RepaymentType[];

  @current<unknown>((row, context) => context.load(expectationsByAgreement, row.id), ({ expectations }) => expectations)
  @Field(() => [ReportingExpectationType], { description: 'When the funder hopes for a report, in order.' })
  expectations: ReportingExpectationType[];

  @Derived<Agreement>((row, context) => loadAvailableActions(row, context))
  @Field(() => [AgreementActions], { description: 'What this caller may do now.' })
  availableActions: AgreementCommand[];

  @detail('changesRequested')
  @Field(() => String, { nullable: true, description: 'What the grantee would rather have, while that is open.' })
  changesRequested: string | null;

  @detail('acceptedByName')
  @Field(() => String, {
    nullable: true,
    description: 'The person who accepted for the grantee; of a sponsored project also while its sponsor has not.',
  })
  acceptedByName: string | null;

  @detail('acceptedByTitle')
  @Field(() => String, { nullable: true })
  acceptedByTitle: string | null;

  @detail('sponsorAcceptedByName')
  @Field(() => String, { nullable: true, description: 'The person who accepted for the fiscal sponsor.' })
  sponsorAcceptedByName: string | null;

  @detail('sponsorAcceptedByTitle')
  @Field(() => String, { nullable: true })
  sponsorAcceptedByTitle: string | null;

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

  @Derived<Agreement>((row, { actor }) => versionSeenBy(row, actor))
  @Field(() => Int, { description: 'Of what you see: edits that are hidden from you do not count.' })
  version: number;

  @Field(() => DateTimeScalar)
  createdAt: Date;

  @Derived<Agreement>((row, { actor }) => updateSeenBy(row, actor))
  @Field(() => DateTimeScalar, { description: 'When what you see of it last changed.' })
  updatedAt: Date;
}

export const AgreementConnection = connectionOf(() => GrantAgreement, 'GrantAgreement', { counted: true });
