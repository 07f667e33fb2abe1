import type { Tx } from '../../platform/db/transaction.js';
import { addDays, latestDay } from '../due-day.rules.js';
import type { Expectation } from '../expectations/expectations.store.js';
import type { Installment } from '../payments/payments.store.js';
import type { Reminder, ReminderType } from './reminder.rules.js';
import { DAYS_BEFORE_DUE, DAYS_BEFORE_END } from './reminder.rules.js';

/** Where a run has come to: what it looked at last. */
export interface Place {
  readonly at: string;
  readonly id: string;
}
export const START: Place = { at: '-infinity', id: '00000000-0000-0000-0000-000000000000' };

interface Between {
  readonly id: string;
  readonly funderId: string;
  readonly granteeId: string;
  readonly sponsorId: string | null;
  readonly timeZone: string;
  readonly at: string;
}
export type DueInstallment = Between & Pick<Installment, 'state' | 'dueOn'> & { readonly lateFrom: Date };
export type DueExpectation = Between &
  Pick<Expectation, 'dueOn' | 'movedTo' | 'metByShareId' | 'waivedAt' | 'overdueAt'>;
export type EndingAgreement = Between & { readonly endsOn: string; readonly revision: number };

/**
 * What may have to be reminded of, after a place, in the order of an index. The rule decides: days end where an
 * agreement lives. Terms that an amendment has changed are left until a job has written them.
 */
const OF_AGREEMENT = `a.funder_id AS "funderId", a.grantee_id AS "granteeId", a.fiscal_sponsor_id AS "sponsorId", a.time_zone AS "timeZone"`;
const IN_FORCE = `(a.amends_at IS NULL OR a.amends_at > $1::timestamptz)`;
const NOT_REMINDED = (types: readonly ReminderType[], id: string, day: string, isSecond: string): string =>
  `NOT EXISTS (SELECT 1 FROM reminders r WHERE r.subject_id = ${id} AND r.day = ${day}
     AND r.type = CASE WHEN ${isSecond} THEN '${types[1]}' ELSE '${types[0]}' END)`;

export function dueInstallments(tx: Tx, after: Place, most: number): Promise<DueInstallment[]> {
  return tx.rows<DueInstallment>(
    `SELECT i.id, ${OF_AGREEMENT}, i.state, i.due_on AS "dueOn", i.late_from AS "lateFrom", i.due_on::text AS "at"
     FROM installments i JOIN agreements a ON a.id = i.agreement_id AND a.state = 'ACTIVE'
     WHERE i.late_at IS NOT NULL AND i.state IN ('SCHEDULED', 'SENT') AND i.late_from IS NOT NULL AND ${IN_FORCE}
       AND i.due_on <= $2::date AND (i.due_on, i.id) > ($3::date, $4::uuid)
       AND ${NOT_REMINDED(['INSTALLMENT_DUE_SOON', 'INSTALLMENT_LATE'], 'i.id', 'i.due_on', 'i.late_from <= $1::timestamptz')}
     ORDER BY i.due_on, i.id LIMIT $5`,
    [tx.now, addDays(latestDay(tx.now), DAYS_BEFORE_DUE), after.at, after.id, most],
  );
}

export function dueExpectations(tx: Tx, after: Place, most: number): Promise<DueExpectation[]> {
  return tx.rows<DueExpectation>(
    `SELECT e.id, ${OF_AGREEMENT}, e.due_on AS "dueOn", e.moved_to AS "movedTo", e.met_by_share_id AS "metByShareId",
       e.waived_at AS "waivedAt", e.overdue_at AS "overdueAt", e.overdue_at::text AS "at"
     FROM reporting_expectations e JOIN agreements a ON a.id = e.agreement_id AND a.state IN ('ACTIVE', 'COMPLETED')
     WHERE e.met_by_share_id IS NULL AND e.waived_at IS NULL AND ${IN_FORCE}
       AND e.overdue_at <= $1::timestamptz + $2 * interval '1 day' AND (e.overdue_at, e.id) > ($3::timestamptz, $4::uuid)
       AND ${NOT_REMINDED(['EXPECTATION_DUE_SOON', 'EXPECTATION_OVERDUE'], 'e.id', 'coalesce(e.moved_to, e.due_on)', 'e.overdue_at <= $1::timestamptz')}
     ORDER BY e.overdue_at, e.id LIMIT $5`,
    [tx.now, DAYS_BEFORE_DUE + 1, after.at, after.id, most],
  );
}

export function endingAgreements(tx: Tx, after: Place, most: number): Promise<EndingAgreement[]> {
  return tx.rows<EndingAgreement>(
    `SELECT a.id, ${OF_AGREEMENT}, a.ends_on AS "endsOn", a.revision, a.ends_on::text AS "at"
     FROM agreements a
     WHERE a.state = 'ACTIVE' AND ${IN_FORCE} AND a.ends_on >= $1::date - 1 AND a.ends_on <= $2::date
       AND (a.ends_on, a.id) > ($3::date, $4::uuid)
       AND NOT EXISTS (SELECT 1 FROM reminders r WHERE r.type = 'AGREEMENT_ENDING' AND r.subject_id = a.id AND r.day = a.ends_on)
     ORDER BY a.ends_on, a.id LIMIT $5`,
    [tx.now, addDays(latestDay(tx.now), DAYS_BEFORE_END), after.at, after.id, most],
  );
}

/** Notes what is reminded of and answers what was not before: the primary key decides between two who run at once. */
export async function noteReminders(
  tx: Tx,
  reminders: readonly (Reminder & { readonly subjectId: string })[],
): Promise<Set<string>> {
  if (reminders.length === 0) return new Set();
  const noted = await tx.rows<{ subjectId: string }>(
    `INSERT INTO reminders (type, subject_id, day, reminded_at)
     SELECT r.type, r.subject_id, r.day, $1 FROM unnest($2::text[], $3::uuid[], $4::date[]) AS r (type, subject_id, day)
     ON CONFLICT DO NOTHING RETURNING subject_id AS "subjectId"`,
    [
      tx.now,
      reminders.map(({ type }) => type),
      reminders.map(({ subjectId }) => subjectId),
      reminders.map(({ day }) => day),
    ],
  );
  return new Set(noted.map(({ subjectId }) => subjectId));
}
