import type { MigrationInterface, QueryRunner } from 'typeorm';
import { OBSTACLE_CATEGORIES } from './obstacle-categories.js';
import { REGIONS } from './regions.js';
import { allow, ownedBy, secure } from './row-security.js';

/** Sealed releases of obstacle statistics: what is published, and what sealing needs to know. */
export class Statistics1790000000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(REFERENCE);
    await runner.query(TABLES);
    await runner.query(RULES);
    await runner.query(ACCESS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${SEALER_READS.map(
        ([table]) => `DROP POLICY sealer_select ON ${table};
        REVOKE SELECT ON ${table} FROM goodfaith_sealer;`,
      ).join('\n')}
      DROP POLICY sealer_update ON obstacles.entries;
      DROP POLICY sealer_select ON idempotency_outcomes;
      DROP POLICY sealer_insert ON idempotency_outcomes;
      DROP POLICY sealer_insert ON events;
      REVOKE SELECT, INSERT ON idempotency_outcomes FROM goodfaith_sealer;
      REVOKE INSERT ON events FROM goodfaith_sealer;
      DROP TRIGGER wait_for_sealing ON obstacles.entries;
      DROP TRIGGER counted_by_the_sealer ON obstacles.entries;
      DROP TRIGGER logged_uncounted ON obstacles.entries;
      DROP TRIGGER note_first_attributes ON organizations;
      DROP TRIGGER note_changed_attributes ON organizations;
      DROP FUNCTION obstacles.wait_for_sealing(), obstacles.counted_by_the_sealer(), note_first_attributes(), note_changed_attributes();
      ALTER TABLE obstacles.entries DROP COLUMN counted_in;
      ALTER TABLE obstacles.codes DROP CONSTRAINT codes_category;
      DROP TABLE statistics.cells, statistics.ledger, statistics.releases, statistics.organization_attributes,
        statistics.region_countries, statistics.regions, obstacles.categories;
      DROP SCHEMA statistics;
      REVOKE ALL ON SCHEMA obstacles FROM goodfaith_sealer;
      REVOKE SELECT ON obstacles.codes FROM goodfaith_sealer;
    `);
  }
}

const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const rows = (values: readonly (readonly (string | number)[])[]): string =>
  values
    .map((row) => `(${row.map((value) => (typeof value === 'number' ? value : quote(value))).join(', ')})`)
    .join(',\n');

const REFERENCE = `
  CREATE TABLE obstacles.categories (
    category text PRIMARY KEY,
    place integer NOT NULL,
    label_en text NOT NULL,
    label_vi text NOT NULL
  );
  INSERT INTO obstacles.categories VALUES ${rows(OBSTACLE_CATEGORIES.map(([category, ...labels], i) => [category, i, ...labels]))};
  ALTER TABLE obstacles.codes ADD CONSTRAINT codes_category FOREIGN KEY (category) REFERENCES obstacles.categories;

  CREATE SCHEMA statistics;
  CREATE TABLE statistics.regions (code text PRIMARY KEY, label_en text NOT NULL, label_vi text NOT NULL);
  INSERT INTO statistics.regions VALUES ${rows(REGIONS.map(([code, en, vi]) => [code, en, vi]))};
  CREATE TABLE statistics.region_countries (
    country text PRIMARY KEY,
    region text NOT NULL CONSTRAINT region_countries_region REFERENCES statistics.regions
  );
  INSERT INTO statistics.region_countries VALUES ${rows(REGIONS.flatMap(([code, , , countries]) => countries.split(' ').map((country) => [country, code])))};
`;

/**
 * A ledger line is what a view of a period has spent, in thousandths of epsilon. It outlives the release it paid for.
 * There is one network in a database. Each view has its most, and each period its views, once: so no year can spend
 * more than 4 x 350 + 200 + 400 = 2000.
 *
 * A release that was refused for size has no cells and has spent nothing, and its period is closed all the same.
 */
const TABLES = `
  CREATE TABLE statistics.releases (
    id uuid PRIMARY KEY,
    period text NOT NULL CONSTRAINT releases_period UNIQUE CONSTRAINT releases_period_form CHECK (period ~ '^[0-9]{4}(-Q[1-4])?$'),
    state text NOT NULL CONSTRAINT releases_state CHECK (state IN ('SEALED', 'REFUSED_FOR_SIZE')),
    epsilon_category integer NOT NULL,
    epsilon_region integer NOT NULL,
    epsilon_funder integer NOT NULL,
    sealed_at timestamptz(3) NOT NULL,
    CONSTRAINT releases_epsilons CHECK (epsilon_category BETWEEN 1 AND 350 AND epsilon_region BETWEEN 1 AND 200
      AND epsilon_funder BETWEEN 1 AND 400),
    CONSTRAINT releases_period_and_state UNIQUE (id, period, state)
  );

  CREATE TABLE statistics.ledger (
    period text NOT NULL,
    view text NOT NULL,
    year integer NOT NULL,
    epsilon integer NOT NULL,
    spent_at timestamptz(3) NOT NULL,
    PRIMARY KEY (period, view),
    CONSTRAINT ledger_year CHECK (left(period, 4)::integer = year),
    CONSTRAINT ledger_view_of_period CHECK ((view = 'CATEGORY' AND period ~ '^[0-9]{4}-Q[1-4]$')
      OR (view IN ('KIND_BY_REGION', 'FUNDER') AND period ~ '^[0-9]{4}$')),
    CONSTRAINT ledger_epsilon CHECK (epsilon >= 1
      AND epsilon <= CASE view WHEN 'CATEGORY' THEN 350 WHEN 'KIND_BY_REGION' THEN 200 ELSE 400 END)
  );
  CREATE INDEX ledger_by_year ON statistics.ledger (year);

  CREATE TABLE statistics.cells (
    release_id uuid NOT NULL,
    period text NOT NULL,
    state text NOT NULL CONSTRAINT cells_of_a_sealed_release CHECK (state = 'SEALED'),
    view text NOT NULL,
    place integer NOT NULL,
    kind text NOT NULL CONSTRAINT cells_kind CHECK (kind IN ('FUNDER', 'EXTERNAL', 'ORGANIZATION')),
    category text,
    region text,
    funder_id uuid,
    label_en text NOT NULL,
    label_vi text NOT NULL,
    value integer NOT NULL,
    PRIMARY KEY (period, view, place),
    CONSTRAINT cells_release FOREIGN KEY (release_id, period, state) REFERENCES statistics.releases (id, period, state),
    CONSTRAINT cells_paid_for FOREIGN KEY (period, view) REFERENCES statistics.ledger (period, view),
    CONSTRAINT cells_category CHECK ((view = 'CATEGORY') = (category IS NOT NULL)),
    CONSTRAINT cells_region CHECK (region IS NULL OR view = 'KIND_BY_REGION'),
    CONSTRAINT cells_funder CHECK (funder_id IS NULL OR view = 'FUNDER'),
    CONSTRAINT cells_about_funders CHECK (view <> 'FUNDER' OR kind = 'FUNDER')
  );

  -- Where each organization was, and what it was merged into, at any time: a release asks as at the end of its period.
  CREATE TABLE statistics.organization_attributes (
    organization_id uuid NOT NULL,
    since timestamptz(3) NOT NULL,
    country text,
    merged_into uuid,
    PRIMARY KEY (organization_id, since)
  );
  ALTER TABLE organizations NO FORCE ROW LEVEL SECURITY;
  INSERT INTO statistics.organization_attributes
    SELECT id, created_at, country, NULL FROM organizations
    UNION ALL SELECT id, updated_at, country, merged_into FROM organizations WHERE merged_into IS NOT NULL AND updated_at > created_at;
  ALTER TABLE organizations FORCE ROW LEVEL SECURITY;

  ALTER TABLE obstacles.entries ADD COLUMN counted_in text;
  CREATE INDEX entries_by_release ON obstacles.entries (counted_in, logged_at);
`;

/**
 * Logging and sealing take turns: whoever logs holds the lock shared until its commit, the sealer alone, so that no
 * entry is missed. (The sealer reads after it has the lock, in statements of their own snapshot.)
 */
const RULES = `
  CREATE FUNCTION obstacles.wait_for_sealing() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM pg_advisory_xact_lock_shared(hashtextextended('goodfaith.obstacle_release', 0));
      RETURN NULL;
    END $$;
  CREATE TRIGGER wait_for_sealing BEFORE INSERT ON obstacles.entries
    FOR EACH STATEMENT EXECUTE FUNCTION obstacles.wait_for_sealing();

  CREATE FUNCTION obstacles.counted_by_the_sealer() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF current_user <> 'goodfaith_sealer' OR TG_OP <> 'UPDATE' OR OLD.counted_in IS NOT NULL
      THEN RAISE EXCEPTION 'an entry is counted once, by the sealer'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'entries_counted_once'; END IF;
      RETURN NEW;
    END $$;
  CREATE TRIGGER counted_by_the_sealer BEFORE UPDATE OF counted_in ON obstacles.entries FOR EACH ROW
    WHEN (OLD.counted_in IS DISTINCT FROM NEW.counted_in) EXECUTE FUNCTION obstacles.counted_by_the_sealer();
  CREATE TRIGGER logged_uncounted BEFORE INSERT ON obstacles.entries
    FOR EACH ROW WHEN (NEW.counted_in IS NOT NULL) EXECUTE FUNCTION obstacles.counted_by_the_sealer();

  CREATE FUNCTION note_first_attributes() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
    BEGIN
      INSERT INTO statistics.organization_attributes SELECT id, created_at, country, merged_into FROM made;
      RETURN NULL;
    END $$;
  CREATE TRIGGER note_first_attributes AFTER INSERT ON organizations REFERENCING NEW TABLE AS made
    FOR EACH STATEMENT EXECUTE FUNCTION note_first_attributes();
  CREATE FUNCTION note_changed_attributes() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
    BEGIN
      INSERT INTO statistics.organization_attributes VALUES (NEW.id, NEW.updated_at, NEW.country, NEW.merged_into)
      ON CONFLICT (organization_id, since) DO UPDATE SET country = EXCLUDED.country, merged_into = EXCLUDED.merged_into;
      RETURN NULL;
    END $$;
  CREATE TRIGGER note_changed_attributes AFTER UPDATE OF country, merged_into ON organizations FOR EACH ROW
    WHEN (OLD.country IS DISTINCT FROM NEW.country OR OLD.merged_into IS DISTINCT FROM NEW.merged_into)
    EXECUTE FUNCTION note_changed_attributes();
`;

const callers = ['funder', 'grantee', 'steward', 'analyst', 'public'].map((role) => `goodfaith_${role}`).join(', ');

/** What the sealer may read: never a text, a name of a person, or a secret. */
const SEALER_READS = [
  ['agreements', 'funder_id, grantee_id, state, origin, accepted_at, ended_at'],
  ['api_keys', 'organization_id, role, created_at, expires_at, revoked_at'],
  ['funders', 'organization_id, name'],
  ['obstacles.entries', 'id, organization_id, tier, state, code, funder_id, logged_at, counted_in'],
  ['obstacles.shared', 'id, state'],
] as const;

/** What is sealed is for everybody. Only the sealer adds to it, and nobody changes it. */
const ACCESS = `
  GRANT USAGE ON SCHEMA statistics TO ${callers}, goodfaith_sealer, goodfaith_doctor, goodfaith_keeper;
  GRANT USAGE ON SCHEMA obstacles TO goodfaith_sealer;
  GRANT SELECT ON obstacles.categories, statistics.regions, statistics.region_countries, statistics.releases, statistics.ledger,
    statistics.cells TO ${callers}, goodfaith_sealer, goodfaith_doctor;
  GRANT SELECT ON obstacles.codes TO goodfaith_sealer;
  GRANT INSERT ON statistics.releases, statistics.ledger, statistics.cells TO goodfaith_sealer;
  ${secure('statistics.organization_attributes')}
  ${allow('sealer', 'SELECT', 'statistics.organization_attributes', 'true')}
  ${(['SELECT', 'INSERT', 'UPDATE'] as const).map((command) => allow('keeper', command, 'statistics.organization_attributes', 'true')).join('\n')}
  ${SEALER_READS.map(([table, columns]) => allow('sealer', 'SELECT', table, 'true', columns)).join('\n')}
  ${allow('sealer', 'UPDATE', 'obstacles.entries', 'true', 'counted_in')}
  ${allow('sealer', 'SELECT', 'idempotency_outcomes', 'key_id = (SELECT current_key())')}
  ${allow('sealer', 'INSERT', 'idempotency_outcomes', 'key_id = (SELECT current_key())')}
  ${allow('sealer', 'INSERT', 'events', `actor_role = 'SYSTEM'`)}
  ${ownedBy('keeper', 'note_first_attributes()', 'goodfaith_keeper')}
  ${ownedBy('keeper', 'note_changed_attributes()', 'goodfaith_keeper')}
`;
