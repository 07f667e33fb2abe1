import type { MigrationInterface, QueryRunner } from 'typeorm';
import { TENANT, allow, secure } from './row-security.js';

/** Legal holds, receipts as they were told and corrected, repayments, and what a completed agreement needs. */
export class Money1790000000007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(checkSums(' - d.repaid_minor'));
    await runner.query(ACCESS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(checkSums(''));
    await runner.query(`
      DROP POLICY worker_update ON agreements;
      REVOKE UPDATE (state, ended_at, version, updated_at) ON agreements FROM goodfaith_worker;
      DROP POLICY grantee_reopens ON events;
      DROP INDEX agreements_active_by_end;
      DROP TABLE repayments, disbursement_receipts, legal_holds;
      ALTER TABLE disbursements DROP COLUMN repaid_minor;
    `);
  }
}

/** Both parties on every row, as for the other parts of an agreement. */
const PARTIES = 'agreement_id uuid NOT NULL, funder_id uuid NOT NULL, grantee_id uuid NOT NULL, offered_to uuid';
const parties = (table: string): string => `
  CONSTRAINT ${table}_agreement FOREIGN KEY (agreement_id, funder_id, grantee_id) REFERENCES agreements (id, funder_id, grantee_id),
  CONSTRAINT ${table}_offered_to CHECK (offered_to = grantee_id)`;
const insertOnly = (table: string): string =>
  `CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table} EXECUTE FUNCTION refuse_rewrite();`;

/**
 * The days of a hold are days where the agreement lives, fixed when it is placed and lifted. A receipt is kept for
 * every time the grantee told it; the last is also on the disbursement. `covered_from` is the day since which the
 * installment had been received when money of it went back, so that those days are never counted as late.
 */
const TABLES = `
  CREATE TABLE legal_holds (
    id uuid PRIMARY KEY,
    ${PARTIES},
    installment_id uuid NOT NULL CONSTRAINT legal_holds_installment REFERENCES installments,
    ground text NOT NULL CONSTRAINT legal_holds_ground CHECK (ground IN ('EXPENDITURE_RESPONSIBILITY', 'SANCTIONS_SCREENING', 'COURT_ORDER')),
    legal_basis text NOT NULL,
    placed_at timestamptz(3) NOT NULL,
    placed_on date NOT NULL,
    lifted_at timestamptz(3),
    lifted_on date,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT legal_holds_lifted CHECK ((lifted_at IS NULL) = (lifted_on IS NULL) AND lifted_at >= placed_at AND lifted_on >= placed_on),
    ${parties('legal_holds')}
  );
  CREATE UNIQUE INDEX legal_holds_one_open ON legal_holds (installment_id) WHERE lifted_at IS NULL;
  CREATE INDEX legal_holds_by_agreement ON legal_holds (agreement_id, installment_id, id);

  CREATE TABLE disbursement_receipts (
    disbursement_id uuid NOT NULL CONSTRAINT disbursement_receipts_disbursement REFERENCES disbursements,
    number integer NOT NULL CONSTRAINT disbursement_receipts_number CHECK (number >= 1),
    ${PARTIES},
    received_on date NOT NULL,
    received_minor bigint NOT NULL CONSTRAINT disbursement_receipts_amount CHECK (received_minor > 0),
    received_currency text NOT NULL CONSTRAINT disbursement_receipts_currency REFERENCES currencies,
    reason text,
    told_at timestamptz(3) NOT NULL,
    PRIMARY KEY (disbursement_id, number),
    ${parties('disbursement_receipts')}
  );
  ${insertOnly('disbursement_receipts')}
  CREATE INDEX disbursement_receipts_by_agreement ON disbursement_receipts (agreement_id, disbursement_id, number);

  ALTER TABLE disbursements ADD COLUMN repaid_minor bigint NOT NULL DEFAULT 0
    CONSTRAINT disbursements_repaid CHECK (repaid_minor BETWEEN 0 AND amount_minor AND (repaid_minor = 0 OR state = 'RECEIVED'));

  CREATE TABLE repayments (
    id uuid PRIMARY KEY,
    ${PARTIES},
    disbursement_id uuid NOT NULL CONSTRAINT repayments_disbursement REFERENCES disbursements,
    installment_id uuid NOT NULL CONSTRAINT repayments_installment REFERENCES installments,
    amount_minor bigint NOT NULL CONSTRAINT repayments_amount CHECK (amount_minor > 0),
    currency text NOT NULL CONSTRAINT repayments_currency REFERENCES currencies,
    repaid_on date NOT NULL,
    covered_from date,
    reason text NOT NULL,
    created_at timestamptz(3) NOT NULL,
    ${parties('repayments')}
  );
  ${insertOnly('repayments')}
  CREATE INDEX repayments_by_agreement ON repayments (agreement_id, repaid_on, id);

  CREATE INDEX agreements_active_by_end ON agreements (ends_on, id) WHERE state = 'ACTIVE';
`;

