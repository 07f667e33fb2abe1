import type { MigrationInterface, QueryRunner } from 'typeorm';
import { OBSTACLE_CODES } from './obstacle-codes.js';
import { TENANT, allow, secure } from './row-security.js';

/**
 * The obstacle log, in a schema of its own: no foreign key leads out of it or into it, so that logging locks nothing
 * that anybody else could notice.
 */
export class Obstacles1790000000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(RULES);
    await runner.query(ACCESS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE obstacles.submissions, obstacles.idempotency_outcomes, obstacles.events, obstacles.streams,
        obstacles.shared, obstacles.entries, obstacles.codes;
      DROP FUNCTION obstacles.readers(), obstacles.tier_only_opens(), obstacles.legal_transition();
      DROP SCHEMA obstacles;
    `);
  }
}

const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const codeRows = OBSTACLE_CODES.map(
  ([code, category, canSuggest, ...texts], i) =>
    `(${quote(code)}, 1, ${i}, ${quote(category.split('_')[0])}, ${quote(category)}, ${canSuggest}, ${texts.map(quote).join(', ')})`,
).join(',\n');

const IMPACT = (table: string): string => `
  delay_days integer CONSTRAINT ${table}_delay CHECK (delay_days >= 1),
  cost_minor bigint CONSTRAINT ${table}_cost CHECK (cost_minor > 0),
  cost_currency text,
  hours_lost integer CONSTRAINT ${table}_hours CHECK (hours_lost >= 1),
  CONSTRAINT ${table}_cost_in_a_currency CHECK ((cost_minor IS NULL) = (cost_currency IS NULL))`;

/**
 * `reader_id` is who may read an entry on its owner's side: the organization, or for AGGREGATE_ONLY the lineage of
 * keys that logged it. One column for both keeps policies free of OR and lists in one index.
 *
 * `shared` is a copy made when an entry is shared: all that the funder's database role can reach. It begins its own
 * versions and dates there, so that nothing in it says when the entry was logged.
 */
const TABLES = `
  CREATE SCHEMA obstacles;
  CREATE TABLE obstacles.codes (
    code text NOT NULL,
    version integer NOT NULL,
    place integer NOT NULL,
    kind text NOT NULL CONSTRAINT codes_kind CHECK (kind IN ('FUNDER', 'EXTERNAL', 'ORGANIZATION')),
    category text NOT NULL,
    can_suggest boolean NOT NULL,
    label_en text NOT NULL,
    label_vi text NOT NULL,
    description_en text NOT NULL,
    description_vi text NOT NULL,
    PRIMARY KEY (code, version),
    CONSTRAINT codes_category_within_kind CHECK (starts_with(category, kind))
  );
  INSERT INTO obstacles.codes VALUES ${codeRows};

  CREATE TABLE obstacles.entries (
    id uuid PRIMARY KEY,
    organization_id uuid NOT NULL,
    reader_id uuid NOT NULL,
    tier text NOT NULL CONSTRAINT entries_tier CHECK (tier IN ('AGGREGATE_ONLY', 'CONFIDENTIAL', 'SHARED')),
    state text NOT NULL CONSTRAINT entries_state CHECK (state IN ('LOGGED', 'RESOLVED', 'WITHDRAWN')),
    code text NOT NULL,
    other_codes text[] NOT NULL CONSTRAINT entries_other_codes CHECK (cardinality(other_codes) <= 2),
    began_month date NOT NULL CONSTRAINT entries_month CHECK (extract(day FROM began_month) = 1),
    text text NOT NULL,
    ${IMPACT('entries')},
    funder_id uuid,
    agreement_id uuid,
    version integer NOT NULL DEFAULT 1,
    logged_at timestamptz(3) NOT NULL,
    updated_at timestamptz(3) NOT NULL,
    resolved_at timestamptz(3),
    withdrawn_at timestamptz(3),
    CONSTRAINT entries_reader CHECK ((tier = 'AGGREGATE_ONLY') = (reader_id <> organization_id)),
    CONSTRAINT entries_shared_with CHECK (tier <> 'SHARED' OR funder_id IS NOT NULL),
    CONSTRAINT entries_agreement_of_funder CHECK (agreement_id IS NULL OR funder_id IS NOT NULL)
  );
  CREATE INDEX entries_by_reader ON obstacles.entries (reader_id, logged_at, id);
  CREATE INDEX entries_for_steward ON obstacles.entries (logged_at, id) WHERE tier = ANY (ARRAY['CONFIDENTIAL', 'SHARED']);

  CREATE TABLE obstacles.shared (
    id uuid PRIMARY KEY CONSTRAINT shared_entry REFERENCES obstacles.entries,
    funder_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    agreement_id uuid,
    state text NOT NULL CONSTRAINT shared_state CHECK (state IN ('OPEN', 'ACKNOWLEDGED', 'ANSWERED', 'RESOLVED', 'WITHDRAWN')),
    code text,
    other_codes text[] NOT NULL,
    began_month date,
    text text,
    ${IMPACT('shared')},
    shared_at timestamptz(3) NOT NULL,
    response_days integer NOT NULL,
    time_zone text NOT NULL,
    respond_by date NOT NULL,
    respond_by_at timestamptz(3) NOT NULL,
    acknowledged_at timestamptz(3),
    answer text,
    change_by date,
    answered_at timestamptz(3),
    earlier_answers jsonb NOT NULL DEFAULT '[]',
    resolved_at timestamptz(3),
    withdrawn_at timestamptz(3),
    version integer NOT NULL DEFAULT 1,
    updated_at timestamptz(3) NOT NULL,
    CONSTRAINT shared_answer CHECK ((answer IS NULL) = (answered_at IS NULL)),
    CONSTRAINT shared_withdrawn_says_nothing CHECK ((state = 'WITHDRAWN') = (code IS NULL)
      AND (code IS NULL) = (text IS NULL) AND (code IS NULL) = (began_month IS NULL))
  );
  CREATE INDEX shared_by_funder ON obstacles.shared (funder_id, shared_at, id);

  CREATE TABLE obstacles.streams (organization_id uuid PRIMARY KEY, last_seq bigint NOT NULL);
  CREATE TABLE obstacles.events (
    id uuid PRIMARY KEY,
    organization_id uuid NOT NULL,
    reader_id uuid NOT NULL,
    seq bigint NOT NULL,
    type text NOT NULL,
    at timestamptz(3) NOT NULL,
    obstacle_id uuid NOT NULL
  );
  CREATE UNIQUE INDEX events_in_order ON obstacles.events (reader_id, seq, id);

  CREATE TABLE obstacles.submissions (
    reader_id uuid NOT NULL, client_submission_id text NOT NULL,
    organization_id uuid NOT NULL, obstacle_id uuid NOT NULL, content_hash bytea NOT NULL,
    PRIMARY KEY (reader_id, client_submission_id)
  );
  CREATE TABLE obstacles.idempotency_outcomes (
    key_id uuid NOT NULL, operation text NOT NULL, idempotency_key text NOT NULL,
    input_hash bytea NOT NULL, entity_id uuid NOT NULL, entity_version integer NOT NULL,
    created_at timestamptz(3) NOT NULL,
    PRIMARY KEY (key_id, operation, idempotency_key)
  );
  CREATE INDEX obstacle_outcomes_created_at ON obstacles.idempotency_outcomes (created_at);
`;

/** What no code path may break. */
const RULES = `
  CREATE FUNCTION obstacles.readers() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE AS
    $$ SELECT array_remove(public.tenant() || public.lineage(), NULL) $$;

  CREATE FUNCTION obstacles.tier_only_opens() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF OLD.tier || '>' || NEW.tier NOT IN ('AGGREGATE_ONLY>CONFIDENTIAL', 'AGGREGATE_ONLY>SHARED', 'CONFIDENTIAL>SHARED')
      THEN RAISE EXCEPTION 'a tier only opens' USING ERRCODE = 'check_violation', CONSTRAINT = 'entries_tier_only_opens'; END IF;
      RETURN NEW;
    END $$;
  CREATE TRIGGER tier_only_opens BEFORE UPDATE OF tier ON obstacles.entries
    FOR EACH ROW WHEN (NEW.tier <> OLD.tier) EXECUTE FUNCTION obstacles.tier_only_opens();

  CREATE FUNCTION obstacles.legal_transition() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF OLD.state || '>' || NEW.state NOT IN (
        'OPEN>ACKNOWLEDGED', 'OPEN>ANSWERED', 'ACKNOWLEDGED>ANSWERED', 'OPEN>RESOLVED', 'ACKNOWLEDGED>RESOLVED',
        'ANSWERED>RESOLVED', 'RESOLVED>OPEN', 'OPEN>WITHDRAWN', 'ACKNOWLEDGED>WITHDRAWN', 'ANSWERED>WITHDRAWN',
        'RESOLVED>WITHDRAWN', 'LOGGED>RESOLVED', 'RESOLVED>LOGGED', 'LOGGED>WITHDRAWN')
      THEN RAISE EXCEPTION 'an obstacle cannot go from % to %', OLD.state, NEW.state
        USING ERRCODE = 'check_violation', CONSTRAINT = 'obstacles_legal_transition'; END IF;
      RETURN NEW;
    END $$;
  CREATE TRIGGER legal_transition BEFORE UPDATE OF state ON obstacles.entries
    FOR EACH ROW WHEN (NEW.state <> OLD.state) EXECUTE FUNCTION obstacles.legal_transition();
  CREATE TRIGGER legal_transition BEFORE UPDATE OF state ON obstacles.shared
    FOR EACH ROW WHEN (NEW.state <> OLD.state) EXECUTE FUNCTION obstacles.legal_transition();
`;

const READERS = '((SELECT obstacles.readers())::uuid[])';
const OWN = `organization_id = ANY (${TENANT})`;
const READABLE = `${OWN} AND reader_id = ANY (${READERS})`;
const ANSWERING = 'state, acknowledged_at, answer, change_by, answered_at, version, updated_at';
const callers = ['funder', 'grantee', 'steward', 'analyst', 'public'].map((role) => `goodfaith_${role}`).join(', ');

/** The funder reaches its own copies and nothing else; the steward everything but AGGREGATE_ONLY. */
const ACCESS = `
  GRANT USAGE ON SCHEMA obstacles TO ${callers}, goodfaith_worker, goodfaith_doctor;
  GRANT SELECT ON obstacles.codes TO ${callers}, goodfaith_doctor;
  ${['entries', 'shared', 'streams', 'events', 'submissions', 'idempotency_outcomes'].map((table) => secure(`obstacles.${table}`)).join('\n')}
  ${(['SELECT', 'INSERT', 'UPDATE'] as const)
    .map(
      (command) => `
    ${allow('grantee', command, 'obstacles.entries', READABLE)}
    ${allow('grantee', command, 'obstacles.shared', OWN)}
    ${allow('grantee', command, 'obstacles.streams', OWN)}`,
    )
    .join('\n')}
  ${(['SELECT', 'INSERT'] as const)
    .map(
      (command) => `
    ${allow('grantee', command, 'obstacles.events', READABLE)}
    ${allow('grantee', command, 'obstacles.submissions', READABLE)}
    ${allow('grantee', command, 'obstacles.idempotency_outcomes', 'key_id = (SELECT public.current_key())')}`,
    )
    .join('\n')}
  ${allow('funder', 'SELECT', 'obstacles.shared', `funder_id = ANY (${TENANT})`)}
  ${allow('funder', 'UPDATE', 'obstacles.shared', `funder_id = ANY (${TENANT})`, ANSWERING)}
  ${allow('steward', 'SELECT', 'obstacles.entries', `tier = ANY (ARRAY['CONFIDENTIAL', 'SHARED'])`)}
  ${allow('steward', 'SELECT', 'obstacles.shared', 'true')}
  ${allow('worker', 'SELECT', 'obstacles.idempotency_outcomes', 'true')}
  ${allow('worker', 'DELETE', 'obstacles.idempotency_outcomes', 'true')}
`;
