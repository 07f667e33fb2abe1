import type { MigrationInterface, QueryRunner } from 'typeorm';
import { allow, ownedBy } from './row-security.js';

/** What lists of agreements and installments are filtered and ordered by, and the indexes that lists are read from. */
export class Lists1790000000011 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(COLUMNS);
    await runner.query(FOLLOW);
    await runner.query(COUNTRY);
    await runner.query(BACKFILL);
    await runner.query(INDEXES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER country ON organizations;
      DROP TRIGGER country ON agreements;
      DROP TRIGGER followed ON installments;
      DROP TRIGGER lateness ON installments;
      DROP FUNCTION agreements_take_country(), organizations_tell_country(), agreements_follow_installments(), installments_late_from();
      DROP POLICY keeper_update ON agreements;
      REVOKE UPDATE (grantee_country) ON agreements FROM goodfaith_keeper;
      DROP INDEX installments_by_funder_due, installments_by_grantee_due, installments_by_due,
        installments_open_by_funder_due, installments_open_by_grantee_due, installments_open_by_due,
        agreements_by_grantee_at_all;
      CREATE INDEX installments_open_by_lateness ON installments (funder_id, late_at, id) WHERE state IN ('SCHEDULED', 'SENT');
      ALTER TABLE installments DROP COLUMN late_from;
      ALTER TABLE agreements DROP COLUMN next_due_on, DROP COLUMN late_from, DROP COLUMN grantee_country;
      DROP INDEX agreements_by_funder_end, agreements_by_grantee_end, agreements_by_end,
        agreements_by_funder_amount, agreements_by_grantee_amount, agreements_by_amount;
    `);
  }
}

/**
 * `late_from` is the instant from which an installment counts as late if nothing more happens: `late_at`, later by the
 * days that are excused, and null while a hold keeps it or it is not awaited. Compared with the clock it is `isLate`.
 */
const COLUMNS = `
  ALTER TABLE installments ADD COLUMN late_from timestamptz(3)
    CONSTRAINT installments_late_from CHECK (late_from IS NULL OR (late_from >= late_at AND state IN ('SCHEDULED', 'SENT')));
  ALTER TABLE agreements ADD COLUMN next_due_on date, ADD COLUMN late_from timestamptz(3), ADD COLUMN grantee_country text;
`;

/**
 * Whoever writes an installment, what follows from it is true in the same statement. Excused days need the calendar of
 * a time zone and are reckoned by the service, which writes `late_from` itself where there are any.
 */
const FOLLOW = `
  CREATE FUNCTION installments_late_from() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.late_at IS NULL OR NEW.state NOT IN ('SCHEDULED', 'SENT') THEN NEW.late_from := NULL;
      ELSIF TG_OP = 'INSERT' THEN NEW.late_from := NEW.late_at;
      ELSIF OLD.late_at IS DISTINCT FROM NEW.late_at OR OLD.state NOT IN ('SCHEDULED', 'SENT') THEN NEW.late_from := NEW.late_at;
      END IF;
      RETURN NEW;
    END $$;
  CREATE TRIGGER lateness BEFORE INSERT OR UPDATE OF state, late_at, late_from ON installments
    FOR EACH ROW EXECUTE FUNCTION installments_late_from();

  CREATE FUNCTION agreements_follow_installments() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE agreement uuid := coalesce(NEW.agreement_id, OLD.agreement_id);
    BEGIN
      UPDATE agreements a SET next_due_on = i.next_due_on, late_from = i.late_from
      FROM (SELECT min(due_on) AS next_due_on, min(late_from) AS late_from FROM installments
        WHERE agreement_id = agreement AND late_at IS NOT NULL AND state IN ('SCHEDULED', 'SENT')) AS i
      WHERE a.id = agreement AND (a.next_due_on, a.late_from) IS DISTINCT FROM (i.next_due_on, i.late_from);
      RETURN NULL;
    END $$;
  CREATE TRIGGER followed AFTER INSERT OR DELETE OR UPDATE OF due_on, state, late_at, late_from ON installments
    FOR EACH ROW EXECUTE FUNCTION agreements_follow_installments();
`;

/** The grantee's country stands on its agreements, drafts too, which its own database role cannot reach. */
const COUNTRY = `
  ${allow('keeper', 'UPDATE', 'agreements', 'true', 'grantee_country')}
  CREATE FUNCTION agreements_take_country() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
    BEGIN
      NEW.grantee_country := (SELECT o.country FROM organizations o WHERE o.id = NEW.grantee_id);
      RETURN NEW;
    END $$;
  CREATE TRIGGER country BEFORE INSERT OR UPDATE OF grantee_id ON agreements FOR EACH ROW EXECUTE FUNCTION agreements_take_country();
  CREATE FUNCTION organizations_tell_country() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
    BEGIN
      UPDATE agreements SET grantee_country = NEW.country WHERE grantee_id = NEW.id;
      RETURN NULL;
    END $$;
  CREATE TRIGGER country AFTER UPDATE OF country ON organizations FOR EACH ROW
    WHEN (NEW.country IS DISTINCT FROM OLD.country) EXECUTE FUNCTION organizations_tell_country();
  ${ownedBy('keeper', 'agreements_take_country()', 'goodfaith_funder', 'goodfaith_steward')}
  ${ownedBy('keeper', 'organizations_tell_country()', 'goodfaith_funder', 'goodfaith_grantee', 'goodfaith_steward')}
`;

const FORCED = ['agreements', 'installments', 'legal_holds', 'organizations'];
const force = (no: string): string =>
  FORCED.map((table) => `ALTER TABLE ${table} ${no} FORCE ROW LEVEL SECURITY;`).join(' ');

/** For the one statement the owner sees the rows. Days that were excused before are reckoned in with the next change. */
const BACKFILL = `
  ${force('NO')}
  UPDATE installments i SET late_from = CASE WHEN NOT EXISTS
    (SELECT 1 FROM legal_holds h WHERE h.installment_id = i.id AND h.lifted_at IS NULL) THEN i.late_at END
    WHERE i.late_at IS NOT NULL AND i.state IN ('SCHEDULED', 'SENT');
  UPDATE agreements a SET grantee_country = o.country FROM organizations o WHERE o.id = a.grantee_id AND o.country IS NOT NULL;
  SET CONSTRAINTS ALL IMMEDIATE;
  ${force('')}
`;

/** Each order of a list is one index for each who may ask: led by the tenant, or by nobody for the steward. */
const INDEXES = `
  CREATE INDEX agreements_by_funder_due ON agreements (funder_id, next_due_on, id) WHERE next_due_on IS NOT NULL;
  CREATE INDEX agreements_by_grantee_due ON agreements (offered_to, next_due_on, id) WHERE next_due_on IS NOT NULL;
  CREATE INDEX agreements_by_due ON agreements (next_due_on, id) WHERE next_due_on IS NOT NULL;
  CREATE INDEX agreements_by_funder_end ON agreements (funder_id, ends_on, id);
  CREATE INDEX agreements_by_grantee_end ON agreements (offered_to, ends_on, id);
  CREATE INDEX agreements_by_end ON agreements (ends_on, id);
  CREATE INDEX agreements_by_funder_amount ON agreements (funder_id, currency, committed_minor, id);
  CREATE INDEX agreements_by_grantee_amount ON agreements (offered_to, currency, committed_minor, id);
  CREATE INDEX agreements_by_amount ON agreements (currency, committed_minor, id);
  CREATE INDEX agreements_by_country ON agreements (grantee_country, created_at, id);
  CREATE INDEX agreements_by_grantee_at_all ON agreements (grantee_id);

  DROP INDEX installments_open_by_lateness;
  CREATE INDEX installments_by_funder_due ON installments (funder_id, due_on, id) WHERE late_at IS NOT NULL;
  CREATE INDEX installments_by_grantee_due ON installments (offered_to, due_on, id) WHERE late_at IS NOT NULL;
  CREATE INDEX installments_by_due ON installments (due_on, id) WHERE late_at IS NOT NULL;
  CREATE INDEX installments_open_by_funder_due ON installments (funder_id, due_on, id)
    WHERE late_at IS NOT NULL AND state IN ('SCHEDULED', 'SENT');
  CREATE INDEX installments_open_by_grantee_due ON installments (offered_to, due_on, id)
    WHERE late_at IS NOT NULL AND state IN ('SCHEDULED', 'SENT');
  CREATE INDEX installments_open_by_due ON installments (due_on, id)
    WHERE late_at IS NOT NULL AND state IN ('SCHEDULED', 'SENT');
`;
