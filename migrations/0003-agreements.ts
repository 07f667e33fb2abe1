import type { MigrationInterface, QueryRunner } from 'typeorm';
import { TENANT, allow, ownedBy, secure } from './row-security.js';

/** Agreements with revisions, installments, disbursements and reporting expectations. */
export class Agreements1790000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(RULES);
    await runner.query(ACCESS);
    await runner.query(ACQUAINTANCE);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER grounded ON acquaintances;
      DROP FUNCTION acquaintance_is_grounded();
      DROP TABLE reporting_expectations, disbursements, installments, agreement_revisions, agreements;
      DROP FUNCTION agreements_legal_transition(), disbursements_legal_transition(), agreements_check_sums(uuid), agreements_sums_trigger(), agreements_own_sums_trigger();
    `);
  }
}

/**
 * Both parties stand on every row, so that policies need no joins. `offered_to` is the grantee from the first offer
 * on and null before: what the grantee's policies and indexes look at, since a draft does not exist for the grantee.
 */
const PARTIES = `
  agreement_id uuid NOT NULL, funder_id uuid NOT NULL, grantee_id uuid NOT NULL,
  offered_to uuid`;
const parties = (table: string): string => `
  CONSTRAINT ${table}_agreement FOREIGN KEY (agreement_id, funder_id, grantee_id) REFERENCES agreements (id, funder_id, grantee_id),
  CONSTRAINT ${table}_offered_to CHECK (offered_to = grantee_id)`;

/**
 * An agreement's row, installments and expectations show the terms of its `revision`: the last that was offered. What
 * the funder writes after the grantee asked for changes is a revision with a higher number that only the funder sees;
 * offering it copies its terms into the rows. `late_at` and `overdue_at` are null until acceptance: before it nobody
 * owes anything.
 */
const TABLES = `
  CREATE TABLE agreements (
    id uuid PRIMARY KEY,
    funder_id uuid NOT NULL CONSTRAINT agreements_funder REFERENCES funders,
    grantee_id uuid NOT NULL CONSTRAINT agreements_grantee REFERENCES grantees,
    offered_to uuid CONSTRAINT agreements_offered_to CHECK (offered_to = grantee_id),
    state text NOT NULL CONSTRAINT agreements_state CHECK (state IN ('DRAFT', 'OFFERED', 'CHANGES_REQUESTED', 'ACTIVE',
      'COMPLETED', 'RELEASED', 'DECLINED', 'WITHDRAWN', 'RECORDED')),
    origin text NOT NULL CONSTRAINT agreements_origin CHECK (origin IN ('LIVE', 'IMPORTED')),
    restriction text NOT NULL CONSTRAINT agreements_restriction CHECK (restriction IN ('UNRESTRICTED', 'SPONSORED_PROJECT', 'UNSTATED', 'PROGRAM', 'RESTRICTED')),
    committed_minor bigint NOT NULL CONSTRAINT agreements_committed CHECK (committed_minor >= 0),
    currency text NOT NULL CONSTRAINT agreements_currency REFERENCES currencies,
    awarded_on date,
    starts_on date,
    ends_on date,
    notice_days integer,
    response_days integer,
    lobbying_clause text CONSTRAINT agreements_lobbying CHECK (lobbying_clause IN ('NONE', 'NOT_EARMARKED', 'PROHIBITED')),
    lobbying_reason text,
    note text,
    time_zone text,
    revision integer NOT NULL DEFAULT 1,
    changes_requested text,
    renews_id uuid CONSTRAINT agreements_renews REFERENCES agreements,
    accepted_by_name text,
    accepted_by_title text,
    accepted_digest bytea,
    offered_at timestamptz(3),
    accepted_at timestamptz(3),
    ended_at timestamptz(3),
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz(3) NOT NULL,
    updated_at timestamptz(3) NOT NULL,
    CONSTRAINT agreements_parties UNIQUE (id, funder_id, grantee_id),
    CONSTRAINT agreements_recorded_iff_imported CHECK ((state = 'RECORDED') = (origin = 'IMPORTED')),
    CONSTRAINT agreements_live_restriction CHECK (origin = 'IMPORTED' OR restriction IN ('UNRESTRICTED', 'SPONSORED_PROJECT')),
    CONSTRAINT agreements_distinct_parties CHECK (origin = 'IMPORTED' OR funder_id <> grantee_id),
    CONSTRAINT agreements_live_terms CHECK (origin = 'IMPORTED' OR (starts_on IS NOT NULL AND ends_on IS NOT NULL
      AND starts_on <= ends_on AND notice_days IS NOT NULL AND response_days IS NOT NULL AND committed_minor > 0)),
    CONSTRAINT agreements_offered CHECK (origin = 'IMPORTED' OR (state = 'DRAFT') = (offered_to IS NULL)),
    CONSTRAINT agreements_accepted CHECK (state NOT IN ('ACTIVE', 'COMPLETED', 'RELEASED')
      OR (accepted_at IS NOT NULL AND accepted_by_name IS NOT NULL AND accepted_digest IS NOT NULL AND time_zone IS NOT NULL))
  );
  CREATE INDEX agreements_by_funder ON agreements (funder_id, created_at, id);
  CREATE INDEX agreements_by_grantee ON agreements (offered_to, created_at, id);
  CREATE INDEX agreements_by_creation ON agreements (created_at, id);
  CREATE INDEX agreements_by_funder_update ON agreements (funder_id, updated_at, id);
  CREATE INDEX agreements_by_grantee_update ON agreements (offered_to, updated_at, id);
  CREATE INDEX agreements_by_update ON agreements (updated_at, id);
  CREATE INDEX agreements_by_funder_state ON agreements (funder_id, state, created_at, id);
  CREATE INDEX agreements_by_grantee_state ON agreements (offered_to, state, created_at, id);
  CREATE INDEX agreements_by_state ON agreements (state, created_at, id);
  CREATE INDEX agreements_by_pair ON agreements (funder_id, grantee_id, created_at, id);
  CREATE INDEX agreements_by_offered_pair ON agreements (offered_to, funder_id, created_at, id);
  CREATE INDEX agreements_renewals ON agreements (renews_id) WHERE renews_id IS NOT NULL;

  CREATE TABLE agreement_revisions (
    ${PARTIES},
    number integer NOT NULL CONSTRAINT agreement_revisions_number CHECK (number >= 1),
    terms jsonb NOT NULL,
    created_at timestamptz(3) NOT NULL,
    offered_at timestamptz(3),
    accepted_at timestamptz(3),
    accepted_text text,
    changes_requested text,
    PRIMARY KEY (agreement_id, number),
    ${parties('agreement_revisions')}
  );

  CREATE TABLE installments (
    id uuid PRIMARY KEY,
    ${PARTIES},
    number integer NOT NULL CONSTRAINT installments_number CHECK (number >= 1),
    due_on date NOT NULL,
    amount_minor bigint NOT NULL CONSTRAINT installments_amount CHECK (amount_minor > 0),
    currency text NOT NULL CONSTRAINT installments_currency REFERENCES currencies,
    state text NOT NULL CONSTRAINT installments_state CHECK (state IN ('SCHEDULED', 'SENT', 'RECEIVED', 'RELEASED')),
    late_at timestamptz(3),
    received_on date,
    CONSTRAINT installments_numbered UNIQUE (agreement_id, number) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT installments_received CHECK ((state = 'RECEIVED') = (received_on IS NOT NULL)),
    ${parties('installments')}
  );
  CREATE INDEX installments_open_by_lateness ON installments (funder_id, late_at, id) WHERE state IN ('SCHEDULED', 'SENT');

  CREATE TABLE disbursements (
    id uuid PRIMARY KEY,
    ${PARTIES},
    installment_id uuid NOT NULL CONSTRAINT disbursements_installment REFERENCES installments,
    state text NOT NULL CONSTRAINT disbursements_state CHECK (state IN ('SENT', 'RECEIVED', 'MISSING', 'RETURNED', 'VOIDED')),
    sent_on date NOT NULL,
    amount_minor bigint NOT NULL CONSTRAINT disbursements_amount CHECK (amount_minor > 0),
    currency text NOT NULL CONSTRAINT disbursements_currency REFERENCES currencies,
    reference text,
    received_on date,
    received_minor bigint CONSTRAINT disbursements_received_amount CHECK (received_minor >= 0),
    received_currency text CONSTRAINT disbursements_received_currency REFERENCES currencies,
    is_surplus boolean NOT NULL DEFAULT false,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz(3) NOT NULL,
    updated_at timestamptz(3) NOT NULL,
    CONSTRAINT disbursements_surplus CHECK (state = 'RECEIVED' OR NOT is_surplus),
    CONSTRAINT disbursements_received CHECK ((state = 'RECEIVED') = (received_on IS NOT NULL)
      AND (received_on IS NULL) = (received_minor IS NULL) AND (received_minor IS NULL) = (received_currency IS NULL)),
    ${parties('disbursements')}
  );
  CREATE INDEX disbursements_by_agreement ON disbursements (agreement_id, installment_id, id);
  CREATE INDEX disbursements_by_installment ON disbursements (installment_id, id);

  CREATE TABLE reporting_expectations (
    id uuid PRIMARY KEY,
    ${PARTIES},
    due_on date NOT NULL,
    moved_to date,
    waived_at timestamptz(3),
    met_by_share_id uuid,
    overdue_at timestamptz(3),
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT reporting_expectations_moved CHECK (moved_to > due_on AND moved_to <= due_on + 90),
    CONSTRAINT reporting_expectations_one_end CHECK (waived_at IS NULL OR met_by_share_id IS NULL),
    ${parties('reporting_expectations')}
  );
  CREATE INDEX reporting_expectations_by_agreement ON reporting_expectations (agreement_id, due_on, id);
  CREATE INDEX reporting_expectations_by_grantee ON reporting_expectations (offered_to, due_on, id);
