import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  CONTENTS_OF_SUBJECTS_WITH_ENDED_AMENDMENTS,
  CONTENTS_OF_SUBJECTS_WITH_PAST_DUE_DAYS,
  CONTENTS_WITH_ENDED_AMENDMENTS,
  CONTENTS_WITH_PAST_DUE_DAYS,
  contentOf,
  contentsOf,
} from './history-contents.js';

/**
 * An amendment that was accepted and waits for its day stands in nobody's way: several may wait, the funder may withdraw
 * one before its day, and one that finds nothing left to change lapses and says why.
 */
export class WaitingAmendments1790000000068 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(COLUMNS);
    await runner.query(transitions(`'ACCEPTED>WITHDRAWN', 'ACCEPTED>LAPSED'`, ENDINGS));
    await runner.query(FIRST);
    await runner.query(ACCESS);
    await runner.query(contentOf('CREATE OR REPLACE', CONTENTS_WITH_ENDED_AMENDMENTS));
    await runner.query(contentsOf('CREATE OR REPLACE', CONTENTS_OF_SUBJECTS_WITH_ENDED_AMENDMENTS));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(contentsOf('CREATE OR REPLACE', CONTENTS_OF_SUBJECTS_WITH_PAST_DUE_DAYS));
    await runner.query(contentOf('CREATE OR REPLACE', CONTENTS_WITH_PAST_DUE_DAYS));
    await runner.query(`
      DROP POLICY steward_lapses ON amendments;
      REVOKE UPDATE (state, ended_at, lapsed_because, version) ON amendments FROM goodfaith_steward;
      DROP TRIGGER first_of_waiting ON agreements; DROP TRIGGER first_of_waiting ON amendments;
      DROP FUNCTION agreements_first_of_waiting(), amendments_first_of_waiting(), check_first_of_waiting(uuid);
    `);
    await runner.query(transitions('', ''));
    await runner.query(`
      DROP INDEX amendments_waiting, amendments_one_open;
      CREATE UNIQUE INDEX amendments_one_open ON amendments (agreement_id)
        WHERE (state = 'PROPOSED' AND stale_at IS NULL) OR (state = 'ACCEPTED' AND revision IS NULL);
      ALTER TABLE amendments DROP CONSTRAINT amendments_lapsed, DROP CONSTRAINT amendments_ended, DROP CONSTRAINT amendments_effect,
        DROP CONSTRAINT amendments_state, DROP COLUMN ended_at, DROP COLUMN lapsed_because,
        ADD CONSTRAINT amendments_state CHECK (state IN ('PROPOSED', 'ACCEPTED', 'DECLINED', 'WITHDRAWN')),
        ADD CONSTRAINT amendments_effect CHECK ((state = 'ACCEPTED') = (takes_effect_at IS NOT NULL) AND (revision IS NULL OR state = 'ACCEPTED'));
    `);
  }
}

/** `ended_at` is of those that had been accepted: `takes_effect_at` stays then, as the day that it was agreed for. */
const COLUMNS = `
  ALTER TABLE amendments
    ADD COLUMN ended_at timestamptz(3),
    ADD COLUMN lapsed_because text,
    DROP CONSTRAINT amendments_state,
    ADD CONSTRAINT amendments_state CHECK (state IN ('PROPOSED', 'ACCEPTED', 'DECLINED', 'WITHDRAWN', 'LAPSED')),
    DROP CONSTRAINT amendments_effect,
    ADD CONSTRAINT amendments_effect CHECK ((state = 'ACCEPTED' OR ended_at IS NOT NULL) = (takes_effect_at IS NOT NULL)
      AND (revision IS NULL OR state = 'ACCEPTED')),
    ADD CONSTRAINT amendments_ended CHECK (ended_at IS NULL OR state = 'LAPSED' OR (state = 'WITHDRAWN' AND ended_at < takes_effect_at)),
    ADD CONSTRAINT amendments_lapsed CHECK ((state = 'LAPSED') = (lapsed_because IS NOT NULL) AND (state <> 'LAPSED' OR ended_at IS NOT NULL)
      AND lapsed_because IN ('AGREEMENT_ENDED', 'AGREEMENT_COMPLETED', 'MONEY_SENT', 'NOTHING_LEFT', 'LEAVES_NOTHING'));
  DROP INDEX amendments_one_open;
  CREATE UNIQUE INDEX amendments_one_open ON amendments (agreement_id) WHERE state = 'PROPOSED' AND stale_at IS NULL;
  CREATE INDEX amendments_waiting ON amendments (agreement_id, takes_effect_at) WHERE state = 'ACCEPTED' AND revision IS NULL;
`;

