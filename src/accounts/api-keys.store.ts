import type { ListRequest } from '../platform/api/page.js';
import { columnsOf } from '../platform/db/columns.js';
import type { Tx } from '../platform/db/transaction.js';
import { ApiKeyRow } from './api-key.entity.js';

const COLUMNS = columnsOf(ApiKeyRow, 'k', [
  'id',
  'role',
  'organizationId',
  'label',
  'expiresAt',
  'revokedAt',
  'lastUsedOn',
  'issuedByOther',
  'rotatedAt',
  'version',
  'createdAt',
]);

export const API_KEYS_BY_ID = `SELECT ${COLUMNS} FROM api_keys k WHERE k.id = ANY ($1)`;

/** The caller's organization's keys; the steward, who has no tenant, sees the network's. */
export function apiKeyList(organizationIds: readonly string[] | null): Omit<ListRequest, 'arguments'> {
  return {
    name: 'apiKeys',
    select: COLUMNS,
    from: 'api_keys k',
    key: [
      { sql: 'k.created_at', alias: 'createdAt', type: 'timestamptz' },
      { sql: 'k.id', alias: 'id', type: 'uuid' },
    ],
    descending: true,
    where: [],
    ...(organizationIds && { tenant: { column: 'k.organization_id', ids: organizationIds } }),
  };
}

export async function lockApiKey(tx: Tx, id: string): Promise<ApiKeyRow | null> {
  const [row] = await tx.rows<ApiKeyRow>(
    `SELECT ${columnsOf(ApiKeyRow, 'k')} FROM api_keys k WHERE k.id = $1 FOR NO KEY UPDATE`,
    [id],
  );
  return row ?? null;
}

/** The key that replaced this one. */
export async function heirOf(tx: Tx, id: string): Promise<Pick<ApiKeyRow, 'id' | 'secretDigest' | 'version'> | null> {
  const [row] = await tx.rows<Pick<ApiKeyRow, 'id' | 'secretDigest' | 'version'>>(
    `SELECT ${columnsOf(ApiKeyRow, 'k', ['id', 'secretDigest', 'version'])} FROM api_keys k WHERE k.rotated_from = $1`,
    [id],
  );
  return row ?? null;
}

/** Which faces an organization has, or null when there is no such organization. */
export async function facesOf(
  tx: Tx,
  organizationId: string,
): Promise<{ isFunder: boolean; isGrantee: boolean } | null> {
  const [row] = await tx.rows<{ isFunder: boolean; isGrantee: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM funders f WHERE f.organization_id = o.id) AS "isFunder",
       EXISTS (SELECT 1 FROM grantees g WHERE g.organization_id = o.id) AS "isGrantee"
     FROM organizations o WHERE o.id = $1 AND o.merged_into IS NULL`,
    [organizationId],
  );
  return row ?? null;
}

/** As the service itself: the one look-up that happens before there is an actor. */
export const FIND_KEY = `SELECT secret_digest AS "secretDigest", role, organization_id AS "organizationId",
  organization_ids AS "organizationIds", lineage_id AS "lineageId", expires_at AS "expiresAt", revoked_at AS "revokedAt",
  last_used_on AS "lastUsedOn", issued_by_other AS "issuedByOther", rotated_at AS "rotatedAt" FROM find_key($1)`;
/** False when the key has another secret by now, so that whoever used this one has not used the key. */
export const NOTE_KEY_USE = 'SELECT note_key_use($1, $2, $3) AS "isRight"';
