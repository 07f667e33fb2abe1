import type { Gates } from '../views.rules.js';

/** What stands by itself in a view, and what is shown together because too few could have reported. */
export interface Grouping {
  readonly alone: readonly string[];
  /** Joined as "other regions" or "other funders". */
  readonly together: readonly string[];
  /** Whether these are enough to be shown; they are not where all together are below the gate. */
  readonly hasOthers: boolean;
}

/**
 * By how many could have reported, never by who did: a cell below its gate joins the others; while the others are
 * still below it, the next smallest joins them. Whoever is in two groups (a grantee of two funders) is counted once.
 * Null stands for whoever is in no group by name (a grantee of
 * which no country is known): it is with the others from the start.
 */
export function groupByGate(eligible: ReadonlyMap<string | null, ReadonlySet<string>>, gate: number): Grouping {
  const named = [...eligible].filter((group): group is [string, ReadonlySet<string>] => group[0] !== null);
  const bySize = named.sort(([a, x], [b, y]) => x.size - y.size || (a < b ? -1 : 1));
  const together: string[] = [];
  const members = new Set(eligible.get(null));
  for (const [name, organizations] of bySize) {
    const isEnough = members.size === 0 || members.size >= gate;
    if (organizations.size >= gate && isEnough) break;
    together.push(name);
    for (const organization of organizations) members.add(organization);
  }
  const joined = new Set(together);
  const alone = named
    .map(([name]) => name)
    .filter((name) => !joined.has(name))
    .sort();
  return { alone, together, hasOthers: members.size > 0 && members.size >= gate };
}

export function isLargeEnough(eligible: number, gates: Gates): boolean {
  return eligible >= gates.network;
}
