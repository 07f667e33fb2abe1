import type { Gates } from './views.rules.js';

/** What stands by itself in a view, and what is shown together because too few could have reported. */
export interface Grouping {
  readonly alone: readonly string[];
  /** Shown as "other regions" or "other funders"; empty when there is no such cell. */
  readonly together: readonly string[];
}

/**
 * By how many could have reported, never by who did: a cell below its gate joins the others; while the others are
 * still below it, the next smallest joins them. Whoever is in two groups (a grantee of two funders) is counted once.
 * If all together are below the gate, nothing is shown.
 */
export function groupByGate(eligible: ReadonlyMap<string, ReadonlySet<string>>, gate: number): Grouping {
  const bySize = [...eligible].sort(([a, x], [b, y]) => x.size - y.size || (a < b ? -1 : 1));
  const together: string[] = [];
  const members = new Set<string>();
  for (const [name, organizations] of bySize) {
    const isEnough = together.length === 0 || members.size >= gate;
    if (organizations.size >= gate && isEnough) break;
    together.push(name);
    for (const organization of organizations) members.add(organization);
  }
  const joined = new Set(together);
  const alone = [...eligible.keys()].filter((name) => !joined.has(name)).sort();
  return { alone, together: members.size >= gate ? together : [] };
}

export function isLargeEnough(eligible: number, gates: Gates): boolean {
  return eligible >= gates.network;
}
