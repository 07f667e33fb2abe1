import type { Actor } from '../../platform/access/actor.js';
import type { ListRequest } from '../../platform/api/page.js';
import type { Condition, Corrections, KeyColumn } from '../../platform/db/keyset.js';
import type { AgreementState } from '../agreement.lifecycle.js';
import { SUMMARY_COLUMNS } from '../agreements.store.js';
import type { AgreementOrderField } from './agreement-order.rules.js';
import { among, between } from '../../platform/db/conditions.js';
import { dueSoonest, sinceBefore } from './conditions.store.js';

export interface AgreementListQuery {
  readonly actor: Actor;
  readonly now: Date;
  readonly order: { readonly field: AgreementOrderField; readonly descending: boolean };
  readonly states: readonly AgreementState[] | null;
  /** For `states`: what the clock has changed and no job has written. */
  readonly corrections: Corrections;
  readonly funderId: string | null;
  readonly granteeId: string | null;
  readonly countries: readonly string[] | null;
  readonly nextDueOn: { readonly gte?: string | null; readonly lte?: string | null };
  readonly endsOn: { readonly gte?: string | null; readonly lte?: string | null };
  readonly updatedAt: { readonly gte?: Date | null; readonly lte?: Date | null };
  readonly isLate: boolean | null;
  readonly committed: {
    readonly currency: string;
    readonly gte: bigint | null;
    readonly lte: bigint | null;
  } | null;
}

const ORDERS: Readonly<Record<AgreementOrderField, KeyColumn>> = {
  CREATED_AT: { sql: 'a.created_at', alias: 'createdAt', type: 'timestamptz' },
  UPDATED_AT: { sql: 'a.updated_at', alias: 'updatedAt', type: 'timestamptz' },
  NEXT_DUE_ON: { sql: 'a.next_due_on', alias: 'nextDueOn', type: 'date' },
  ENDS_ON: { sql: 'a.ends_on', alias: 'endsOn', type: 'date' },
  COMMITTED: { sql: 'a.committed_minor', alias: 'committedMinor', type: 'bigint' },
};
/** Of its own agreements a funder sees changes that nobody else sees. */
const FUNDERS_UPDATE: KeyColumn = { sql: 'a.funder_updated_at', alias: 'funderUpdatedAt', type: 'timestamptz' };
/** An order by a day lists what has one: to the others it says nothing. */
const KNOWN: Readonly<Partial<Record<AgreementOrderField, Condition>>> = {
  NEXT_DUE_ON: { sql: () => 'a.next_due_on IS NOT NULL' },
  ENDS_ON: { sql: () => 'a.ends_on IS NOT NULL' },
};

/**
 * The caller's agreements: each role has its own tenant column, which leads an index with every order. To all but the
 * funder a grantee is who it was offered to, so that their statements never touch a draft.
 */
export function agreementList(query: AgreementListQuery): Omit<ListRequest, 'arguments'> {
  const { actor, order } = query;
  const isFunder = actor.role === 'FUNDER';
  const known = KNOWN[order.field];
  const key = isFunder && order.field === 'UPDATED_AT' ? FUNDERS_UPDATE : ORDERS[order.field];
  return {
    name: 'agreements',
    select: SUMMARY_COLUMNS,
    from: 'agreements a',
    key: [key, { sql: 'a.id', alias: 'id', type: 'uuid' }],
    descending: order.descending,
    corrections: query.corrections,
    where: [
      ...(actor.role === 'STEWARD' ? [{ sql: () => 'a.offered_to IS NOT NULL' }] : []),
      ...(known ? [known] : []),
      ...conditions(query, isFunder ? 'a.grantee_id' : 'a.offered_to'),
    ],
    ...(actor.role !== 'STEWARD' && {
      tenant: { column: isFunder ? 'a.funder_id' : 'a.offered_to', ids: actor.organizationIds },
    }),
  };
}

/** By the state as written; what is behind is corrected. */
export function ofStates(states: readonly AgreementState[] | null): Condition[] {
  return among('a.state', states).map((condition) => ({ ...condition, isCorrected: true }));
}

/** More are behind only when jobs have not run for long: then the others are listed as they are written. */
export const MOST_BEHIND = 1_000;
/** What the clock may have changed since it was written: the term is over somewhere and nothing is awaited, or an amendment is due. */
export const MAYBE_BEHIND = `
  (SELECT ${SUMMARY_COLUMNS} FROM agreements a
    WHERE a.state = 'ACTIVE' AND a.next_due_on IS NULL AND a.ends_on < $1::date ORDER BY a.ends_on, a.id LIMIT $3::bigint)
  UNION ALL (SELECT ${SUMMARY_COLUMNS} FROM agreements a
    WHERE a.state = 'ACTIVE' AND a.amends_at <= $2::timestamptz ORDER BY a.amends_at, a.id LIMIT $3::bigint)`;

function conditions(query: AgreementListQuery, granteeColumn: string): Condition[] {
  const { actor, states, countries, funderId, granteeId, committed, isLate, now } = query;
  return [
    ...ofStates(states),
    ...among('a.grantee_country', countries),
    ...among('a.funder_id', funderId === null ? null : [funderId], 'uuid'),
    ...among(granteeColumn, granteeId === null ? null : [granteeId], 'uuid'),
    ...among('a.currency', committed && [committed.currency]),
    ...between('a.committed_minor', 'bigint', committed ?? {}),
    ...between('a.next_due_on', 'date', query.nextDueOn),
    ...between('a.ends_on', 'date', query.endsOn),
    ...between(actor.role === 'FUNDER' ? FUNDERS_UPDATE.sql : 'a.updated_at', 'timestamptz', query.updatedAt),
    ...(isLate === true ? [dueSoonest('a.next_due_on', now)] : []),
    ...(isLate === null ? [] : [sinceBefore('a.late_from', now, isLate)]),
  ];
}