`;

/** What no code path may break: legal transitions, installments that sum, payments within what was promised. */
const RULES = `
  CREATE FUNCTION agreements_legal_transition() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.state <> OLD.state AND OLD.state || '>' || NEW.state NOT IN (
        'DRAFT>OFFERED', 'OFFERED>CHANGES_REQUESTED', 'CHANGES_REQUESTED>OFFERED', 'OFFERED>ACTIVE',
        'OFFERED>DECLINED', 'CHANGES_REQUESTED>DECLINED', 'OFFERED>WITHDRAWN', 'CHANGES_REQUESTED>WITHDRAWN',
        'ACTIVE>COMPLETED', 'COMPLETED>ACTIVE', 'ACTIVE>RELEASED')
      THEN RAISE EXCEPTION 'agreement % cannot go from % to %', OLD.id, OLD.state, NEW.state
        USING ERRCODE = 'check_violation', CONSTRAINT = 'agreements_legal_transition'; END IF;
      RETURN NEW;
    END $$;
  CREATE TRIGGER legal_transition BEFORE UPDATE OF state ON agreements FOR EACH ROW EXECUTE FUNCTION agreements_legal_transition();

  CREATE FUNCTION disbursements_legal_transition() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.state <> OLD.state AND OLD.state || '>' || NEW.state NOT IN (
        'SENT>RECEIVED', 'SENT>MISSING', 'SENT>VOIDED', 'MISSING>RECEIVED', 'MISSING>RETURNED', 'MISSING>VOIDED')
      THEN RAISE EXCEPTION 'disbursement % cannot go from % to %', OLD.id, OLD.state, NEW.state
        USING ERRCODE = 'check_violation', CONSTRAINT = 'disbursements_legal_transition'; END IF;
      RETURN NEW;
    END $$;
  CREATE TRIGGER legal_transition BEFORE UPDATE OF state ON disbursements FOR EACH ROW EXECUTE FUNCTION disbursements_legal_transition();

  CREATE FUNCTION agreements_check_sums(agreement uuid) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE agreed agreements; scheduled numeric; paid numeric;
    BEGIN
      SELECT a.* INTO agreed FROM agreements a WHERE a.id = agreement;
      IF agreed.id IS NULL OR agreed.state IN ('DRAFT', 'RECORDED', 'RELEASED') THEN RETURN; END IF;
      SELECT coalesce(sum(i.amount_minor), 0) INTO scheduled FROM installments i WHERE i.agreement_id = agreement;
      IF scheduled <> agreed.committed_minor THEN
        RAISE EXCEPTION 'installments of agreement % sum to %, not %', agreement, scheduled, agreed.committed_minor
          USING ERRCODE = 'check_violation', CONSTRAINT = 'agreements_installments_sum'; END IF;
      SELECT coalesce(sum(d.amount_minor), 0) INTO paid FROM disbursements d
        WHERE d.agreement_id = agreement AND d.state IN ('SENT', 'RECEIVED') AND NOT d.is_surplus;
      IF paid > agreed.committed_minor THEN
        RAISE EXCEPTION 'disbursements of agreement % exceed what was promised', agreement
          USING ERRCODE = 'check_violation', CONSTRAINT = 'agreements_disbursed_cap'; END IF;
    END $$;
  CREATE FUNCTION agreements_sums_trigger() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM agreements_check_sums(coalesce(NEW.agreement_id, OLD.agreement_id)); RETURN NULL; END $$;
  CREATE FUNCTION agreements_own_sums_trigger() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM agreements_check_sums(NEW.id); RETURN NULL; END $$;
  CREATE CONSTRAINT TRIGGER sums AFTER INSERT OR UPDATE OF state, committed_minor ON agreements
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.origin = 'LIVE') EXECUTE FUNCTION agreements_own_sums_trigger();
  CREATE CONSTRAINT TRIGGER sums AFTER INSERT OR UPDATE OR DELETE ON installments
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION agreements_sums_trigger();
  CREATE CONSTRAINT TRIGGER sums AFTER INSERT OR UPDATE OR DELETE ON disbursements
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION agreements_sums_trigger();
`;

/**
 * Who is acquainted reads the other's contact details, so nobody becomes so by saying it: there is an agreement that was
 * offered, or one registered the other by inviting it. Seen at the commit, when both rows are there.
 */
const ACQUAINTANCE = `
  ${allow('keeper', 'SELECT', 'agreements', 'true')}
  CREATE FUNCTION acquaintance_is_grounded() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
    BEGIN
      IF NOT EXISTS (SELECT 1 FROM agreements a WHERE a.offered_to IS NOT NULL
          AND (a.funder_id, a.grantee_id) IN ((NEW.viewer_id, NEW.known_id), (NEW.known_id, NEW.viewer_id)))
        AND NOT EXISTS (SELECT 1 FROM organizations o
          WHERE (o.id, o.registered_by) IN ((NEW.viewer_id, NEW.known_id), (NEW.known_id, NEW.viewer_id)))
      THEN RAISE EXCEPTION 'an acquaintance needs an offered agreement or an invitation'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'acquaintances_grounded'; END IF;
      RETURN NULL;
    END $$;
  CREATE CONSTRAINT TRIGGER grounded AFTER INSERT ON acquaintances DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION acquaintance_is_grounded();
  ${ownedBy('keeper', 'acquaintance_is_grounded()', 'goodfaith_funder', 'goodfaith_steward')}
