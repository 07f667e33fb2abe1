import type { NewSecret } from '../accounts/api-key.rules.js';
import { GranteeRow } from '../organizations/face.entity.js';
import { InvitationRow } from '../organizations/invitation.entity.js';
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
  readonly outcome:
    | 'CLAIMED'
    /** With a new secret. */
    | 'ISSUED_AGAIN'
    /** By whoever made the secret. */
    | 'REPEATED'
    | 'NOT_FOUND'
    | 'INVITATION_ALREADY_CLAIMED'
    | 'INVITATION_EXPIRED'
    | 'IDEMPOTENCY_MISMATCH';
  readonly organizationId: string | null;
  readonly keyId: string | null;
}

/** In one function of the database, which alone may do this for a caller without a key. */
export async function claimInvitation(
  tx: Tx,
  digest: Buffer,
  key: NewSecret & { lineageId: string; label: string },
  repeatDigest: Buffer | null,
): Promise<Claim> {
  const [claim] = await tx.rows<Claim>(
    `SELECT outcome, organization_id AS "organizationId", key_id AS "keyId"
     FROM claim_invitation($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      ...[digest, key.id, key.lineageId, tx.newId(), tx.newId(), key.digest, key.label, tx.now],
      ...[repeatDigest, key.isOwn],
    ],
  );
  return claim;
}

/** The invitation with which one of these funder records invited this group. */
export async function findInvitation(
  tx: Tx,
  funderIds: readonly string[],
  groupDigest: Buffer,
): Promise<EarlierInvitation | null> {
  const [row] = await tx.rows<EarlierInvitation>(
    `SELECT ${columnsOf(InvitationRow, 'i')}, o.merged_into IS NOT NULL AS "isMerged"
     FROM invitations i JOIN organizations o ON o.id = i.grantee_id
     WHERE i.funder_id = ANY ($1) AND i.group_digest = $2 ORDER BY i.created_at, i.id LIMIT 1`,
    [funderIds, groupDigest],
  );
  return row ?? null;
}
export interface EarlierInvitation extends InvitationRow {
  /** The steward found that the group has another record. */
  readonly isMerged: boolean;
}

/** False when the link was claimed or replaced meanwhile: of several who replace one link at once, one has its way. */
export async function replaceToken(
  tx: Tx,
  invitation: InvitationRow,
  link: Pick<InvitationRow, 'tokenDigest' | 'expiresAt'>,
): Promise<boolean> {
  const rows = await tx.rows(
    `UPDATE invitations SET token_digest = $3, expires_at = $4
     WHERE id = $1 AND token_digest = $2 AND claimed_at IS NULL RETURNING 1`,
    [invitation.id, invitation.tokenDigest, link.tokenDigest, link.expiresAt],
  );
  return rows.length > 0;
}
