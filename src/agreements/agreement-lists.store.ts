import type { Actor } from '../platform/access/actor.js';
import type { ListRequest } from '../platform/api/page.js';
import type { Condition } from '../platform/db/keyset.js';
import type { AgreementState } from './agreement.lifecycle.js';
import { SUMMARY_COLUMNS } from './agreements.store.js';

export interface AgreementListQuery {
  readonly actor: Actor;
  readonly states: readonly AgreementState[] | null;
  readonly funderId: string | null;
  readonly granteeId: string | null;
  readonly byUpdate: boolean;
  readonly descending: boolean;
}

/**
 * The caller's agreements: each role has its own tenant column, which leads an index with every order and filter. To
 * all but the funder a grantee is who it was offered to, so that their statements never touch a draft.
 */
export function agreementList(query: AgreementListQuery): Omit<ListRequest, 'arguments'> {
  const { actor, states, funderId, granteeId, byUpdate, descending } = query;
  const isFunder = actor.role === 'FUNDER';
  const granteeColumn = isFunder ? 'a.grantee_id' : 'a.offered_to';
  const where: Condition[] = [];
  if (actor.role === 'STEWARD') where.push({ sql: () => 'a.offered_to IS NOT NULL' });
  if (states?.length === 1) where.push({ sql: (place) => `a.state = ${place}::text`, value: states[0] });
  else if (states) where.push({ sql: (place) => `a.state = ANY (${place}::text[])`, value: states });
  if (funderId !== null) where.push({ sql: (place) => `a.funder_id = ${place}::uuid`, value: funderId });
  if (granteeId !== null) where.push({ sql: (place) => `${granteeColumn} = ${place}::uuid`, value: granteeId });
  const tenant = isFunder ? 'a.funder_id' : 'a.offered_to';
  return {
    name: 'agreements',
    select: SUMMARY_COLUMNS,
    from: 'agreements a',
    key: [
      byUpdate
        ? { sql: 'a.updated_at', alias: 'updatedAt', type: 'timestamptz' }
        : { sql: 'a.created_at', alias: 'createdAt', type: 'timestamptz' },
      { sql: 'a.id', alias: 'id', type: 'uuid' },
    ],
    descending,
    where,
    ...(actor.role !== 'STEWARD' && { tenant: { column: tenant, ids: actor.organizationIds } }),
  };
}

/** The column that names the parent of a list below a funder or a grantee. */
export function parentColumn(side: 'FUNDER' | 'GRANTEE', actor: Actor): string {
  if (side === 'FUNDER') return 'a.funder_id';
  return actor.role === 'FUNDER' ? 'a.grantee_id' : 'a.offered_to';
}
