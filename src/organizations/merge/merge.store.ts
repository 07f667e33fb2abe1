import type { Tx } from '../../platform/db/transaction.js';
import { moveIdentifiers } from '../identifiers/identifiers.store.js';

/** All that decides whether two organizations may become one, and what the merge would touch. Obstacles are left out. */
export interface MergeFacts {
  readonly shareAgreement: boolean;
  readonly shareSponsorship: boolean;
  readonly isStewards: boolean;
  /** A face of the one that goes that the one that stays does not have. */
  readonly missingFace: 'FUNDER' | 'GRANTEE' | null;
  readonly agreements: bigint;
  readonly keys: bigint;
}

export async function readMergeFacts(tx: Tx, from: string, into: string): Promise<MergeFacts> {
  const [facts] = await tx.rows<MergeFacts>(
    `SELECT
       EXISTS (SELECT 1 FROM agreements a WHERE a.funder_id = $1 AND a.grantee_id = $2)
         OR EXISTS (SELECT 1 FROM agreements a WHERE a.funder_id = $2 AND a.grantee_id = $1) AS "shareAgreement",
       EXISTS (SELECT 1 FROM grantees g WHERE g.organization_id = $1 AND g.fiscal_sponsor_id = $2)
         OR EXISTS (SELECT 1 FROM grantees g WHERE g.organization_id = $2 AND g.fiscal_sponsor_id = $1)
         OR EXISTS (SELECT 1 FROM agreements a WHERE a.fiscal_sponsor_id = $1 AND $2 IN (a.funder_id, a.grantee_id))
         OR EXISTS (SELECT 1 FROM agreements a WHERE a.fiscal_sponsor_id = $2 AND $1 IN (a.funder_id, a.grantee_id))
         OR EXISTS (SELECT 1 FROM amendments m WHERE m.state = 'PROPOSED' AND m.new_sponsor_id = $1
           AND $2 IN (m.funder_id, m.grantee_id, m.fiscal_sponsor_id))
         OR EXISTS (SELECT 1 FROM amendments m WHERE m.state = 'PROPOSED' AND m.new_sponsor_id = $2
           AND $1 IN (m.funder_id, m.grantee_id, m.fiscal_sponsor_id)) AS "shareSponsorship",
       ARRAY[$1, $2]::uuid[] && closed_to_steward() AS "isStewards",
       CASE
         WHEN EXISTS (SELECT 1 FROM funders f WHERE f.organization_id = $1)
           AND NOT EXISTS (SELECT 1 FROM funders f WHERE f.organization_id = $2) THEN 'FUNDER'
         WHEN EXISTS (SELECT 1 FROM grantees g WHERE g.organization_id = $1)
           AND NOT EXISTS (SELECT 1 FROM grantees g WHERE g.organization_id = $2) THEN 'GRANTEE'
       END AS "missingFace",
       (SELECT count(*) FROM agreements a WHERE a.funder_id = $1) + (SELECT count(*) FROM agreements a WHERE a.offered_to = $1)
         + (SELECT count(*) FROM agreements a WHERE a.fiscal_sponsor_id = $1) AS "agreements",
       (SELECT count(*) FROM api_keys k WHERE k.organization_id = $1 AND k.revoked_at IS NULL) AS "keys"`,
    [from, into],
  );
  return facts;
}

/**
 * Rows keep their organization id: `merged_into` alone makes the one that stays reach them. Identifiers alone move: a
 * number says who an organization is, and the record that goes is nobody any more.
 */
export function mergeInto(tx: Tx, from: string, into: string): void {
  moveIdentifiers(tx, from, into);
  tx.later(
    'UPDATE organizations SET merged_into = $2, version = version + 1, updated_at = $3 WHERE id = $1 OR merged_into = $1',
    [from, into, tx.now],
  );
  for (const table of ['funders', 'grantees']) {
    tx.later(`UPDATE ${table} SET is_listed = false, updated_at = $2 WHERE organization_id = $1`, [from, tx.now]);
  }
  tx.later(
    'UPDATE api_keys SET revoked_at = $2, version = version + 1 WHERE organization_id = $1 AND revoked_at IS NULL',
    [from, tx.now],
  );
}
