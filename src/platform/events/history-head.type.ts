import { Field, ObjectType } from '@nestjs/graphql';
import { ApiProperty } from '@nestjs/swagger';
import { connectionOf } from '../api/connection.js';
import { DateScalar } from '../api/scalars/scalars.js';

export interface HistoryHead {
  readonly date: string;
  readonly digest: string;
}

const DIGEST =
  'Hexadecimal SHA-256 of the day, the number of events so far and the hash of the last of them. Says nothing by itself; `npm run doctor -- --head <date>:<digest>` tells whether the history still holds it.';

@ObjectType('HistoryHead', {
  description:
    'How far the history of the network reached on a day. Kept by others, it shows later that nobody rewrote it.',
})
export class HistoryHeadType implements HistoryHead {
  @ApiProperty({ type: String, format: 'date', description: 'The day in UTC on which it was published.' })
  @Field(() => DateScalar, { description: 'The day in UTC on which it was published.' })
  date: string;

  @ApiProperty({ type: String, description: DIGEST })
  @Field(() => String, { description: DIGEST })
  digest: string;
}

export const HistoryHeadConnection = connectionOf(() => HistoryHeadType, 'HistoryHead');

/** How OpenAPI shows the list of heads. */
export class HistoryHeadsBody {
  @ApiProperty({
    type: [HistoryHeadType],
    description: 'The latest first, at most 366. A day without one had no node at work.',
  })
  heads: HistoryHeadType[];
}
