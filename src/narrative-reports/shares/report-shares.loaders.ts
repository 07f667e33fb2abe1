import type { LoaderDefinition } from '../../platform/api/loader.js';
import { loadByKey } from '../../platform/api/loader.js';
import type { ReportResponseRow, ReportShare } from './report-share.entity.js';
import type { Party } from './report-shares.store.js';
import { RESPONSES_BY_ID, RESPONSES_BY_SHARE, asSeenBy, partyOf, sharesById } from './report-shares.store.js';

const BY_PARTY: Readonly<Record<Party, LoaderDefinition<string, ReportShare>>> = {
  FUNDER: loadByKey('sharesOfFunder', sharesById('FUNDER'), 'id'),
  GRANTEE: loadByKey('sharesOfGrantee', sharesById('GRANTEE'), 'id'),
};

/** Reads what the caller's side of the share may know. To everybody else there is no share. */
export const shareById: LoaderDefinition<string, ReportShare> = {
  name: 'shareById',
  load: async (context, ids) => {
    const { actor } = context;
    const party = partyOf(actor);
    const shares = party ? await BY_PARTY[party].load(context, ids) : ids.map(() => null);
    return shares.map((share) => share && asSeenBy(share, actor));
  },
};

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
