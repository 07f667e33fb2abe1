import type { Tx } from '../../platform/db/transaction.js';
import type { AgreementRow } from '../agreement.entity.js';
import type { InstallmentState } from '../payments/payment.rules.js';

export type Ending = Pick<
  AgreementRow,
  'id' | 'funderId' | 'granteeId' | 'fiscalSponsorId' | 'revision' | 'version' | 'state' | 'endsOn' | 'timeZone'
> & {
  readonly installments: readonly InstallmentState[];
};

/**
 * Agreements that may be complete, locked, after one that was looked at before: their term was over yesterday somewhere.
 * The rule decides; one that somebody is changing now is left for another day, and one that an agreed amendment changes
 * until that is written.
 */
export function lockEnding(tx: Tx, day: string, after: string, most: number): Promise<Ending[]> {
  return tx.rows<Ending>(
    `SELECT a.id, a.funder_id AS "funderId", a.grantee_id AS "granteeId", a.fiscal_sponsor_id AS "fiscalSponsorId", a.revision, a.version, a.state,
       a.ends_on AS "endsOn", a.time_zone AS "timeZone",
       ARRAY(SELECT i.state FROM installments i WHERE i.agreement_id = a.id) AS "installments"
     FROM agreements a
     WHERE a.state = 'ACTIVE' AND a.ends_on < $1 AND a.id > $2 AND (a.amends_at IS NULL OR a.amends_at > $4)
       AND NOT EXISTS (SELECT 1 FROM installments i WHERE i.agreement_id = a.id AND i.state IN ('SCHEDULED', 'SENT'))
     ORDER BY a.id LIMIT $3 FOR NO KEY UPDATE OF a SKIP LOCKED`,
    [day, after, most, tx.now],
  );
}

export function complete(tx: Tx, { id, version }: Ending): void {
  tx.later(`UPDATE agreements SET state = 'COMPLETED', ended_at = $2, version = $3, updated_at = $2 WHERE id = $1`, [
    id,
    tx.now,
    version + 1,
  ]);
}
