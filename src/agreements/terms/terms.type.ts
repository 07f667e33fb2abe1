import { Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { GranteeType } from '../../grantees/grantee.type.js';
import { granteeById } from '../../grantees/grantees.loaders.js';
import { Derived, Edge } from '../../platform/api/derived.js';
import { Money } from '../../platform/api/money.type.js';
import { DateScalar, DateTimeScalar } from '../../platform/api/scalars/scalars.js';
import type { AgreementRevision } from './revisions.store.js';
import { revisionText } from './revisions.loaders.js';
import type { LobbyingClause, Restriction, StoredTerms } from './terms.rules.js';

export const Restrictions = {
  UNRESTRICTED: 'UNRESTRICTED',
  SPONSORED_PROJECT: 'SPONSORED_PROJECT',
  UNSTATED: 'UNSTATED',
  PROGRAM: 'PROGRAM',
  RESTRICTED: 'RESTRICTED',
} as const;
registerEnumType(Restrictions, {
  name: 'Restriction',
  description: 'What the money may be used for.',
  valuesMap: {
    UNRESTRICTED: { description: 'For whatever the grantee finds right.' },
    SPONSORED_PROJECT: { description: 'For the sponsored project, otherwise unrestricted.' },
    UNSTATED: { description: 'Imported history that does not say.' },
    PROGRAM: { description: 'Imported history only.' },
    RESTRICTED: { description: 'Imported history only.' },
  },
});

export const LobbyingClauses = { NONE: 'NONE', NOT_EARMARKED: 'NOT_EARMARKED', PROHIBITED: 'PROHIBITED' } as const;
registerEnumType(LobbyingClauses, {
  name: 'LobbyingClause',
  valuesMap: {
    NONE: { description: 'Nothing is said about lobbying.' },
    NOT_EARMARKED: { description: 'No part of the money is earmarked for lobbying.' },
    PROHIBITED: { description: 'The money may not be used for lobbying.' },
  },
});

type PlannedInstallmentRow = StoredTerms['installments'][number] & { readonly currency: string };

@ObjectType({ description: 'An installment as a revision of the terms names it.' })
export class PlannedInstallment {
  @Field(() => DateScalar)
  dueOn: string;

  @Derived<PlannedInstallmentRow>(({ amountMinor, currency }) => ({ minor: BigInt(amountMinor), currency }))
  @Field(() => Money)
  amount: Money;
}

const term = <K extends keyof StoredTerms>(name: K): PropertyDecorator =>
  Derived<AgreementRevision>(({ terms }) => terms[name]);

@ObjectType('AgreementRevision', {
  description:
    'Terms as they were offered. What each party agreed to can be read forever; a revision that was never offered is seen only by the funder.',
})
export class AgreementRevisionType {
  @Field(() => Int, { description: 'Counts from 1. Accepting names it.' })
  number: number;

  @term('restriction')
  @Field(() => Restrictions)
  restriction: Restriction;

  @Edge<AgreementRevision, object>(granteeById, ({ terms }) => terms.fiscalSponsor?.id ?? null)
  @Field(() => GranteeType, { nullable: true, description: 'Of a sponsored project.' })
  fiscalSponsor: GranteeType | null;

  @Derived<AgreementRevision>(({ terms }) => ({ minor: BigInt(terms.committedMinor), currency: terms.currency }))
  @Field(() => Money)
  committed: Money;

  @term('awardedOn')
  @Field(() => DateScalar, { nullable: true })
  awardedOn: string | null;

  @term('startsOn')
  @Field(() => DateScalar)
  startsOn: string;

  @term('endsOn')
  @Field(() => DateScalar)
  endsOn: string;

  @Derived<AgreementRevision>(({ terms }) =>
    terms.installments.map((installment) => ({ ...installment, currency: terms.currency })),
  )
  @Field(() => [PlannedInstallment])
  installments: PlannedInstallment[];

  @term('expectations')
  @Field(() => [DateScalar], { description: 'The days on which reports are expected.' })
  expectations: string[];

  @term('noticeDays')
  @Field(() => Int)
  noticeDays: number;

  @term('responseDays')
  @Field(() => Int)
  responseDays: number;

  @term('lobbyingClause')
  @Field(() => LobbyingClauses)
  lobbyingClause: LobbyingClause;

  @term('lobbyingReason')
  @Field(() => String, { nullable: true })
  lobbyingReason: string | null;

  @term('note')
  @Field(() => String, { nullable: true })
  note: string | null;

  @Field(() => DateTimeScalar)
  createdAt: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Null while only the funder sees it.' })
  offeredAt: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Null for a revision that was not agreed to.' })
  acceptedAt: Date | null;

  @Field(() => String, { nullable: true, description: 'What the grantee would rather have had.' })
  changesRequested: string | null;

  @Derived<AgreementRevision>((row, context) => revisionText(row, context))
  @Field(() => String, {
    description:
      'The terms as plain text that a person could sign: the accepted words once accepted, before that in the language of `Accept-Language` (English, Vietnamese).',
  })
  text: string;
}
