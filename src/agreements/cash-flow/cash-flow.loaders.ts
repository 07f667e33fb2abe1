import type { LoaderDefinition } from '../../platform/api/loader.js';
import type { Months } from './cash-flow.rules.js';
import type { CashFlowRow } from './cash-flow.store.js';
import { readCashFlow } from './cash-flow.store.js';

interface Below extends Months {
  readonly parentId: string;
}

const cashFlowOf = (side: 'FUNDER' | 'GRANTEE'): LoaderDefinition<Below, CashFlowRow[]> => ({
  name: `cashFlow of ${side}`,
  keyOf: ({ parentId, since, before }) => `${parentId} ${since} ${before}`,
  load: async ({ actor, reader }, keys) => {
    const found = new Map<string, CashFlowRow[]>();
    for (const { since, before } of keys) {
      const months = `${since} ${before}`;
      if (found.has(months)) continue;
      const parents = keys.filter((key) => key.since === since && key.before === before);
      const ids = parents.map(({ parentId }) => parentId);
      found.set(months, await readCashFlow(reader, actor, side, ids, { since, before }));
    }
    return keys.map(({ parentId, since, before }) =>
      found.get(`${since} ${before}`)!.filter((row) => row.parentId === parentId),
    );
  },
});

export const cashFlowOfFunder = cashFlowOf('FUNDER');
export const cashFlowOfGrantee = cashFlowOf('GRANTEE');
