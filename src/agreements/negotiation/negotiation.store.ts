import type { Tx } from '../../platform/db/transaction.js';
import type { AgreementRow } from '../agreement.entity.js';
import type { AgreedNames } from '../terms/agreement-revision.entity.js';
import type { Terms } from '../terms/terms.rules.js';

export interface Parties {
  readonly funderName: string;
  readonly responseDays: number;
  readonly noticeDays: number;
  readonly granteeName: string;
  readonly timeZone: string;
  readonly mergedInto: string | null;
  readonly fiscalSponsorId: string | null;
  /** Null for a sponsor that the caller cannot see. */
  readonly fiscalSponsorName: string | null;
}

/** Both organizations, as far as the caller may see them. */
export async function findParties(tx: Tx, funderId: string, granteeId: string): Promise<Parties | null> {
  const [row] = await tx.rows<Parties>(
    `SELECT fo.name AS "funderName", f.response_days AS "responseDays", f.notice_days AS "noticeDays",
       go.name AS "granteeName", go.time_zone AS "timeZone", go.merged_into AS "mergedInto",
       g.fiscal_sponsor_id AS "fiscalSponsorId",
       (SELECT so.name FROM organizations so WHERE so.id = g.fiscal_sponsor_id) AS "fiscalSponsorName"
     FROM funders f JOIN organizations fo ON fo.id = f.organization_id,
       grantees g JOIN organizations go ON go.id = g.organization_id
     WHERE f.organization_id = $1 AND g.organization_id = $2`,
    [funderId, granteeId],
  );
  return row ?? null;
}

/** Installments and expectations become those of the terms. Only before acceptance: later they are changed by consent. */
export function replaceSchedule(
  tx: Tx,
  agreement: Pick<AgreementRow, 'id' | 'funderId' | 'granteeId' | 'offeredTo'>,
  { installments, expectations, currency }: Terms,
): void {
  const { id, funderId, granteeId, offeredTo } = agreement;
  tx.later('DELETE FROM installments WHERE agreement_id = $1', [id]);
  tx.later('DELETE FROM reporting_expectations WHERE agreement_id = $1', [id]);
  tx.later(
    `INSERT INTO installments (id, agreement_id, funder_id, grantee_id, offered_to, number, due_on, amount_minor, currency, state)
     SELECT i.id, $1, $2, $3, $4, i.number, i.due_on, i.amount_minor, $5, 'SCHEDULED'
     FROM unnest($6::uuid[], $7::integer[], $8::date[], $9::bigint[]) AS i (id, number, due_on, amount_minor)`,
    [
      id,
      funderId,
      granteeId,
      offeredTo,
      currency,
      installments.map(() => tx.newId()),
      installments.map((_, i) => i + 1),
      installments.map(({ dueOn }) => dueOn),
      installments.map(({ amountMinor }) => amountMinor),
    ],
  );
  tx.later(
    `INSERT INTO reporting_expectations (id, agreement_id, funder_id, grantee_id, offered_to, due_on)
     SELECT e.id, $1, $2, $3, $4, e.due_on FROM unnest($5::uuid[], $6::date[]) AS e (id, due_on)`,
    [id, funderId, granteeId, offeredTo, expectations.map(() => tx.newId()), expectations],
  );
}

/** From now on the grantee sees the agreement, with this revision of its terms. */
export function showToGrantee(tx: Tx, { id, granteeId }: AgreementRow, revision: number): void {
  for (const table of ['installments', 'reporting_expectations']) {
    tx.later(`UPDATE ${table} SET offered_to = $2 WHERE agreement_id = $1`, [id, granteeId]);
  }
  tx.later(
    `UPDATE agreement_revisions SET offered_to = $2, offered_at = coalesce(offered_at, $4)
     WHERE agreement_id = $1 AND number = $3`,
    [id, granteeId, revision, tx.now],
  );
}

/** What the deadlines of an agreement depend on. */
export async function dueDays(
  tx: Tx,
  table: 'installments' | 'reporting_expectations',
  id: string,
): Promise<Map<string, string>> {
  const rows = await tx.rows<{ id: string; dueOn: string }>(
    `SELECT t.id, t.due_on AS "dueOn" FROM ${table} t WHERE t.agreement_id = $1`,
    [id],
  );
  return new Map(rows.map((row) => [row.id, row.dueOn]));
}

/** Deadlines begin with acceptance: each takes the instant its day ends where the agreement lives. */
export function setDeadlines(tx: Tx, table: 'installments' | 'reporting_expectations', ends: Map<string, Date>): void {
  const column = table === 'installments' ? 'late_at' : 'overdue_at';
  tx.later(
    `UPDATE ${table} AS t SET ${column} = ends.at FROM unnest($1::uuid[], $2::timestamptz[]) AS ends (id, at) WHERE t.id = ends.id`,
    [[...ends.keys()], [...ends.values()]],
  );
}

export function keepAgreedText(tx: Tx, { id, revision }: AgreementRow, text: string, names: AgreedNames): void {
  tx.later(
    'UPDATE agreement_revisions SET accepted_at = $3, accepted_text = $4, agreed_names = $5 WHERE agreement_id = $1 AND number = $2',
    [id, revision, tx.now, text, JSON.stringify(names)],
  );
}

export function keepRequestedChanges(tx: Tx, { id, revision }: AgreementRow, message: string): void {
  tx.later('UPDATE agreement_revisions SET changes_requested = $3 WHERE agreement_id = $1 AND number = $2', [
    id,
    revision,
    message,
  ]);
}

/** Row security lets this happen only to what was never offered. */
export function removeDraft(tx: Tx, id: string): void {
  for (const table of ['installments', 'reporting_expectations', 'agreement_revisions']) {
    tx.later(`DELETE FROM ${table} WHERE agreement_id = $1`, [id]);
  }
  tx.later('DELETE FROM agreements WHERE id = $1', [id]);
}
