import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import { Requires } from '../access/requires.js';
import { ConnectionArgs } from '../api/connection.js';
import type { Page } from '../api/page.js';
import type { RequestContext } from '../api/request-context.js';
import type { FeedRow } from './event.type.js';
import { EventConnection, EventType } from './event.type.js';
import { Events } from './events.service.js';

@Resolver(() => EventType)
export class EventsResolver {
  constructor(private readonly events: Events) {}

  @Requires('FUNDER', 'GRANTEE', 'STEWARD')
  @Query(() => EventConnection, {
    name: 'events',
    description:
      'What happened that the caller may know, in an order that never changes: keep `endCursor` and ask for what comes `after` it to synchronize; a late commit is never skipped.',
  })
  feed(@Args() page: ConnectionArgs, @Context() { actor, reader }: RequestContext): Promise<Page<FeedRow>> {
    return this.events.feed(actor, reader, page);
  }
}
