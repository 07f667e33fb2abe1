import type { Reader } from '../../platform/db/reader.js';
import type { Fact, FactKind, SuggestionCode } from './suggestion.rules.js';

/** Where facts of a kind are, and which of them the rules need to look at. Each is found by an index of its own. */
interface Source {
  readonly kind: FactKind;
  /** The id of the fact; the row's own when left out. */
  readonly id?: string;
  readonly columns: string;
  readonly from: string;
  /** Names the grantee. */
  readonly tenant: string;
  /** What it is listed by, the newest first. */
  readonly at: string;
  /** As in the index that serves it. `$3` is now. */
  readonly where: string;
}

const days = (installment: string, name: string, first: string, second: string): string =>
  `coalesce((SELECT jsonb_agg(jsonb_build_object(${first}, ${second})) FROM ${name} x
    WHERE x.agreement_id = f.agreement_id AND x.installment_id = ${installment}), '[]')`;
const excused = (installment: string): string =>
  `${days(installment, 'legal_holds', `'placedOn', x.placed_on`, `'liftedOn', x.lifted_on`)} AS "holds",
   ${days(installment, 'repayments', `'coveredFrom', x.covered_from`, `'repaidOn', x.repaid_on`)} AS "repayments"`;

/** The duty to pay by the present day. A day that was missed before it is a fact of its own (`PAST_DUE_DAY`). */
const INSTALLMENT: Source = {
  kind: 'installment',
  id: 'coalesce(f.duty_id, f.id)',
  columns: `f.id AS "installmentId", f.number, f.state, f.due_on AS "dueOn", f.late_at AS "lateAt", f.received_on AS "receivedOn",
    ${excused('f.id')}`,
  from: 'installments f',
  tenant: 'f.offered_to',
  at: 'f.late_at',
  where: `(f.state IN ('SCHEDULED', 'SENT') OR f.received_on >= f.due_on + 7) AND f.late_at <= $3::timestamptz`,
};
const PAST_DUE_DAY: Source = {
  kind: 'pastDueDay',
  columns: `f.installment_id AS "installmentId", f.due_on AS "dueOn", f.late_at AS "lateAt", f.amount_minor AS "amountMinor", f.until, i.number,
    i.amount_minor AS "installmentMinor", i.received_on AS "receivedOn",
    ${excused('f.installment_id')}`,
  from: 'past_due_days f JOIN installments i ON i.id = f.installment_id',
  tenant: 'f.offered_to',
  at: 'f.late_at',
  where: `f.late_at <= $3::timestamptz`,
};
const AMENDMENT: Source = {
  kind: 'amendment',
  columns: `f.kind AS "amends", f.state, f.effective_on AS "effectiveOn", f.notice_until AS "noticeUntil", f.notice_waived AS "noticeWaived"`,
  from: 'amendments f',
  tenant: 'f.grantee_id',
  at: 'f.decided_at',
  where: `f.state = 'ACCEPTED' AND f.effective_on IS NOT NULL AND f.decided_at <= $3::timestamptz`,
};
const HOLD: Source = {
  kind: 'legalHold',
  columns: `f.placed_on AS "placedOn", (SELECT i.number FROM installments i WHERE i.id = f.installment_id) AS "number"`,
  from: 'legal_holds f',
  tenant: 'f.offered_to',
  at: 'f.placed_at',
  where: 'f.placed_at <= $3::timestamptz',
};
const SHARE: Source = {
  kind: 'share',
  columns: `f.state, f.respond_by AS "respondBy", f.respond_by_at AS "respondByAt", f.unshared_at AS "unsharedAt"`,
  from: 'report_shares f',
  tenant: 'f.grantee_id',
  at: 'f.respond_by_at',
  where: `f.unshared_at IS NULL AND f.state = 'AWAITING_RESPONSE' AND f.respond_by_at <= $3::timestamptz`,
};
const OBSTACLE: Source = {
  kind: 'obstacle',
  columns: `f.state, f.respond_by AS "respondBy", f.respond_by_at AS "respondByAt"`,
  from: 'obstacles.shared f',
  tenant: 'f.organization_id',
  at: 'f.respond_by_at',
  where: `f.state IN ('OPEN', 'ACKNOWLEDGED') AND f.respond_by_at <= $3::timestamptz`,
};
const DISBURSEMENT: Source = {
  kind: 'disbursement',
  columns: `f.amount_minor AS "amountMinor", f.currency, f.received_minor AS "receivedMinor", f.received_currency AS "receivedCurrency",
    f.received_on AS "receivedOn"`,
  from: 'disbursements f',
  tenant: 'f.offered_to',
  at: 'f.received_on',
  where: `f.received_currency = f.currency AND f.received_minor < f.amount_minor AND f.received_on <= $3::timestamptz::date + 1`,
};

