import type { MigrationInterface, QueryRunner } from 'typeorm';
import { allow, ownedBy, secure } from './row-security.js';

/** The network says whose steward it has, and nothing that is said in confidence about that organization reaches it. */
export class StewardOrganization1790000000032 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(NETWORK);
    await runner.query(CLOSED);
    await runner.query(ENTRIES);
    await runner.query(TELLING);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION tell_of_closing(uuid, timestamptz, integer);
      ${KEEPER_RIGHTS.map(([command, table]) => `DROP POLICY keeper_${command.toLowerCase()} ON ${table};`).join('\n')}
      REVOKE SELECT (id, organization_id, tier, funder_id, sponsor_id) ON obstacles.entries FROM goodfaith_keeper;
      REVOKE ALL ON obstacles.streams, obstacles.events FROM goodfaith_keeper;
      REVOKE USAGE ON SCHEMA obstacles FROM goodfaith_keeper;
      DROP INDEX obstacles.events_closed_once;

      DROP POLICY steward_select ON obstacles.entries;
      DROP POLICY steward_select_confidential ON obstacles.entries;
      REVOKE SELECT ON obstacles.entries FROM goodfaith_steward;
      ${allow('steward', 'SELECT', 'obstacles.entries', `tier = ANY (ARRAY['CONFIDENTIAL', 'SHARED'])`)}
      DROP TRIGGER confidential_is_apart ON obstacles.entries;
      DROP FUNCTION obstacles.confidential_is_apart();
      DROP INDEX obstacles.entries_confidential_by_funder, obstacles.entries_confidential_by_sponsor;
      ALTER TABLE obstacles.entries DROP COLUMN sponsor_id;

      DROP FUNCTION closed_to_steward();
      DROP TRIGGER note_steward_organization ON api_keys;
      DROP TRIGGER note_steward_organization ON network;
      DROP FUNCTION note_steward_organization();
      DROP TABLE steward_organizations;
      ${READERS.map((role) => `DROP POLICY ${role}_steward ON organizations;`).join('\n')}
      DROP TRIGGER declared_for_good ON network;
      DROP FUNCTION network_declared_for_good();
      ALTER TABLE network DROP CONSTRAINT network_steward_declared, DROP COLUMN id, DROP COLUMN version, DROP COLUMN steward_declared_at;
    `);
  }
}

const READERS = ['funder', 'grantee', 'analyst', 'public'] as const;

/** Until a day of declaring stands there, nobody has said anything; with it and no organization, none takes part. */
const NETWORK = `
  ALTER TABLE network
    ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid(),
    ADD COLUMN steward_declared_at timestamptz(3),
    ADD COLUMN version integer NOT NULL DEFAULT 1;
  ALTER TABLE network ALTER COLUMN id DROP DEFAULT;
  ALTER TABLE network NO FORCE ROW LEVEL SECURITY;
  UPDATE network SET steward_declared_at = now() WHERE steward_organization_id IS NOT NULL;
  ALTER TABLE network FORCE ROW LEVEL SECURITY;
  ALTER TABLE network ADD CONSTRAINT network_steward_declared
    CHECK (steward_organization_id IS NULL OR steward_declared_at IS NOT NULL);
  CREATE FUNCTION network_declared_for_good() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'what was declared can be changed and not unsaid'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'network_declared_for_good'; END $$;
  CREATE TRIGGER declared_for_good BEFORE UPDATE OF steward_declared_at ON network
    FOR EACH ROW WHEN (OLD.steward_declared_at IS NOT NULL AND NEW.steward_declared_at IS NULL) EXECUTE FUNCTION network_declared_for_good();
  ${READERS.map(
    (role) => `CREATE POLICY ${role}_steward ON organizations FOR SELECT TO goodfaith_${role}
    USING (id = (SELECT n.steward_organization_id FROM network n));`,
  ).join('\n')}
