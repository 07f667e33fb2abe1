import { columnsOf } from '../../platform/db/columns.js';
import type { Tx } from '../../platform/db/transaction.js';
import { PastDueDayRow } from './past-due-day.entity.js';

export type KeptDueDay = Omit<PastDueDayRow, 'funderId' | 'granteeId' | 'offeredTo' | 'fiscalSponsorId'>;
const COLUMNS = columnsOf(PastDueDayRow, 'p', [
  'id',
  'agreementId',
  'installmentId',
  'dueOn',
  'lateAt',
  'amountMinor',
  'until',
]);
export const PAST_DUE_DAYS_OF_AGREEMENTS = `SELECT ${COLUMNS} FROM past_due_days p
  WHERE p.agreement_id = ANY ($1) ORDER BY p.agreement_id, p.installment_id, p.until, p.id`;

/** Before the installment gets its other day, or none: the duty to pay by the old one is kept, and what follows is another duty. */
export function keepDueDay(tx: Tx, installmentId: string, until: string): void {
  tx.later(
    `INSERT INTO past_due_days (id, agreement_id, funder_id, grantee_id, offered_to, installment_id, due_on, late_at, amount_minor, until)
     SELECT coalesce(i.duty_id, i.id), i.agreement_id, i.funder_id, i.grantee_id, i.offered_to, i.id, i.due_on, i.late_at, i.amount_minor, $2::date
     FROM installments i WHERE i.id = $1`,
    [installmentId, until],
  );
}
