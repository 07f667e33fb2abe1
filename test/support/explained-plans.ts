import type pg from 'pg';
import type { Actor } from '../../src/platform/access/actor.js';

/** A statement as the service ran it. */
export interface Recorded {
  readonly actor: Actor;
  readonly sql: string;
  readonly values: readonly unknown[];
}
export interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Plan Rows': number;
  Plans?: Plan[];
}

/** As the role that ran it, under row security; without values when it is generic. */
export async function explainAs(owner: pg.Client, { actor, sql, values }: Recorded, generic: boolean): Promise<Plan> {
  await owner.query('BEGIN');
  try {
    const settings = {
      role: actor.role === 'SYSTEM' ? 'goodfaith_worker' : `goodfaith_${actor.role.toLowerCase()}`,
      'goodfaith.organization_ids': `{${actor.organizationIds.join(',')}}`,
      'goodfaith.lineage_id': actor.lineageId ?? '',
      'goodfaith.key_id': actor.keyId ?? '',
      'goodfaith.key_lineage_id': actor.keyLineageId ?? '',
    };
    for (const [name, value] of Object.entries(settings))
      await owner.query('SELECT set_config($1, $2, true)', [name, value]);
    const { rows } = generic
      ? await owner.query(`EXPLAIN (GENERIC_PLAN, FORMAT JSON) ${sql}`)
      : await owner.query(`EXPLAIN (FORMAT JSON) ${sql}`, values as unknown[]);
    return (rows[0] as { 'QUERY PLAN': [{ Plan: Plan }] })['QUERY PLAN'][0].Plan;
  } finally {
    await owner.query('ROLLBACK');
  }
}

export function nodes(plan: Plan): Plan[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodes)];
}
