import { columnsOf } from '../../platform/db/columns.js';
import type { Tx } from '../../platform/db/transaction.js';
import type { AgreementRow } from '../agreement.entity.js';
import type { Expectation } from '../expectations/expectations.store.js';
import { EXPECTATIONS_OF_AGREEMENTS } from '../expectations/expectations.store.js';
import { keepDueDay } from '../payments/past-due-days.store.js';
import type { Disbursement, Installment } from '../payments/payments.store.js';
import { DISBURSEMENTS_OF_AGREEMENTS, INSTALLMENTS_OF_AGREEMENTS } from '../payments/payments.store.js';
import type { AgreedNames } from '../terms/agreement-revision.entity.js';
import type { Sponsor, Terms } from '../terms/terms.rules.js';
import { storedTerms } from '../terms/terms.rules.js';
import type { Schedule } from './amended-schedule.rules.js';
import { pastDueIn, scheduleOf } from './amended-schedule.rules.js';
import { AmendmentRow } from './amendment.entity.js';
import { inOrder } from './waiting-amendments.rules.js';

export type Amendment = AmendmentRow;
const COLUMNS = columnsOf(AmendmentRow, 'm');

export const AMENDMENTS_BY_ID = `SELECT ${COLUMNS} FROM amendments m WHERE m.id = ANY ($1)`;
export const AMENDMENTS_OF_AGREEMENTS = `SELECT ${COLUMNS} FROM amendments m
  WHERE m.agreement_id = ANY ($1) ORDER BY m.agreement_id, m.proposed_at, m.id`;

export async function findAmendment(tx: Tx, id: string): Promise<Amendment | null> {
  return (await tx.rows<Amendment>(AMENDMENTS_BY_ID, [[id]]))[0] ?? null;
}

/** Nobody else answers it meanwhile: the new sponsor cannot lock the agreement, which is not its own yet. */
export async function lockAmendment(tx: Tx, id: string): Promise<Amendment | null> {
  const [row] = await tx.rows<Amendment>(`SELECT ${COLUMNS} FROM amendments m WHERE m.id = $1 FOR NO KEY UPDATE`, [id]);
  return row ?? null;
}

/** Who shall be the sponsor: a registered grantee that the caller can see. */
export async function findSponsor(tx: Tx, id: string): Promise<Sponsor | null> {
  const [row] = await tx.rows<Sponsor>(
    `SELECT o.id, o.name FROM grantees g JOIN organizations o ON o.id = g.organization_id
     WHERE g.organization_id = $1 AND g.legal_form = 'REGISTERED' AND o.merged_into IS NULL`,
    [id],
  );
  return row ?? null;
}