`;

const tables = [
  'agreements',
  'agreement_revisions',
  'installments',
  'disbursements',
  'reporting_expectations',
] as const;
const ACCESS = tables
  .map(
    (table) => `${secure(table)}
    ${allow('funder', 'SELECT', table, `funder_id = ANY (${TENANT})`)}
    ${allow('funder', 'INSERT', table, `funder_id = ANY (${TENANT})`)}
    ${allow('funder', 'UPDATE', table, `funder_id = ANY (${TENANT})`)}
    ${table === 'disbursements' ? '' : allow('funder', 'DELETE', table, `funder_id = ANY (${TENANT}) AND offered_to IS NULL`)}
    ${allow('grantee', 'SELECT', table, `offered_to = ANY (${TENANT})`)}
    ${allow('grantee', 'UPDATE', table, `offered_to = ANY (${TENANT})`)}
    ${allow('steward', 'SELECT', table, `offered_to IS NOT NULL`)}
    ${allow('analyst', 'SELECT', table, 'false')}
    ${allow('public', 'SELECT', table, 'false')}
    ${allow('worker', 'SELECT', table, 'true')}`,
  )
  .concat(
    `DROP POLICY funder_delete ON installments;
     CREATE POLICY funder_delete ON installments FOR DELETE TO goodfaith_funder USING (funder_id = ANY (${TENANT}) AND state = 'SCHEDULED');
     DROP POLICY funder_delete ON reporting_expectations;
     CREATE POLICY funder_delete ON reporting_expectations FOR DELETE TO goodfaith_funder USING (funder_id = ANY (${TENANT}) AND met_by_share_id IS NULL);
     ${allow('steward', 'INSERT', 'agreements', `origin = 'IMPORTED'`)}
     ${allow('steward', 'UPDATE', 'agreements', `origin = 'IMPORTED'`)}`,
  )
  .join('\n');
