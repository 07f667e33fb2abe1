import { theNetwork } from '../../organizations/stewardship/network.loaders.js';
import { NetworkType } from '../../organizations/stewardship/network.type.js';
import { Field, Float, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { connectionOf } from '../../platform/api/connection.js';
import { Derived, PublicId } from '../../platform/api/derived.js';
import { Node, NodeType } from '../../platform/api/node.js';
import { Payload, PayloadEntity } from '../../platform/api/payload.js';
import { DateScalar, DateTimeScalar } from '../../platform/api/scalars/scalars.js';
import { STANDARD_GUARANTEE, guaranteeText } from './guarantee-text.rules.js';
import type { Guarantee } from '../guarantee.rules.js';
import { guaranteeOfReporting, guaranteeOfSubject } from '../guarantee.rules.js';
import { ledgerByYear, releaseById } from './obstacle-release.loaders.js';
import { parsePeriod } from '../period.rules.js';
import type { ReleaseState } from '../release.entity.js';
import type { LedgerLine, PublishedRelease } from '../releases.store.js';
import type { SealAnswer } from '../sealing/sealing.service.js';
import { StatisticsViews } from './statistics.inputs.js';
import type { Epsilons, View } from '../views.rules.js';
import { YEARLY_LIMIT } from '../views.rules.js';

export const ReleaseStates = { SEALED: 'SEALED', REFUSED_FOR_SIZE: 'REFUSED_FOR_SIZE' } as const;
registerEnumType(ReleaseStates, {
  name: 'ObstacleReleaseState',
  description: 'Closed for good, either way.',
  valuesMap: {
    SEALED: { description: 'With figures.' },
    REFUSED_FOR_SIZE: { description: 'Without figures, since too few organizations could have reported.' },
  },
});

const CHANCE = 'A chance between 0.5, which is a coin, and 1, which is certainty.';

@ObjectType('ObstacleChances', {
  description:
    'The most that anybody can find out about one organization, whatever else they know: the chance of guessing right for one who starts from even odds.',
})
export class ObstacleChancesType {
  @Field(() => Float, { description: `From the release of one quarter. ${CHANCE}` })
  fromOneQuarter: number;

  @Field(() => Float, { description: 'From one quarter together with the views of its year.' })
  withYearViews: number;

  @Field(() => Float, { description: 'From all releases about a year.' })
  fromOneYear: number;

  @Field(() => Float, { description: 'From all releases about two years.' })
  fromTwoYears: number;
}

@ObjectType('ObstacleGuarantee', {
  description: `What statistics may reveal about one organization, computed from their epsilons. ${STANDARD_GUARANTEE}`,
})
export class ObstacleGuaranteeType {
  @Derived<Epsilons>((epsilons, { locale }) => guaranteeText(epsilons, locale))
  @Field(() => String, { description: 'In words, in the language of `Accept-Language` (English, Vietnamese).' })
  text: string;

  @Derived((_, context) => context.load(theNetwork, 'only'))
  @Field(() => NetworkType, {
    description: 'Who the steward is, who reads what is CONFIDENTIAL and nothing of that about itself.',
  })
  network: object;

  @Derived<Epsilons>((epsilons) => guaranteeOfReporting(epsilons))
  @Field(() => ObstacleChancesType, { description: 'Of guessing that an organization reported at all.' })
  reporting: Guarantee;

  @Derived<Epsilons>((epsilons) => guaranteeOfSubject(epsilons))
  @Field(() => ObstacleChancesType, { description: 'Of guessing what it reported about.' })
  subject: Guarantee;
}

@ObjectType('ObstacleViewEpsilon', { description: 'What one view of one period has spent.' })
export class ViewEpsilonType {
  @Field(() => String, { description: 'The period, such as `2026-Q3`.' })
  period: string;

  @Field(() => StatisticsViews)
  view: View;

  @Derived<LedgerLine>(({ epsilon }) => epsilon / 1_000)
  @Field(() => Float, { description: 'Smaller is safer and noisier.' })
  epsilon: number;
}

@ObjectType('ObstacleLedger', {
  description:
    'What all releases about a year have spent. What an organization can lose in that year is bounded by it.',
})
export class ObstacleLedgerType {
  @Derived<readonly LedgerLine[]>((lines) => lines.reduce((sum, { epsilon }) => sum + epsilon, 0) / 1_000)
  @Field(() => Float)
  spent: number;

  @Derived(() => YEARLY_LIMIT / 1_000)
  @Field(() => Float, { description: 'Beyond it nothing more about that year is sealed.' })
  limit: number;

  @Derived<readonly LedgerLine[]>((lines) => lines)
  @Field(() => [ViewEpsilonType])
  lines: readonly LedgerLine[];
}

@NodeType('obstacleRelease', 'ObstacleRelease', releaseById)
@ObjectType('ObstacleRelease', {
  implements: () => [Node],
  description: 'A quarter or a year of obstacle statistics that was closed. Never changed. Public.',
})
export class ObstacleReleaseType extends Node {
  @PublicId('obstacleRelease')
  @Field(() => ID)
  declare id: string;

  @Field(() => String, { description: 'A quarter like `2026-Q3`, or a year like `2026`. Days are those of UTC.' })
  period: string;

  @Derived<PublishedRelease>(({ period }) => dayOf(parsePeriod(period)!.startsAt.getTime()))
  @Field(() => DateScalar)
  startsOn: string;

  @Derived<PublishedRelease>(({ period }) => dayOf(parsePeriod(period)!.endsAt.getTime() - 1))
  @Field(() => DateScalar)
  endsOn: string;

  @Field(() => ReleaseStates)
  state: ReleaseState;

  @Field(() => DateTimeScalar)
  sealedAt: Date;

  @Derived<PublishedRelease>(async ({ period }, context) => {
    const lines = (await context.load(ledgerByYear, parsePeriod(period)!.year)) ?? [];
    return lines.filter((line) => line.period === period);
  })
  @Field(() => [ViewEpsilonType], { description: 'The views that have figures, each with its epsilon.' })
  views: readonly LedgerLine[];

  @Derived<PublishedRelease>(({ epsilonCategory, epsilonRegion, epsilonFunder }) => ({
    CATEGORY: epsilonCategory,
    KIND_BY_REGION: epsilonRegion,
    FUNDER: epsilonFunder,
  }))
  @Field(() => ObstacleGuaranteeType, { description: "From this network's epsilons when it was sealed." })
  guarantee: Epsilons;

  @Derived<PublishedRelease>(({ period }, context) => context.load(ledgerByYear, parsePeriod(period)!.year))
  @Field(() => ObstacleLedgerType, { description: 'Of its year.' })
  ledger: readonly LedgerLine[];
}

export const ObstacleReleaseConnection = connectionOf(() => ObstacleReleaseType, 'ObstacleRelease', { counted: true });

@ObjectType()
export class SealObstacleReleasePayload extends Payload {
  @PayloadEntity(() => ObstacleReleaseType, releaseById, 'Null for a dry run and when it was refused.')
  release: ObstacleReleaseType | null;

  @Derived<Partial<SealAnswer>>(({ isDone }) => isDone ?? false)
  @Field(() => Boolean, {
    description:
      'Whether the period is closed now. With NETWORK_TOO_SMALL in `notices` it is, without figures; false for a dry run.',
  })
  isDone: boolean;
}

function dayOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}
