import type { Actor } from '../../platform/access/actor.js';
import type { ListRequest } from '../../platform/api/page.js';
import type { Condition, Corrections } from '../../platform/db/keyset.js';
import type { AgreementState } from '../agreement.lifecycle.js';
import { SUMMARY_COLUMNS } from '../agreements.store.js';
import { ofStates } from '../lists/agreement-lists.store.js';
import { REVISION_COLUMNS } from '../terms/revisions.store.js';

/** What a sponsor sponsors, newest first: to itself all of it, to a funder its own part, to the steward all. */
export function sponsoredList(
  actor: Actor,
  states: readonly AgreementState[] | null,
  corrections: Corrections,
): Omit<ListRequest, 'arguments'> {
  const { role, organizationIds } = actor;
  const where: Condition[] = ofStates(states);
  if (role === 'FUNDER') where.push({ sql: (place) => `a.funder_id = ANY (${place}::uuid[])`, value: organizationIds });
  return {
    name: 'sponsoredAgreements',
    select: SUMMARY_COLUMNS,
    from: 'agreements a',
    key: [
      { sql: 'a.created_at', alias: 'createdAt', type: 'timestamptz' },
      { sql: 'a.id', alias: 'id', type: 'uuid' },
    ],
    descending: true,
    where,
    corrections,
    ...(role === 'GRANTEE' && { tenant: { column: 'a.fiscal_sponsor_id', ids: organizationIds } }),
  };
}

export interface RevisionKey {
  readonly agreementId: string;
  readonly number: number;
}

/** One revision for each pair, as far as row security shows it: also to a sponsor that agreed to it and is gone since. */
export const REVISIONS_BY_NUMBER = `SELECT ${REVISION_COLUMNS}
  FROM unnest($1::uuid[], $2::integer[]) AS wanted (agreement_id, number)
  JOIN agreement_revisions r ON r.agreement_id = wanted.agreement_id AND r.number = wanted.number`;