const SOURCES: Readonly<Record<SuggestionCode, readonly Source[]>> = {
  DISBURSEMENT_DELAY: [INSTALLMENT, PAST_DUE_DAY],
  COMMITMENT_REDUCED_OR_WITHDRAWN: [AMENDMENT],
  INSUFFICIENT_NOTICE: [AMENDMENT],
  PAYMENT_HELD: [HOLD],
  NO_RESPONSE: [SHARE, OBSTACLE],
  TRANSFER_COST_SHIFTED: [DISBURSEMENT],
};

/** An obstacle may name a funder and no agreement; its days are where the duty to answer it was counted. */
const statement = (
  { kind, id = 'f.id', columns, from, tenant, at, where }: Source,
  only: string,
  newest: string,
): string => `
  SELECT '${kind}' AS "kind", ${id} AS "id", ${at}::timestamptz AS "at", f.funder_id AS "funderId", f.agreement_id AS "agreementId",
    a.origin, coalesce(a.time_zone, ${kind === 'obstacle' ? 'f.time_zone' : `'UTC'`}) AS "timeZone", ${columns}
  FROM ${from} LEFT JOIN agreements a ON a.id = f.agreement_id
  WHERE ${tenant} = ${only} AND ${where} ${newest}`;

const unhandled = (code: SuggestionCode, id: string): string => `AND NOT EXISTS (SELECT 1 FROM obstacles.handled_facts h
  WHERE h.reader_id = ANY ($2::uuid[]) AND h.code = '${code}' AND h.fact_id = ${id})`;

/** Up to `most` facts of each source that may suggest the code and that these readers have not handled. */
export async function candidateFacts(
  reader: Reader,
  code: SuggestionCode,
  { organizationIds, readers, now, most }: Asked & { readonly readers: readonly string[]; readonly most: number },
): Promise<Fact[]> {
  const found = await Promise.all(
    SOURCES[code].map((source) => {
      const newest = `${unhandled(code, source.id ?? 'f.id')} ORDER BY ${source.at} DESC, f.id DESC LIMIT $4`;
      return reader.rows<Fact>(
        `SELECT fact.* FROM unnest($1::uuid[]) AS tenant (id) CROSS JOIN LATERAL (${statement(source, 'tenant.id', newest)}) AS fact`,
        [organizationIds, readers, now, most],
      );
    }),
  );
  return found.flat();
}

/** The fact of this id that may suggest the code, whether handled or not. */
export async function findFact(
  reader: Reader,
  code: SuggestionCode,
  id: string,
  { organizationIds, now }: Asked,
): Promise<Fact | null> {
  for (const source of SOURCES[code]) {
    const [fact] = await reader.rows<Fact>(statement(source, 'ANY ($1::uuid[])', `AND ${source.id ?? 'f.id'} = $2`), [
      organizationIds,
      id,
      now,
    ]);
    if (fact) return fact;
  }
  return null;
}

interface Asked {
  readonly organizationIds: readonly string[];
  readonly now: Date;
}
