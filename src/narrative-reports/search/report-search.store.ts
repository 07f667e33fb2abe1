import type { Reader } from '../../platform/db/reader.js';
import type { Party } from '../shares/report-shares.store.js';

/** What was found, with how well it fits. */
export interface Hit {
  readonly id: string;
  readonly rank: bigint;
}

const FUNCTIONS: Readonly<Record<Party, string>> = {
  FUNDER: 'search_report_shares',
  GRANTEE: 'search_narrative_reports',
};

/** The best, in order: shares for a funder, reports for a grantee. The functions know whose from the context alone. */
export async function findHits(reader: Reader, party: Party, query: string): Promise<Hit[]> {
  const hits = await reader.rows<Hit>(`SELECT h.id, h.rank FROM ${FUNCTIONS[party]}($1) AS h`, [query]);
  return hits.sort((one, other) =>
    one.rank === other.rank ? (one.id < other.id ? 1 : -1) : one.rank < other.rank ? 1 : -1,
  );
}
