import { loadByKey } from '../../platform/api/loader.js';
import type { LoaderDefinition } from '../../platform/api/loader.js';
import type { LedgerLine, PublishedRelease } from '../releases.store.js';
import { LEDGER_BY_YEAR, RELEASES_BY_ID } from '../releases.store.js';

export const releaseById = loadByKey<PublishedRelease>('releaseById', RELEASES_BY_ID, 'id');

/** What the releases about a year have spent, view by view. */
export const ledgerByYear: LoaderDefinition<number, readonly LedgerLine[]> = {
  name: 'ledgerByYear',
  load: async ({ reader }, years) => {
    const lines = await reader.rows<LedgerLine>(LEDGER_BY_YEAR, [years]);
    return years.map((year) => lines.filter((line) => line.year === year));
  },
};
