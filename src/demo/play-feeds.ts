import type { DemoClient } from './demo-client.js';
import type { Scene } from './scene.js';

const CALLERS = ['funder', 'secondFunder', 'grantee'] as const;
/** Where each feed ended before the play. */
export type FeedStarts = Record<(typeof CALLERS)[number] | 'hidden', string | null>;

interface Feed {
  nodes: { type: string }[];
  pageInfo: { endCursor: string | null };
}

export async function startOfFeeds({ cast }: Scene): Promise<FeedStarts> {
  const end = async (client: DemoClient, feed: string): Promise<string | null> =>
    (await client.ask<{ feed: Feed }>(`{ feed: ${feed}(last: 1) { nodes { type } pageInfo { endCursor } } }`)).feed
      .pageInfo.endCursor;
  return {
    funder: await end(cast.funder, 'events'),
    secondFunder: await end(cast.secondFunder, 'events'),
    grantee: await end(cast.grantee, 'events'),
    hidden: await end(cast.grantee, 'obstacleEvents'),
  };
}

/** What each party's integration learns of all this, in order and without gaps. */
export async function playFeeds({ cast, say }: Scene, starts: FeedStarts): Promise<void> {
  const since = async (client: DemoClient, feed: string, after: string | null): Promise<string[]> => {
    const query = `query ($after: String) { feed: ${feed}(first: 100, after: $after) { nodes { type } pageInfo { endCursor } } }`;
    return (await client.ask<{ feed: Feed }>(query, { after })).feed.nodes.map(({ type }) => type);
  };
  say.step('What each party finds in its feed of events, to keep its own system in step.');
  for (const name of CALLERS) {
    const types = await since(cast[name], 'events', starts[name]);
    say.call(name, `events: ${types.length} new`, types.join(', '));
  }
  const hidden = await since(cast.grantee, 'obstacleEvents', starts.hidden);
  say.call('grantee', `obstacleEvents: ${hidden.length} new`, `${hidden.join(', ')}: the grantee's own stream`);
}
