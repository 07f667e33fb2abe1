import type { LoaderContext, LoaderDefinition } from '../../platform/api/loader.js';
import type { Corrections } from '../../platform/db/keyset.js';
import { loadStateNow } from '../agreement-now.loaders.js';
import type { AgreementState } from '../agreement.lifecycle.js';
import type { Agreement } from '../agreements.store.js';
import { latestDay } from '../due-day.rules.js';
import { MAYBE_BEHIND, MOST_BEHIND } from './agreement-lists.store.js';

interface StateBehind {
  readonly id: string;
  readonly stored: AgreementState;
  readonly now: AgreementState;
}

/** Of the caller's agreements those whose state the clock has changed and no job has written: read once for a request. */
const statesBehind: LoaderDefinition<'all', readonly StateBehind[]> = {
  name: 'statesBehind',
  load: async (context, keys) => {
    const rows = await context.reader.rows<Agreement>(MAYBE_BEHIND, [latestDay(context.now), context.now, MOST_BEHIND]);
    const found = await Promise.all(
      [...new Map(rows.map((row) => [row.id, row])).values()].map(async (row) => ({
        ...{ id: row.id, stored: row.state, now: await loadStateNow(row, context) },
      })),
    );
    const behind = found.filter(({ stored, now }) => stored !== now);
    return keys.map(() => behind);
  },
};

/** What a list by state leaves out and takes in, so that it has what shows one of these states at this moment. */
export async function loadStateCorrections(
  states: readonly AgreementState[] | null,
  context: LoaderContext,
): Promise<Corrections> {
  if (states === null) return { leave: [], take: [] };
  const behind = (await context.load(statesBehind, 'all')) ?? [];
  const has = (state: AgreementState): boolean => states.includes(state);
  return {
    leave: behind.filter(({ stored, now }) => has(stored) && !has(now)).map(({ id }) => id),
    take: behind.filter(({ stored, now }) => !has(stored) && has(now)).map(({ id }) => id),
  };
}
