import { Field, Int, ObjectType } from '@nestjs/graphql';
import { Derived } from '../../platform/api/derived.js';
import type { DutyRecordRow } from './duty-record.entity.js';
import type { DutyCounts } from './duty-record.rules.js';
import { DAY_BANDS, PERCENT_BANDS } from './duty-record.rules.js';

@ObjectType({
  description: 'How a duty to answer was kept, of those that fell due in the last 365 days or are still to come.',
})
export class DutyCount {
  @Field(() => Int, { description: 'How many were answered or fell due.' })
  due: number;

  @Field(() => Int, { description: 'How many wait for an answer that is not due yet; in no other figure.' })
  awaited: number;

  @Field(() => Int)
  answered: number;

  @Field(() => Int, { description: 'How many were answered by their day.' })
  answeredInTime: number;

  @Field(() => Int, { nullable: true, description: 'The median of the days until an answer; null without one.' })
  medianDays: number | null;

  @Field(() => Int, {
    description: 'How many of those due were resolved, or answered in a way that helped, by the word of the grantee.',
  })
  resolved: number;

  @Field(() => Int, { description: 'How many grantees those due came from.' })
  counterparties: number;
}

@ObjectType({ description: 'Percent, both ends included. Bands are 20 points wide.' })
export class PercentageBand {
  @Field(() => Int)
  from: number;

  @Field(() => Int)
  to: number;
}

@ObjectType({ description: 'Days, both ends included.' })
export class DayBand {
  @Field(() => Int)
  from: number;

  @Field(() => Int, { nullable: true, description: 'Null in the last band: that many or more.' })
  to: number | null;
}

@ObjectType({
  description:
    'One calendar year, frozen early in the next and never changed: of the duties whose last day lies in it. Each grantee weighs the same. Only of years in which at least 25 grantees had to do with it.',
})
export class PublishedDutyRecord {
  @Field(() => Int)
  year: number;

  @Derived<DutyRecordRow>((row) => PERCENT_BANDS[row.answered])
  @Field(() => PercentageBand)
  answered: PercentageBand;

  @Derived<DutyRecordRow>((row) => PERCENT_BANDS[row.inTime])
  @Field(() => PercentageBand, { description: 'Answered by their day.' })
  answeredInTime: PercentageBand;

  @Derived<DutyRecordRow>((row) => PERCENT_BANDS[row.resolved])
  @Field(() => PercentageBand, { description: 'Resolved, or answered in a way that helped, by the word of grantees.' })
  resolved: PercentageBand;

  @Derived<DutyRecordRow>((row) => (row.days === null ? null : DAY_BANDS[row.days]))
  @Field(() => DayBand, { nullable: true, description: 'The median of the days until an answer; null without one.' })
  medianDays: DayBand | null;
}

@ObjectType('DutyRecord', { description: 'How a funder keeps its duty to answer.' })
export class DutyRecordType {
  @Field(() => DutyCount, {
    nullable: true,
    description:
      'Counted now: for the funder itself and the steward of all grantees, for a grantee of its own dealings with this funder. Null for everybody else, since a count that moves tells that somebody just shared something.',
  })
  live: DutyCounts | null;

  @Field(() => [PublishedDutyRecord], { description: 'For everybody: the newest year first, at most ten.' })
  published: readonly DutyRecordRow[];
}

/** What the fields above are read from. */
export type DutyRecord = DutyRecordType;