const transitions = (more: string, endings: string): string => `
  CREATE OR REPLACE FUNCTION amendments_legal_transition() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.state <> OLD.state AND OLD.state || '>' || NEW.state NOT IN (
        'PROPOSED>ACCEPTED', 'PROPOSED>DECLINED', 'PROPOSED>WITHDRAWN'${more && `, ${more}`})
      THEN RAISE EXCEPTION 'amendment % cannot go from % to %', OLD.id, OLD.state, NEW.state
        USING ERRCODE = 'check_violation', CONSTRAINT = 'amendments_legal_transition'; END IF;
      IF OLD.state = 'PROPOSED' AND NEW.state = 'ACCEPTED' AND OLD.stale_at IS NOT NULL
      THEN RAISE EXCEPTION 'amendment % is stale', OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'amendments_not_stale'; END IF;${endings}
      RETURN NEW;
    END $$;`;

/** What is in effect is no longer withdrawn, and nothing lapses by an end that has not come. */
const ENDINGS = `
      IF OLD.state = 'ACCEPTED' AND NEW.state <> 'ACCEPTED' AND (OLD.revision IS NOT NULL OR NEW.ended_at IS NULL)
      THEN RAISE EXCEPTION 'amendment % is in effect', OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'amendments_in_effect'; END IF;
      IF NEW.state = 'LAPSED' AND OLD.state <> 'LAPSED' AND NEW.lapsed_because = 'AGREEMENT_ENDED'
        AND NOT EXISTS (SELECT 1 FROM agreements a WHERE a.id = NEW.agreement_id AND a.state = 'RELEASED')
      THEN RAISE EXCEPTION 'the agreement of amendment % has not ended', OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'amendments_lapsed_at_end'; END IF;`;

/** At the commit: an agreement that goes on knows when the first of those that wait takes effect. */
const FIRST = `
  CREATE FUNCTION check_first_of_waiting(agreement uuid) RETURNS void LANGUAGE plpgsql SET search_path = public AS $$
    DECLARE found record;
    BEGIN
      SELECT a.state, a.amends_at, (SELECT min(m.takes_effect_at) FROM amendments m
          WHERE m.agreement_id = a.id AND m.state = 'ACCEPTED' AND m.revision IS NULL) AS first
        INTO found FROM agreements a WHERE a.id = agreement;
      IF found.amends_at IS DISTINCT FROM found.first THEN
        RAISE EXCEPTION 'agreement % is amended at %, and the first amendment that waits is of %', agreement, found.amends_at, found.first
          USING ERRCODE = 'check_violation', CONSTRAINT = 'agreements_first_of_waiting'; END IF;
    END $$;
  CREATE FUNCTION agreements_first_of_waiting() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
    BEGIN PERFORM check_first_of_waiting(NEW.id); RETURN NULL; END $$;
  CREATE FUNCTION amendments_first_of_waiting() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
    BEGIN PERFORM check_first_of_waiting(NEW.agreement_id); RETURN NULL; END $$;
  CREATE CONSTRAINT TRIGGER first_of_waiting AFTER UPDATE OF amends_at, state ON agreements DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.amends_at IS DISTINCT FROM OLD.amends_at OR (NEW.state = 'RELEASED' AND OLD.state <> 'RELEASED'))
    EXECUTE FUNCTION agreements_first_of_waiting();
  CREATE CONSTRAINT TRIGGER first_of_waiting AFTER UPDATE OF state, revision ON amendments DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.state = 'ACCEPTED' OR OLD.state = 'ACCEPTED') EXECUTE FUNCTION amendments_first_of_waiting();
`;

/** The steward ends an agreement of which a party is no more; what waited for a later day lapses with it. */
const ACCESS = `
  GRANT UPDATE (state, ended_at, lapsed_because, version) ON amendments TO goodfaith_steward;
  CREATE POLICY steward_lapses ON amendments FOR UPDATE TO goodfaith_steward
    USING (state = 'ACCEPTED' AND revision IS NULL) WITH CHECK (state = 'LAPSED' AND lapsed_because = 'AGREEMENT_ENDED');
`;
