import type { Tx } from '../../platform/db/transaction.js';
import type { AgreementRow } from '../agreement.entity.js';
import type { Due } from './lateness.rules.js';
import { asOwed, lateFrom, pausesOf } from './lateness.rules.js';

type Found = Due & {
  readonly id: string;
  readonly holds: readonly { readonly placedOn: string; readonly liftedOn: string | null }[];
  readonly repayments: readonly { readonly coveredFrom: string | null; readonly repaidOn: string }[];
};

/**
 * Writes since when each installment counts as late, where days are excused: after a hold was placed or lifted, money
 * went back, or a day was moved. For all others the database does it.
 */
export async function keepLateness(tx: Tx, { id, timeZone }: Pick<AgreementRow, 'id' | 'timeZone'>): Promise<void> {
  const excused = await tx.rows<Found>(
    `SELECT i.id, i.state, i.due_on AS "dueOn", i.late_at AS "lateAt", i.received_on AS "receivedOn", h.holds, r.repayments
     FROM installments i,
       LATERAL (SELECT coalesce(json_agg(json_build_object('placedOn', h.placed_on, 'liftedOn', h.lifted_on)), '[]') AS holds
         FROM legal_holds h WHERE h.agreement_id = i.agreement_id AND h.installment_id = i.id) AS h,
       LATERAL (SELECT coalesce(json_agg(json_build_object('coveredFrom', r.covered_from, 'repaidOn', r.repaid_on)), '[]') AS repayments
         FROM repayments r WHERE r.agreement_id = i.agreement_id AND r.installment_id = i.id) AS r
     WHERE i.agreement_id = $1 AND i.state IN ('SCHEDULED', 'SENT') AND json_array_length(h.holds) + json_array_length(r.repayments) > 0`,
    [id],
  );
  if (excused.length === 0) return;
  tx.later(
    `UPDATE installments AS i SET late_from = w.late_from FROM unnest($1::uuid[], $2::timestamptz[]) AS w (id, late_from)
     WHERE i.id = w.id AND i.late_from IS DISTINCT FROM w.late_from`,
    [
      excused.map((one) => one.id),
      excused.map((one) => lateFrom(asOwed(one, timeZone), pausesOf(one.holds, one.repayments), timeZone)),
    ],
  );
}
