import { GranteeRow } from '../organizations/face.entity.js';
import type { ListRequest } from '../platform/api/page.js';
import { columnsOf } from '../platform/db/columns.js';
import type { Tx } from '../platform/db/transaction.js';

const COLUMNS = `${columnsOf(GranteeRow, 'g')}, g.organization_id AS "id"`;
export type Grantee = GranteeRow & { readonly id: string };

export const GRANTEES_BY_ID = `SELECT ${COLUMNS} FROM grantees g WHERE g.organization_id = ANY ($1)`;

/** The public directory, by name. */
export const GRANTEE_DIRECTORY: Omit<ListRequest, 'arguments'> = {
  name: 'grantees',
  select: COLUMNS,
  from: 'grantees g',
  key: [
    { sql: 'g.name', alias: 'name', type: 'text' },
    { sql: 'g.organization_id', alias: 'id', type: 'uuid' },
  ],
  descending: false,
  where: [{ sql: () => 'g.is_listed' }],
};

export interface Claim {
  readonly outcome: 'CLAIMED' | 'NOT_FOUND' | 'INVITATION_ALREADY_CLAIMED' | 'INVITATION_EXPIRED';
  readonly organizationId: string | null;
}

/** In one function of the database, which alone may do this for a caller without a key. */
export async function claimInvitation(
  tx: Tx,
  digest: Buffer,
  key: { id: string; digest: Buffer; lineageId: string; label: string },
): Promise<Claim> {
  const [claim] = await tx.rows<Claim>(
    'SELECT outcome, organization_id AS "organizationId" FROM claim_invitation($1, $2, $3, $4, $5, $6, $7, $8)',
    [digest, key.id, key.lineageId, tx.newId(), tx.newId(), key.digest, key.label, tx.now],
  );
  return claim;
}