`;

/**
 * Every organization that a steward ever had a key of, or that was ever named as the steward's. Rows are only added, so
 * that no later change can show the steward what it was not to see.
 */
const CLOSED = `
  CREATE TABLE steward_organizations (
    organization_id uuid PRIMARY KEY CONSTRAINT steward_organizations_organization REFERENCES organizations,
    since timestamptz(3) NOT NULL
  );
  ALTER TABLE api_keys NO FORCE ROW LEVEL SECURITY;
  INSERT INTO steward_organizations
    SELECT x.organization_id, min(x.since) FROM (
      SELECT k.organization_id, k.created_at AS since FROM api_keys k WHERE k.role = 'STEWARD' AND k.organization_id IS NOT NULL
      UNION ALL SELECT n.steward_organization_id, n.steward_declared_at FROM network n WHERE n.steward_organization_id IS NOT NULL) AS x
    GROUP BY 1;
  ALTER TABLE api_keys FORCE ROW LEVEL SECURITY;
  CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON steward_organizations EXECUTE FUNCTION refuse_rewrite();
  ${secure('steward_organizations')}
  ${allow('steward', 'SELECT', 'steward_organizations', 'true')}
  ${allow('grantee', 'SELECT', 'steward_organizations', 'true')}
  ${allow('keeper', 'SELECT', 'steward_organizations', 'true')}
  ${allow('keeper', 'INSERT', 'steward_organizations', 'true')}

  CREATE FUNCTION note_steward_organization() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
    BEGIN
      IF TG_TABLE_NAME = 'network' THEN
        INSERT INTO steward_organizations VALUES (NEW.steward_organization_id, NEW.steward_declared_at) ON CONFLICT DO NOTHING;
      ELSE
        INSERT INTO steward_organizations VALUES (NEW.organization_id, NEW.created_at) ON CONFLICT DO NOTHING;
      END IF;
      RETURN NULL;
    END $$;
  CREATE TRIGGER note_steward_organization AFTER INSERT OR UPDATE OF role, organization_id ON api_keys FOR EACH ROW
    WHEN (NEW.role = 'STEWARD' AND NEW.organization_id IS NOT NULL) EXECUTE FUNCTION note_steward_organization();
  CREATE TRIGGER note_steward_organization AFTER UPDATE OF steward_organization_id ON network FOR EACH ROW
    WHEN (NEW.steward_organization_id IS NOT NULL) EXECUTE FUNCTION note_steward_organization();
  ${ownedBy('keeper', 'note_steward_organization()', 'goodfaith_keeper')}

  -- With all that any of them was merged into or from: two records of one organization are one organization.
  CREATE FUNCTION closed_to_steward() RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
    BEGIN RETURN (
      WITH kept AS (SELECT coalesce(o.merged_into, o.id) AS id FROM steward_organizations s JOIN organizations o ON o.id = s.organization_id)
      SELECT coalesce(array_agg(x.id), '{}') FROM (
        SELECT k.id FROM kept k UNION SELECT o.id FROM kept k JOIN organizations o ON o.merged_into = k.id) AS x); END $$;
  ${ownedBy('keeper', 'closed_to_steward()', 'goodfaith_grantee', 'goodfaith_steward', 'goodfaith_doctor')}
`;

/**
 * \`sponsor_id\` is the fiscal sponsor of the agreement concerned, as it stood when that was said: the obstacle is about
 * its project too. The trigger sees a naming that was committed after the service looked; the code makes the service do
 * the whole call again, which then is refused in words. (A naming that is committed later still closes the entry.)
 */
const ENTRIES = `
  ALTER TABLE obstacles.entries ADD COLUMN sponsor_id uuid;
  ALTER TABLE obstacles.entries NO FORCE ROW LEVEL SECURITY;
  ALTER TABLE agreements NO FORCE ROW LEVEL SECURITY;
  UPDATE obstacles.entries e SET sponsor_id = a.fiscal_sponsor_id FROM agreements a
    WHERE a.id = e.agreement_id AND a.fiscal_sponsor_id <> e.organization_id;
  ALTER TABLE obstacles.entries FORCE ROW LEVEL SECURITY;
  ALTER TABLE agreements FORCE ROW LEVEL SECURITY;
  CREATE INDEX entries_confidential_by_funder ON obstacles.entries (funder_id) WHERE tier = 'CONFIDENTIAL';
  CREATE INDEX entries_confidential_by_sponsor ON obstacles.entries (sponsor_id) WHERE tier = 'CONFIDENTIAL' AND sponsor_id IS NOT NULL;

  CREATE FUNCTION obstacles.confidential_is_apart() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF EXISTS (SELECT 1 FROM public.network n WHERE n.steward_declared_at IS NULL)
        OR ARRAY[NEW.funder_id, NEW.sponsor_id] && public.closed_to_steward()
      THEN RAISE EXCEPTION 'what is confidential is apart from the steward'
        USING ERRCODE = 'serialization_failure', CONSTRAINT = 'entries_confidential_is_apart'; END IF;
      RETURN NULL;
    END $$;
  CREATE TRIGGER confidential_is_apart AFTER INSERT OR UPDATE OF tier, funder_id, sponsor_id ON obstacles.entries
    FOR EACH ROW WHEN (NEW.tier = 'CONFIDENTIAL') EXECUTE FUNCTION obstacles.confidential_is_apart();

  DROP POLICY steward_select ON obstacles.entries;
  ${allow('steward', 'SELECT', 'obstacles.entries', `tier = 'SHARED'`)}
  CREATE POLICY steward_select_confidential ON obstacles.entries FOR SELECT TO goodfaith_steward USING (tier = 'CONFIDENTIAL'
    AND (SELECT n.steward_declared_at IS NOT NULL FROM public.network n)
    AND NOT (ARRAY[funder_id, sponsor_id] && ((SELECT public.closed_to_steward())::uuid[])));
