import type { Actor } from '../../platform/access/actor.js';
import type { ListRequest } from '../../platform/api/page.js';
import type { Condition } from '../../platform/db/keyset.js';
import type { InstallmentState } from '../payments/payment.rules.js';
import { INSTALLMENT } from '../payments/payments.store.js';
import { among, between } from '../../platform/db/conditions.js';
import { dueSoonest, sinceBefore } from './conditions.store.js';

export interface InstallmentListQuery {
  readonly actor: Actor;
  readonly now: Date;
  readonly descending: boolean;
  readonly states: readonly InstallmentState[] | null;
  readonly funderId: string | null;
  readonly granteeId: string | null;
  readonly dueOn: { readonly gte?: string | null; readonly lte?: string | null };
  readonly isLate: boolean | null;
}

const isOpen = (state: InstallmentState): boolean => state === 'SCHEDULED' || state === 'SENT';

/** What is owed under the caller's agreements, by day. Of what was not accepted nothing is owed: `late_at` is null. */
export function installmentList(query: InstallmentListQuery): Omit<ListRequest, 'arguments'> {
  const { actor, now, states, funderId, granteeId, isLate } = query;
  const tenant = actor.role === 'FUNDER' ? 'i.funder_id' : 'i.offered_to';
  // Said in words of its own, so that the planner finds the index of what is awaited: history is many times longer.
  const onlyOpen = isLate === true || (states !== null && states.length > 0 && states.every(isOpen));
  const where: Condition[] = [
    { sql: () => 'i.late_at IS NOT NULL' },
    ...(actor.role === 'STEWARD' ? [{ sql: () => 'i.offered_to IS NOT NULL' }] : []),
    ...(onlyOpen ? [{ sql: () => `i.state IN ('SCHEDULED', 'SENT')` }] : []),
    ...among('i.state', states),
    ...among('i.funder_id', funderId === null ? null : [funderId], 'uuid'),
    ...among('i.grantee_id', granteeId === null ? null : [granteeId], 'uuid'),
    ...between('i.due_on', 'date', query.dueOn),
    ...(isLate === true ? [dueSoonest('i.due_on', now)] : []),
    ...(isLate === null ? [] : [sinceBefore('i.late_from', now, isLate)]),
  ];
  return {
    name: 'installments',
    select: INSTALLMENT,
    from: 'installments i',
    key: [
      { sql: 'i.due_on', alias: 'dueOn', type: 'date' },
      { sql: 'i.id', alias: 'id', type: 'uuid' },
    ],
    descending: query.descending,
    where,
    ...(actor.role !== 'STEWARD' && { tenant: { column: tenant, ids: actor.organizationIds } }),
  };
}
