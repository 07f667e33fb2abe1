import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  CONTENTS,
  CONTENTS_OF_SUBJECTS,
  CONTENTS_OF_SUBJECTS_WITH_PAST_DUE_DAYS,
  CONTENTS_WITH_PAST_DUE_DAYS,
  contentOf,
  contentsOf,
} from './history-contents.js';
import { TENANT, allow, secure } from './row-security.js';

/** A missed duty stays missed: a due day that is over is kept when an amendment or a dissolution puts another in its place. */
export class PastDueDays1790000000051 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLE);
    await runner.query(RULES);
    await runner.query(ACCESS);
    await runner.query(contentOf('CREATE OR REPLACE', CONTENTS_WITH_PAST_DUE_DAYS));
    await runner.query(contentsOf('CREATE OR REPLACE', CONTENTS_OF_SUBJECTS_WITH_PAST_DUE_DAYS));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(contentsOf('CREATE OR REPLACE', CONTENTS_OF_SUBJECTS));
    await runner.query(contentOf('CREATE OR REPLACE', CONTENTS));
    await runner.query(`
      DROP TRIGGER missed_stays_missed ON installments;
      DROP FUNCTION installments_missed_stays_missed();
      DROP TABLE past_due_days;
      ALTER TABLE installments DROP COLUMN duty_id;
    `);
  }
}

/**
 * `id` is that of the duty to pay by this day, under which an obstacle is suggested. An installment's first duty has the
 * installment's own id; each later one has an id of its own, `installments.duty_id`.
 */
const TABLE = `
  ALTER TABLE installments ADD COLUMN duty_id uuid;
  CREATE UNIQUE INDEX installments_by_duty ON installments (duty_id) WHERE duty_id IS NOT NULL;
  CREATE TABLE past_due_days (
    id uuid PRIMARY KEY,
    agreement_id uuid NOT NULL, funder_id uuid NOT NULL, grantee_id uuid NOT NULL, offered_to uuid, fiscal_sponsor_id uuid,
    installment_id uuid NOT NULL CONSTRAINT past_due_days_installment REFERENCES installments,
    due_on date NOT NULL,
    late_at timestamptz(3) NOT NULL,
    amount_minor bigint NOT NULL CONSTRAINT past_due_days_amount CHECK (amount_minor > 0),
    until date NOT NULL,
    CONSTRAINT past_due_days_over CHECK (until > due_on),
    CONSTRAINT past_due_days_agreement FOREIGN KEY (agreement_id, funder_id, grantee_id) REFERENCES agreements (id, funder_id, grantee_id),
    CONSTRAINT past_due_days_offered_to CHECK (offered_to = grantee_id),
    CONSTRAINT past_due_days_sponsor FOREIGN KEY (agreement_id, fiscal_sponsor_id)
      REFERENCES agreements (id, fiscal_sponsor_id) ON UPDATE CASCADE
  );
  CREATE INDEX past_due_days_by_agreement ON past_due_days (agreement_id, installment_id, until, id);
  CREATE INDEX past_due_days_by_grantee ON past_due_days (offered_to, late_at, id);
  CREATE TRIGGER with_sponsor BEFORE INSERT ON past_due_days FOR EACH ROW EXECUTE FUNCTION with_sponsor();
  CREATE TRIGGER insert_only BEFORE DELETE OR TRUNCATE ON past_due_days EXECUTE FUNCTION refuse_rewrite();
  CREATE TRIGGER insert_only_rows BEFORE UPDATE ON past_due_days FOR EACH ROW
    WHEN (to_jsonb(OLD) - 'fiscal_sponsor_id' <> to_jsonb(NEW) - 'fiscal_sponsor_id'
      OR NEW.fiscal_sponsor_id IS NULL) EXECUTE FUNCTION refuse_rewrite();
`;

/**
 * Nobody moves a due day to a later one, or cancels it, once it is over, without keeping it. Over is what had ended when
 * the new terms took effect: the amendment that made the revision says when, or the end of the agreement.
 */
const RULES = `
  CREATE FUNCTION installments_missed_stays_missed() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
    DECLARE changed_at timestamptz;
    BEGIN
      SELECT coalesce(m.takes_effect_at, a.ended_at) INTO changed_at FROM agreements a
        LEFT JOIN amendments m ON m.agreement_id = a.id AND m.revision = a.revision AND (a.state <> 'RELEASED' OR m.kind = 'RELEASE')
        WHERE a.id = NEW.agreement_id;
      IF (changed_at IS NULL OR OLD.late_at <= changed_at) AND NOT EXISTS (SELECT 1 FROM past_due_days p
        WHERE p.agreement_id = OLD.agreement_id AND p.installment_id = OLD.id AND p.id = coalesce(OLD.duty_id, OLD.id))
      THEN RAISE EXCEPTION 'installment % was due on %, which is over and must be kept', OLD.id, OLD.due_on
        USING ERRCODE = 'check_violation', CONSTRAINT = 'installments_missed_stays_missed'; END IF;
      RETURN NULL;
    END $$;
  CREATE TRIGGER missed_stays_missed AFTER UPDATE OF due_on, state ON installments FOR EACH ROW
    WHEN (OLD.late_at IS NOT NULL AND OLD.state IN ('SCHEDULED', 'SENT') AND (NEW.due_on > OLD.due_on OR NEW.state = 'RELEASED'))
    EXECUTE FUNCTION installments_missed_stays_missed();
`;

const SPONSOR = `fiscal_sponsor_id = ANY (${TENANT})`;
/** Whoever makes other terms take effect keeps what they replace; both parties, the sponsor and the steward read it. */
const ACCESS = `
  ${secure('past_due_days')}
  ${(['SELECT', 'INSERT'] as const)
    .map(
      (command) => `
      ${allow('funder', command, 'past_due_days', `funder_id = ANY (${TENANT})`)}
      ${allow('grantee', command, 'past_due_days', `offered_to = ANY (${TENANT})`)}
      ${allow('steward', command, 'past_due_days', 'true')}
      ${allow('worker', command, 'past_due_days', 'true')}`,
    )
    .join('\n')}
  CREATE POLICY sponsor_select ON past_due_days FOR SELECT TO goodfaith_grantee USING (${SPONSOR});
  CREATE POLICY sponsor_insert ON past_due_days FOR INSERT TO goodfaith_grantee WITH CHECK (${SPONSOR});
  ${allow('analyst', 'SELECT', 'past_due_days', 'false')}
  ${allow('public', 'SELECT', 'past_due_days', 'false')}
`;
