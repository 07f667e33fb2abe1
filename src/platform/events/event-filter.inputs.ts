import { ArgsType, Field, InputType } from '@nestjs/graphql';
import { ConnectionArgs } from '../api/connection.js';
import { DateTimeScalar } from '../api/scalars/scalars.js';

@InputType()
export class EventFilter {
  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'For a reader who has no cursor (any more): what could be read at this moment or later, and perhaps a few events from before it, none left out. Give the `at` of the last event that you have, and know those you have by their `id`. Cursors are the same with and without it.',
  })
  since?: Date | null;
}

@ArgsType()
export class EventsArgs extends ConnectionArgs {
  @Field(() => EventFilter, { nullable: true })
  filter?: EventFilter | null;
}
