import type { Actor, Role } from '../platform/access/actor.js';
import type { ListRequest } from '../platform/api/page.js';
import { columnsOf } from '../platform/db/columns.js';
import type { Condition, KeyColumn } from '../platform/db/keyset.js';
import { EntryRow } from './log/entry.entity.js';
import type { ObstacleState, Tier } from './obstacle.lifecycle.js';
import { SharedRow } from './sharing/shared-obstacle.entity.js';

/** One obstacle as its viewer may see it: the same shape for all, with what is not for this viewer null. */
export interface Obstacle extends Omit<
  SharedRow,
  'sharedAt' | 'responseDays' | 'timeZone' | 'respondBy' | 'respondByAt' | 'funderId'
> {
  readonly tier: Tier;
  readonly state: ObstacleState;
  readonly funderId: string | null;
  readonly loggedAt: Date | null;
  readonly sharedAt: Date | null;
  readonly respondBy: string | null;
  readonly respondByAt: Date | null;
}

const CONTENT = [
  'id',
  'organizationId',
  'funderId',
  'agreementId',
  'code',
  'otherCodes',
  'beganMonth',
  'text',
  'delayDays',
  'costMinor',
  'costCurrency',
  'hoursLost',
] as const;
const DUTY = [
  'sharedAt',
  'respondBy',
  'respondByAt',
  'acknowledgedAt',
  'answer',
  'changeBy',
  'answeredAt',
  'earlierAnswers',
] as const;
const OUTCOME = ['state', 'resolvedAt', 'withdrawnAt'] as const;

interface View {
  readonly columns: string;
  readonly from: string;
  readonly order: string;
  readonly at: string;
  readonly state: string;
  readonly alias: string;
}

/** The owner and the steward read the log; where an entry is shared, the copy says how it stands. */
const LOG: View = {
  columns: `${columnsOf(EntryRow, 'e', CONTENT)}, e.tier AS "tier", e.logged_at AS "loggedAt",
    ${columnsOf(SharedRow, 's', DUTY)}, coalesce(s.state, e.state) AS "state",
    CASE WHEN s.id IS NULL THEN e.resolved_at ELSE s.resolved_at END AS "resolvedAt",
    CASE WHEN s.id IS NULL THEN e.withdrawn_at ELSE s.withdrawn_at END AS "withdrawnAt",
    e.version + coalesce(s.version - 1, 0) AS "version", greatest(e.updated_at, s.updated_at) AS "updatedAt"`,
  from: 'obstacles.entries e LEFT JOIN obstacles.shared s ON s.id = e.id',
  order: 'e.logged_at',
  at: 'loggedAt',
  state: 'coalesce(s.state, e.state)',
  alias: 'e',
};

/** The funder reads its copies: its database role reaches nothing else. */
const COPIES: View = {
  columns: `${columnsOf(SharedRow, 's', [...CONTENT, ...DUTY, ...OUTCOME, 'version', 'updatedAt'])},
    'SHARED' AS "tier", NULL AS "loggedAt"`,
  from: 'obstacles.shared s',
  order: 's.shared_at',
  at: 'sharedAt',
  state: 's.state',
  alias: 's',
};

/** Null for those who may see no obstacle at all. */
function viewFor(role: Role): View | null {
  if (role === 'FUNDER') return COPIES;
  return role === 'GRANTEE' || role === 'STEWARD' ? LOG : null;
}

export function obstaclesById(role: Role): string | null {
  const view = viewFor(role);
  return view && `SELECT ${view.columns} FROM ${view.from} WHERE ${view.alias}.id = ANY ($1)`;
}

export interface ObstacleFilter {
  readonly states?: readonly string[] | null;
  readonly tiers?: readonly string[] | null;
  readonly codes?: readonly string[] | null;
}

/** What this caller may see, by the day it was logged; for a funder by the day it was shared. */
export function obstacleList(
  actor: Actor,
  filter: ObstacleFilter,
  descending: boolean,
): Omit<ListRequest, 'arguments'> {
  const view = viewFor(actor.role)!;
  const { columns, from, alias } = view;
  const key: KeyColumn[] = [
    { sql: view.order, alias: view.at, type: 'timestamptz' },
    { sql: `${alias}.id`, alias: 'id', type: 'uuid' },
  ];
  const tier = actor.role === 'FUNDER' ? `'SHARED'` : 'e.tier';
  const where: Condition[] = [
    // The log of a grantee belongs to its line of keys and the rest of its organization's, not to a key in its last day.
    ...(actor.role === 'GRANTEE' && actor.lineageId === null ? [{ sql: () => `e.tier = 'SHARED'` }] : []),
    ...isIn(view.state, filter.states),
    ...isIn(tier, filter.tiers),
    ...isIn(`${alias}.code`, filter.codes),
  ];
  const tenant = tenantOf(actor);
  return { name: 'obstacles', select: columns, from, key, descending, where, ...(tenant && { tenant }) };
}

/** A grantee reads as its organization and as its line of keys. */
export function readersOf(actor: Actor): string[] {
  return [...actor.organizationIds, ...(actor.lineageId === null ? [] : [actor.lineageId])];
}

function tenantOf(actor: Actor): ListRequest['tenant'] {
  if (actor.role === 'GRANTEE') return { column: 'e.reader_id', ids: readersOf(actor) };
  return actor.role === 'FUNDER' ? { column: 's.funder_id', ids: actor.organizationIds } : undefined;
}

function isIn(column: string, values: readonly string[] | null | undefined): Condition[] {
  return values ? [{ sql: (place: string) => `${column} = ANY (${place}::text[])`, value: values }] : [];
}
