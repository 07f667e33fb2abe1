import type { ClientBase } from 'pg';
import type { Tally } from '../statistics/sealing/reports.rules.js';
import type { SealedCell } from '../statistics/published/period-figures.rules.js';
import type { View } from '../statistics/views.rules.js';

export interface SealedView {
  readonly period: string;
  readonly view: View;
  readonly cells: readonly SealedCell[];
}

/** What was published, a view at a time, in the order of time. */
export async function readSealedViews(owner: ClientBase): Promise<SealedView[]> {
  const { rows } = await owner.query<SealedView>(
    `SELECT c.period, c.view, json_agg(json_build_object('period', c.period, 'kind', c.kind, 'category', c.category, 'region', c.region,
       'funderId', c.funder_id, 'labelEn', c.label_en, 'labelVi', c.label_vi, 'value', c.value, 'epsilon', l.epsilon) ORDER BY c.place) AS cells
     FROM statistics.cells c JOIN statistics.ledger l USING (period, view) JOIN statistics.releases r USING (period)
     GROUP BY c.period, c.view, r.sealed_at ORDER BY r.sealed_at, c.period DESC, c.view DESC`,
  );
  return rows;
}

/**
 * What was reported in these quarters, read with no regard for how the sealer reads it: in this network nobody moves,
 * merges or withdraws.
 */
export async function readTruth(owner: ClientBase, quarters: readonly string[]): Promise<Tally[]> {
  const { rows } = await owner.query<Tally>(
    `SELECT e.organization_id AS "organizationId", r.region, c.kind, c.category, e.funder_id AS "funderId",
       e.tier IN ('SHARED', 'CONFIDENTIAL') AS "mayCountForFunder", count(*)::integer AS times
     FROM obstacles.entries e JOIN obstacles.codes c USING (code) JOIN organizations o ON o.id = e.organization_id
     LEFT JOIN statistics.region_countries r USING (country)
     WHERE e.counted_in = ANY ($1) GROUP BY 1, 2, 3, 4, 5, 6`,
    [quarters],
  );
  return rows;
}
