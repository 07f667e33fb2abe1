import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import { Public, Requires } from '../access/requires.js';
import { ConnectionArgs } from '../api/connection.js';
import type { Page } from '../api/page.js';
import type { RequestContext } from '../api/request-context.js';
import { EventsArgs } from './event-filter.inputs.js';
import type { FeedRow } from './event.type.js';
import { EventConnection, EventType } from './event.type.js';
import { Events } from './events.service.js';
import type { HistoryHead } from './history-head.type.js';
import { HistoryHeadConnection } from './history-head.type.js';
import { HistoryHeads } from './history-heads.service.js';

@Resolver(() => EventType)
export class EventsResolver {
  constructor(
    private readonly events: Events,
    private readonly heads: HistoryHeads,
  ) {}

  @Requires('FUNDER', 'GRANTEE', 'STEWARD')
  @Query(() => EventConnection, {
    name: 'events',
    description:
      'What happened that the caller may know, in an order that never changes: keep `endCursor` and ask for what comes `after` it to synchronize; a late commit is never skipped. A reader whose cursor is lost goes on with `filter.since`. After the network was restored from a backup a cursor of before is refused with `FEED_RESTORED`: then read from the beginning again, or since the moment of the backup.',
  })
  feed(@Args() { filter, ...page }: EventsArgs, @Context() { actor }: RequestContext): Promise<Page<FeedRow>> {
    return this.events.feed(actor, page, filter?.since);
  }

  @Public()
  @Query(() => HistoryHeadConnection, {
    description:
      'The heads of the history, one a day, the latest first: keep them elsewhere, and a later check shows whether anything before them was rewritten. Readable without a key, also at `/v1/history/heads`.',
  })
  historyHeads(@Args() page: ConnectionArgs, @Context() { reader }: RequestContext): Promise<Page<HistoryHead>> {
    return this.heads.list(reader, page);
  }
}
