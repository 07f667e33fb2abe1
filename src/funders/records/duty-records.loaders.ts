import type { LoaderDefinition } from '../../platform/api/loader.js';
import { loadManyByKey } from '../../platform/api/loader.js';
import type { Actor } from '../../platform/access/actor.js';
import type { DutyKind, DutyRecordRow } from './duty-record.entity.js';
import type { Duty, DutyCounts, FundersDuty } from './duty-record.rules.js';
import { countDuties, liveSince } from './duty-record.rules.js';
import { recordsOfFunders } from './duty-records.store.js';

/** A funder's published years, the newest first. */
export function publishedRecords(duty: DutyKind): LoaderDefinition<string, DutyRecordRow[]> {
  return loadManyByKey<DutyRecordRow>(`published ${duty}`, recordsOfFunders(duty), 'funderId');
}

/**
 * Counts funders' duties as they stand now, for whom they concern: null for everybody else. `sql` answers the duties
 * of the funders `$1` whose last day is `$2` or later, as far as the caller has a part in them.
 */
export function liveRecords(duty: DutyKind, sql: (actor: Actor) => string): LoaderDefinition<string, DutyCounts> {
  return {
    name: `live ${duty}`,
    load: async ({ actor, reader, now }, funderIds) => {
      const known = funderIds.filter((id) => hasPart(actor, id));
      if (known.length === 0) return funderIds.map(() => null);
      const byFunder = new Map<string, Duty[]>(known.map((id) => [id, []]));
      for (const row of await reader.rows<FundersDuty>(sql(actor), [known, liveSince(now)]))
        byFunder.get(row.funderId)!.push(row);
      return funderIds.map((id) => {
        const duties = byFunder.get(id);
        return duties ? countDuties(duties, now) : null;
      });
    },
  };
}

/** The steward in all, a funder in its own, a grantee in what it told this funder. */
function hasPart({ role, organizationIds }: Actor, funderId: string): boolean {
  if (role === 'FUNDER') return organizationIds.includes(funderId);
  return role === 'STEWARD' || role === 'GRANTEE';
}
