import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An agreement that ends early is worth what was paid: of each installment what was paid stays, and the rest is given up. */
export class EarlyEnds1790000000052 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(liveTerms(`(committed_minor > 0 OR state = 'RELEASED')`));
    await runner.query(checkSums(`'DRAFT', 'RECORDED'`, `agreed.state <> 'RELEASED' AND`));
    await runner.query(ENDS);
    await runner.query(missed(` OR (NEW.state = 'RECEIVED' AND NEW.amount_minor < OLD.amount_minor)`));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(missed(''));
    await runner.query(
      'DROP TRIGGER ends_with_what_was_paid ON agreements; DROP FUNCTION agreements_end_with_what_was_paid()',
    );
    await runner.query(checkSums(`'DRAFT', 'RECORDED', 'RELEASED'`, ''));
    await runner.query(liveTerms('committed_minor > 0'));
  }
}

const liveTerms = (committed: string): string => `
  ALTER TABLE agreements DROP CONSTRAINT agreements_live_terms,
    ADD CONSTRAINT agreements_live_terms CHECK (origin = 'IMPORTED' OR (starts_on IS NOT NULL AND ends_on IS NOT NULL
      AND starts_on <= ends_on AND notice_days IS NOT NULL AND response_days IS NOT NULL AND ${committed}));`;

/** Payments stay within what is committed after an early end, too. What installments sum to is asked of it once, when it ends. */
const checkSums = (exempt: string, scheduledIf: string): string => `
  CREATE OR REPLACE FUNCTION agreements_check_sums(agreement uuid) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE agreed agreements; scheduled numeric; paid numeric;
    BEGIN
      SELECT a.* INTO agreed FROM agreements a WHERE a.id = agreement;
      IF agreed.id IS NULL OR agreed.state IN (${exempt}) THEN RETURN; END IF;
      SELECT coalesce(sum(i.amount_minor), 0) INTO scheduled FROM installments i WHERE i.agreement_id = agreement AND i.state <> 'RELEASED';
      IF ${scheduledIf} scheduled <> agreed.committed_minor THEN
        RAISE EXCEPTION 'installments of agreement % sum to %, not %', agreement, scheduled, agreed.committed_minor
          USING ERRCODE = 'check_violation', CONSTRAINT = 'agreements_installments_sum'; END IF;
      SELECT coalesce(sum(d.amount_minor - d.repaid_minor), 0) INTO paid FROM disbursements d
        WHERE d.agreement_id = agreement AND d.state IN ('SENT', 'RECEIVED') AND NOT d.is_surplus;
      IF paid > agreed.committed_minor THEN
        RAISE EXCEPTION 'disbursements of agreement % exceed what was promised', agreement
          USING ERRCODE = 'check_violation', CONSTRAINT = 'agreements_disbursed_cap'; END IF;
    END $$;`;

/** At the commit, when installments are written too. What goes back later changes nothing of how it ended. */
const ENDS = `
  CREATE FUNCTION agreements_end_with_what_was_paid() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
    DECLARE paid numeric; kept numeric;
    BEGIN
      SELECT coalesce(sum(d.amount_minor - d.repaid_minor), 0) INTO paid FROM disbursements d
        WHERE d.agreement_id = NEW.id AND d.state = 'RECEIVED' AND NOT d.is_surplus;
      SELECT coalesce(sum(i.amount_minor), 0) INTO kept FROM installments i WHERE i.agreement_id = NEW.id AND i.state <> 'RELEASED';
      IF paid <> NEW.committed_minor OR kept <> NEW.committed_minor THEN
        RAISE EXCEPTION 'agreement % ends with % committed, % in installments and % paid', NEW.id, NEW.committed_minor, kept, paid
          USING ERRCODE = 'check_violation', CONSTRAINT = 'agreements_end_with_what_was_paid'; END IF;
      RETURN NULL;
    END $$;
  CREATE CONSTRAINT TRIGGER ends_with_what_was_paid AFTER UPDATE OF state ON agreements DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.state = 'RELEASED' AND OLD.state <> 'RELEASED') EXECUTE FUNCTION agreements_end_with_what_was_paid();
`;

/** An installment that is closed with the part that was paid is cancelled as to the rest: a day that was missed is kept. */
const missed = (more: string): string => `
  DROP TRIGGER missed_stays_missed ON installments;
  CREATE TRIGGER missed_stays_missed AFTER UPDATE OF due_on, state ON installments FOR EACH ROW
    WHEN (OLD.late_at IS NOT NULL AND OLD.state IN ('SCHEDULED', 'SENT')
      AND (NEW.due_on > OLD.due_on OR NEW.state = 'RELEASED'${more}))
    EXECUTE FUNCTION installments_missed_stays_missed();
`;
