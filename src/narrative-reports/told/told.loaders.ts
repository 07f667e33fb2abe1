import type { LoaderDefinition } from '../../platform/api/loader.js';
import type { NarrativeReport } from '../reports/narrative-report.entity.js';
import type { Hoped } from './told.rules.js';
import { tells, yearOf } from './told.rules.js';
import { CANDIDATES } from './told.store.js';

const MOST_TOLD = 5;

/** What the rules below ask of a reporting expectation. */
export interface Expected extends Hoped {
  readonly id: string;
  readonly agreementId: string;
  readonly granteeId: string;
  readonly metByShareId: string | null;
  readonly waivedAt: Date | null;
}

/** The reports that would meet an expectation: none for one that nobody waits for, null for all but its grantee. */
export const reportsTold: LoaderDefinition<Expected, NarrativeReport[]> = {
  name: 'reportsTold',
  keyOf: ({ id }) => id,
  load: async ({ actor, reader }, expectations) => {
    const own = expectations.filter(
      ({ granteeId }) => actor.role === 'GRANTEE' && actor.organizationIds.includes(granteeId),
    );
    const open = own.filter(({ metByShareId, waivedAt }) => metByShareId === null && waivedAt === null);
    const found = new Map<string, NarrativeReport[]>(own.map(({ id }) => [id, []]));
    if (open.length > 0) {
      const years = open.map(yearOf);
      const rows = await reader.rows<NarrativeReport & { readonly expectationId: string }>(CANDIDATES, [
        open.map(({ id }) => id),
        open.map(({ agreementId }) => agreementId),
        years.map(({ from }) => from),
        years.map(({ to }) => to),
        actor.organizationIds,
      ]);
      for (const hoped of open) {
        const candidates = rows.filter(({ expectationId }) => expectationId === hoped.id);
        found.set(hoped.id, candidates.filter((report) => tells(report, hoped)).slice(0, MOST_TOLD));
      }
    }
    return expectations.map(({ id }) => found.get(id) ?? null);
  },
};
