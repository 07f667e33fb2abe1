import type { LoaderContext, LoaderDefinition } from '../../platform/api/loader.js';
import { loadByKey } from '../../platform/api/loader.js';
import type { ReportResponseRow, ReportShare } from './report-share.entity.js';
import { emptied } from '../reports/report-content.rules.js';
import type { Party, ReplacedShare } from './report-shares.store.js';
import {
  RESPONSES_BY_ID,
  RESPONSES_BY_SHARE,
  asSeenBy,
  partyOf,
  replacedShares,
  sharesById,
} from './report-shares.store.js';

const BY_PARTY: Readonly<Record<Party, LoaderDefinition<string, ReportShare>>> = {
  FUNDER: loadByKey('sharesOfFunder', sharesById('FUNDER'), 'id'),
  GRANTEE: loadByKey('sharesOfGrantee', sharesById('GRANTEE'), 'id'),
};

const REPLACED: Readonly<Record<Party, LoaderDefinition<string, ReplacedShare>>> = {
  FUNDER: loadByKey('sharesReplacedAtFunder', replacedShares('FUNDER'), 'id'),
  GRANTEE: loadByKey('sharesReplacedAtSponsor', replacedShares('GRANTEE'), 'id'),
};

/** Reads what the caller's side of the share may know. To everybody else there is no share. */
export const shareById: LoaderDefinition<string, ReportShare> = {
  name: 'shareById',
  load: async (context, ids) => {
    const { actor } = context;
    const party = partyOf(actor);
    if (!party) return ids.map(() => null);
    const shares = await BY_PARTY[party].load(context, ids);
    const gone = await replacedAmong(
      context,
      party,
      ids.filter((_, i) => shares[i] === null),
    );
    return shares.map((share, i) => (share ? asSeenBy(share, actor) : (gone.get(ids[i]) ?? null)));
  },
};

/** Copies that are gone and have a successor, without anything that was written in them. */
async function replacedAmong(
  context: LoaderContext,
  party: Party,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ReportShare>> {
  if (ids.length === 0) return new Map();
  const found = (await REPLACED[party].load(context, ids)).flatMap((share) => share ?? []);
  const successors = await BY_PARTY[party].load(
    context,
    found.map(({ replacedBy }) => replacedBy),
  );
  const shares = found.flatMap((share, i): ReportShare[] => {
    const content = successors[i]?.content;
    return content ? [{ ...share, expectationId: null, state: 'AWAITING_RESPONSE', content: emptied(content) }] : [];
  });
  return new Map(shares.map((share) => [share.id, share]));
}

export const responseByShare = forParties(
  loadByKey<ReportResponseRow>('responseByShare', RESPONSES_BY_SHARE, 'shareId'),
);
export const responseById = forParties(loadByKey<ReportResponseRow>('responseById', RESPONSES_BY_ID, 'id'));

function forParties<V>(loader: LoaderDefinition<string, V>): LoaderDefinition<string, V> {
  return {
    ...loader,
    load: (context, ids) => (partyOf(context.actor) ? loader.load(context, ids) : Promise.resolve(ids.map(() => null))),
  };
}