/** Money that went back may be sent again: it no longer counts toward what was promised. */
const checkSums = (less: string): string => `
  CREATE OR REPLACE FUNCTION agreements_check_sums(agreement uuid) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE agreed agreements; scheduled numeric; paid numeric;
    BEGIN
      SELECT a.* INTO agreed FROM agreements a WHERE a.id = agreement;
      IF agreed.id IS NULL OR agreed.state IN ('DRAFT', 'RECORDED', 'RELEASED') THEN RETURN; END IF;
      SELECT coalesce(sum(i.amount_minor), 0) INTO scheduled FROM installments i WHERE i.agreement_id = agreement AND i.state <> 'RELEASED';
      IF scheduled <> agreed.committed_minor THEN
        RAISE EXCEPTION 'installments of agreement % sum to %, not %', agreement, scheduled, agreed.committed_minor
          USING ERRCODE = 'check_violation', CONSTRAINT = 'agreements_installments_sum'; END IF;
      SELECT coalesce(sum(d.amount_minor${less}), 0) INTO paid FROM disbursements d
        WHERE d.agreement_id = agreement AND d.state IN ('SENT', 'RECEIVED') AND NOT d.is_surplus;
      IF paid > agreed.committed_minor THEN
        RAISE EXCEPTION 'disbursements of agreement % exceed what was promised', agreement
          USING ERRCODE = 'check_violation', CONSTRAINT = 'agreements_disbursed_cap'; END IF;
    END $$;
`;

/** Who writes which of the new tables; both parties and the steward read all three. */
const WRITERS = {
  legal_holds: allow('funder', 'INSERT', 'legal_holds', `funder_id = ANY (${TENANT})`).concat(
    allow('funder', 'UPDATE', 'legal_holds', `funder_id = ANY (${TENANT})`, 'lifted_at, lifted_on, version'),
  ),
  disbursement_receipts: allow('grantee', 'INSERT', 'disbursement_receipts', `offered_to = ANY (${TENANT})`),
  repayments: allow('grantee', 'INSERT', 'repayments', `offered_to = ANY (${TENANT})`),
};

/**
 * The worker completes agreements and does nothing else with them. A repayment reopens one in the grantee's own
 * transaction, so that money can be sent again at once; the event of it is the service's, as the rule is.
 */
const ACCESS = Object.entries(WRITERS)
  .map(
    ([table, writers]) => `${secure(table)}
    ${allow('funder', 'SELECT', table, `funder_id = ANY (${TENANT})`)}
    ${allow('grantee', 'SELECT', table, `offered_to = ANY (${TENANT})`)}
    ${allow('steward', 'SELECT', table, 'offered_to IS NOT NULL')}
    ${allow('analyst', 'SELECT', table, 'false')}
    ${allow('public', 'SELECT', table, 'false')}
    ${allow('worker', 'SELECT', table, 'true')}
    ${writers}`,
  )
  .concat(
    `GRANT UPDATE (state, ended_at, version, updated_at) ON agreements TO goodfaith_worker;
     CREATE POLICY worker_update ON agreements FOR UPDATE TO goodfaith_worker
       USING (state = 'ACTIVE') WITH CHECK (state = 'COMPLETED');
     CREATE POLICY grantee_reopens ON events FOR INSERT TO goodfaith_grantee WITH CHECK (actor_role = 'SYSTEM'
       AND actor_organization_id IS NULL AND type = 'AGREEMENT_REOPENED' AND grantee_id = ANY (${TENANT}));`,
  )
  .join('\n');
