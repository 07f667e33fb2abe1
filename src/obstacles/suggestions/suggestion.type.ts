import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { GrantAgreement } from '../../agreements/agreement.type.js';
import { agreementById } from '../../agreements/agreements.loaders.js';
import { amendmentById } from '../../agreements/amendments/amendments.loaders.js';
import { legalHoldById } from '../../agreements/holds/legal-holds.loaders.js';
import { disbursementById, installmentById } from '../../agreements/payments/payments.loaders.js';
import { FunderType } from '../../funders/funder.type.js';
import { funderById } from '../../funders/funders.loaders.js';
import { shareById } from '../../narrative-reports/shares/report-shares.loaders.js';
import { connectionOf } from '../../platform/api/connection.js';
import { Derived, Edge, PublicId } from '../../platform/api/derived.js';
import { publicId } from '../../platform/api/ids.js';
import type { LoaderDefinition } from '../../platform/api/loader.js';
import type { Amount } from '../../platform/api/money.rules.js';
import { Money, decimalText } from '../../platform/api/money.type.js';
import { Node } from '../../platform/api/node.js';
import { Payload, PayloadEntity } from '../../platform/api/payload.js';
import { DateScalar } from '../../platform/api/scalars/scalars.js';
import { ObstacleCodeType } from '../codes/obstacle-code.type.js';
import { codeByName } from '../codes/obstacle-codes.loaders.js';
import { obstacleById } from '../obstacle.loaders.js';
import { monthOf } from '../obstacle.rules.js';
import { ObstacleType } from '../obstacle.type.js';
import type { FactKind, Suggestion } from './suggestion.rules.js';
import { summaryOf } from './suggestion-text.rules.js';

/** A suggestion under its public id. */
export type ListedSuggestion = Suggestion & { readonly id: string };

const SUBJECTS: Readonly<Record<FactKind, readonly [typename: string, loader: LoaderDefinition<string, object>]>> = {
  installment: ['Installment', installmentById],
  pastDueDay: ['Installment', installmentById],
  amendment: ['Amendment', amendmentById],
  legalHold: ['LegalHold', legalHoldById],
  share: ['ReportShare', shareById],
  obstacle: ['Obstacle', obstacleById],
  disbursement: ['Disbursement', disbursementById],
};

/** "12.50 USD": an amount inside a sentence. */
export function amountText(amount: Amount): string {
  return `${decimalText(amount)} ${amount.currency}`;
}

@ObjectType('ObstacleSuggestion', {
  description:
    'A fact that may have been an obstacle: the grantee says whether it was. Derived when asked and kept nowhere; only the grantee ever sees it.',
})
export class ObstacleSuggestionType {
  @PublicId('suggestion')
  @Field(() => ID, { description: 'The same for ever for this fact and code.' })
  id: string;

  @Field(() => String, { description: 'The code it would be logged under.' })
  code: string;

  @Edge<Suggestion, object>(codeByName, ({ code }) => code)
  @Field(() => ObstacleCodeType, { nullable: true, description: 'The code with its label.' })
  obstacleCode: ObstacleCodeType | null;

  @Derived<Suggestion>((row, { locale }) => summaryOf(row, locale, amountText))
  @Field(() => String, {
    description:
      'What happened, in the language of `Accept-Language`; logged as it is when you add no words of your own.',
  })
  summary: string;

  @Field(() => DateScalar, {
    description:
      'The day it happened: money or an answer was due, an amendment accepted, a hold placed, money received.',
  })
  day: string;

  @Derived<Suggestion>(({ day }) => monthOf(day))
  @Field(() => DateScalar, { description: 'The first day of the month it began in.' })
  beganMonth: string;

  @Field(() => Int, { nullable: true, description: 'Days that money was late, days under a legal hold left out.' })
  delayDays: number | null;

  @Field(() => Money, { nullable: true, description: 'The transfer cost that the grantee bore.' })
  cost: Money | null;

  @Edge<Suggestion, object>(funderById, ({ fact }) => fact.funderId)
  @Field(() => FunderType, { nullable: true, description: 'The funder concerned.' })
  funder: FunderType | null;

  @Edge<Suggestion, object>(agreementById, ({ fact }) => fact.agreementId)
  @Field(() => GrantAgreement, { nullable: true, description: 'The agreement concerned.' })
  agreement: GrantAgreement | null;

  @Derived<Suggestion>(async ({ fact }, context) => {
    const [typename, loader] = SUBJECTS[fact.kind];
    const row = await context.load(loader, 'installmentId' in fact ? fact.installmentId : fact.id);
    return row && { ...row, __typename: typename };
  })
  @Field(() => Node, {
    nullable: true,
    description:
      'What the fact is about: an installment, amendment, legal hold, report share, obstacle or disbursement.',
  })
  subject: Node | null;
}

export const ObstacleSuggestionConnection = connectionOf(() => ObstacleSuggestionType, 'ObstacleSuggestion');

@ObjectType()
export class LogSuggestedObstaclePayload extends Payload {
  @PayloadEntity(() => ObstacleType, obstacleById)
  obstacle: ObstacleType | null;
}

@ObjectType()
export class DismissSuggestionPayload extends Payload {
  @Derived<{ readonly id?: string }>(({ id }) => (id === undefined ? null : publicId('suggestion', id)))
  @Field(() => ID, { nullable: true, description: 'The suggestion that will not be made again; null when refused.' })
  suggestionId: string | null;
}