`;

const CLOSING = `'OBSTACLE_CLOSED_TO_STEWARD'`;
const KEEPER_RIGHTS = [
  ['SELECT', 'obstacles.entries', `tier = 'CONFIDENTIAL'`, 'id, organization_id, tier, funder_id, sponsor_id'],
  ['SELECT', 'obstacles.streams', 'reader_id = organization_id'],
  ['INSERT', 'obstacles.streams', 'reader_id = organization_id'],
  ['UPDATE', 'obstacles.streams', 'reader_id = organization_id'],
  ['SELECT', 'obstacles.events', `type = ${CLOSING}`],
  ['INSERT', 'obstacles.events', `type = ${CLOSING} AND reader_id = organization_id`],
] as const;

/**
 * Owners are told in their own streams, by the clock and not by the call that closes: a naming waits for nobody's
 * stream, so that it tells the steward nothing about who is logging. Each entry is told of once, since closing is for good.
 */
const TELLING = `
  CREATE UNIQUE INDEX events_closed_once ON obstacles.events (obstacle_id) WHERE type = ${CLOSING};
  GRANT USAGE ON SCHEMA obstacles TO goodfaith_keeper;
  ${KEEPER_RIGHTS.map(([command, table, rule, columns]) => allow('keeper', command, table, rule, columns)).join('\n')}
  CREATE FUNCTION tell_of_closing(seed uuid, told_at timestamptz, most integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
    DECLARE
      closed uuid[] := closed_to_steward(); told integer := 0; entry record; reached bigint;
    BEGIN
      FOR entry IN
        SELECT x.id, x.organization_id FROM (
          SELECT e.id, e.organization_id FROM obstacles.entries e WHERE e.tier = 'CONFIDENTIAL' AND e.funder_id = ANY (closed)
          UNION SELECT e.id, e.organization_id FROM obstacles.entries e WHERE e.tier = 'CONFIDENTIAL' AND e.sponsor_id = ANY (closed)) AS x
        WHERE NOT EXISTS (SELECT 1 FROM obstacles.events v WHERE v.obstacle_id = x.id AND v.type = ${CLOSING})
        ORDER BY x.organization_id, x.id LIMIT most
      LOOP
        INSERT INTO obstacles.streams AS s (reader_id, organization_id, last_seq) VALUES (entry.organization_id, entry.organization_id, 1)
          ON CONFLICT (reader_id) DO UPDATE SET last_seq = s.last_seq + 1 RETURNING s.last_seq INTO reached;
        -- A version 4 like all ids about obstacles, made of one random one, so that a run can be repeated.
        INSERT INTO obstacles.events (id, organization_id, reader_id, seq, type, at, obstacle_id)
          VALUES (overlay(overlay(md5(seed::text || entry.id::text) PLACING '4' FROM 13) PLACING '8' FROM 17)::uuid,
            entry.organization_id, entry.organization_id, reached, ${CLOSING}, told_at, entry.id);
        told := told + 1;
      END LOOP;
      RETURN told;
    END $$;
  ${ownedBy('keeper', 'tell_of_closing(uuid, timestamptz, integer)', 'goodfaith_worker')}
`;