/** Whether a proposal waits for an answer. */
export async function hasOpenAmendment(tx: Tx, agreementId: string): Promise<boolean> {
  const [row] = await tx.rows<{ found: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM amendments m WHERE m.agreement_id = $1 AND m.state = 'PROPOSED' AND m.stale_at IS NULL) AS "found"`,
    [agreementId],
  );
  return row.found;
}

/** The accepted amendments whose day has not been acted on, in the order they take effect. */
export async function findWaiting(tx: Tx, agreementId: string): Promise<Amendment[]> {
  const rows = await tx.rows<Amendment>(
    `SELECT ${COLUMNS} FROM amendments m WHERE m.agreement_id = $1 AND m.state = 'ACCEPTED' AND m.revision IS NULL`,
    [agreementId],
  );
  return inOrder(rows);
}

export async function readSchedule(tx: Tx, agreement: AgreementRow): Promise<Schedule> {
  const ids = [[agreement.id]];
  const installments = await tx.rows<Installment>(INSTALLMENTS_OF_AGREEMENTS, ids);
  const disbursements = await tx.rows<Disbursement>(DISBURSEMENTS_OF_AGREEMENTS, ids);
  const expectations = await tx.rows<Expectation>(EXPECTATIONS_OF_AGREEMENTS, ids);
  return scheduleOf(agreement, { installments, disbursements, expectations });
}

/** Other terms are in force now: what was proposed for the old ones can no longer be accepted. */
export function markOthersStale(tx: Tx, { id, agreementId }: Pick<Amendment, 'id' | 'agreementId'>): void {
  tx.later(`UPDATE amendments SET stale_at = $3 WHERE ${OPEN_OTHERS}`, [agreementId, id, tx.now]);
}

const OPEN_OTHERS = `agreement_id = $1 AND id <> $2 AND state = 'PROPOSED' AND stale_at IS NULL`;
type OfDay = Pick<Amendment, 'id' | 'agreementId' | 'effectiveOn'>;

/** An amendment that waited is in effect: what was proposed for its day or a later one started from its terms, the others did not (`startsFrom`). */
export function markEarlierStale(tx: Tx, { id, agreementId, effectiveOn }: OfDay): void {
  tx.later(
    `UPDATE amendments SET stale_at = $3 WHERE ${OPEN_OTHERS} AND (effective_on IS NULL OR effective_on < $4::date)`,
    [agreementId, id, tx.now, effectiveOn],
  );
}

/** An amendment that waited will not take effect: what was proposed for its day or a later one started from terms that will not be. */
export function markLaterStale(tx: Tx, { id, agreementId, effectiveOn }: OfDay): void {
  tx.later(`UPDATE amendments SET stale_at = $3 WHERE ${OPEN_OTHERS} AND effective_on >= $4::date`, [
    ...[agreementId, id, tx.now, effectiveOn],
  ]);
}

/** The rows become what the schedule says from `today` on; `late_at` follows the day, and a day that was missed is kept. */
export function writeSchedule(
  tx: Tx,
  agreement: AgreementRow,
  before: Schedule,
  after: Schedule,
  today: string,
  lateAt: (dueOn: string) => Date,
): void {
  const { id, funderId, granteeId, offeredTo, currency } = agreement;
  const known = new Set(before.installments.map((one) => one.id));
  const missed = new Set(pastDueIn(before, after, today).map((one) => one.id));
  for (const installmentId of missed) keepDueDay(tx, installmentId, today);
  for (const one of after.installments) {
    const days = [one.id, one.number, one.dueOn, one.amountMinor, one.state, lateAt(one.dueOn)];
    if (known.has(one.id)) {
      tx.later(
        `UPDATE installments SET number = $2, due_on = $3, amount_minor = $4, state = $5,
           late_at = CASE WHEN due_on = $3 THEN late_at ELSE $6 END, duty_id = coalesce($7, duty_id), received_on = $8 WHERE id = $1`,
        [...days, missed.has(one.id) ? tx.newId() : null, one.receivedOn ?? null],
      );
    } else {
      tx.later(
        `INSERT INTO installments (id, number, due_on, amount_minor, state, late_at, agreement_id, funder_id, grantee_id, offered_to, currency)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
        [...days, id, funderId, granteeId, offeredTo, currency],
      );
    }
  }
  const dropped = after.expectations.filter(({ isWaived }, i) => isWaived && !before.expectations[i].isWaived);
  tx.later('UPDATE reporting_expectations SET waived_at = $2, version = version + 1 WHERE id = ANY ($1)', [
    dropped.map((one) => one.id),
    tx.now,
  ]);
  // Asked now and not at the commit: money that goes back in this transaction changes nothing of how the agreement ended.
  if (after.state === 'RELEASED') tx.later('SET CONSTRAINTS public.ends_with_what_was_paid IMMEDIATE', []);
}

/** A revision that both parties have: shown and agreed to at once. */
export function writeAmendedRevision(
  tx: Tx,
  { id, funderId, granteeId, offeredTo }: AgreementRow,
  revision: {
    readonly number: number;
    readonly terms: Terms;
    readonly acceptedAt: Date;
    readonly names: AgreedNames | null;
    readonly text: string | null;
  },
): void {
  tx.later(
    `INSERT INTO agreement_revisions (agreement_id, funder_id, grantee_id, offered_to, number, terms, created_at, offered_at, accepted_at, agreed_names, accepted_text)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8, $9, $10)`,
    [
      id,
      funderId,
      granteeId,
      offeredTo,
      revision.number,
      JSON.stringify(storedTerms(revision.terms)),
      tx.now,
      revision.acceptedAt,
      revision.names && JSON.stringify(revision.names),
      revision.text,
    ],
  );
}
