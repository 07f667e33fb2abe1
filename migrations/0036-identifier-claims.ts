import type { MigrationInterface, QueryRunner } from 'typeorm';
import { TENANT, allow, ownedBy, secure } from './row-security.js';

/** Numbers that an organization gives itself, beside those that the steward stands for; and one invitation for each group. */
export class IdentifierClaims1790000000036 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CLAIMS);
    await runner.query(ACCESS);
    await runner.query(HOLDERS);
    await runner.query(OLD_ROWS);
    await runner.query(HISTORY);
    await runner.query(INVITATIONS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP POLICY funder_update ON invitations;
      REVOKE UPDATE (token_digest, expires_at) ON invitations FROM goodfaith_funder;
      ALTER TABLE invitations DROP COLUMN group_digest;
      ALTER TABLE imported_grants
        DROP COLUMN funder_scheme, DROP COLUMN funder_value, DROP COLUMN grantee_scheme, DROP COLUMN grantee_value;
      DROP FUNCTION visible_holders(text[], text[]);
      DROP POLICY keeper_select ON organization_identifiers;
      REVOKE SELECT ON organization_identifiers FROM goodfaith_keeper;
      DROP POLICY keeper_select ON acquaintances;
      REVOKE SELECT ON acquaintances FROM goodfaith_keeper;
      DROP POLICY steward_update ON organization_identifiers;
      REVOKE UPDATE (organization_id) ON organization_identifiers FROM goodfaith_steward;
      ${parties.map((role) => ['INSERT', 'DELETE'].map((command) => allow(role, command as 'INSERT', 'organization_identifiers', OWN)).join('')).join('')}
      ${withoutForcedSecurity(`INSERT INTO organization_identifiers (scheme, value, organization_id)
        SELECT c.scheme, c.value, c.organization_id FROM identifier_claims c ORDER BY c.claimed_at, c.id ON CONFLICT DO NOTHING;`)}
      DROP TABLE identifier_claims;
    `);
  }
}

const parties = ['funder', 'grantee'] as const;
const OWN = `organization_id = ANY (${TENANT})`;

/**
 * `organization_identifiers` holds the numbers that are CONFIRMED; its primary key lets each have one holder. A claim
 * belongs to whoever made it: many may claim one number, and no claim can find out about another, nor wait for it.
 */
const CLAIMS = `
  CREATE TABLE identifier_claims (
    id uuid PRIMARY KEY,
    organization_id uuid NOT NULL CONSTRAINT identifier_claims_organization REFERENCES organizations,
    scheme text NOT NULL,
    value text NOT NULL,
    claimed_at timestamptz(3) NOT NULL,
    CONSTRAINT identifier_claims_once UNIQUE (organization_id, scheme, value)
  );
  CREATE INDEX identifier_claims_by_value ON identifier_claims (scheme, value, claimed_at, id);
  CREATE INDEX identifier_claims_by_time ON identifier_claims (claimed_at, id);
`;

/** An organization writes claims and nothing else: that it cannot confirm itself is a right it does not have. */
const ACCESS = `
  ${secure('identifier_claims')}
  ${(['funder', 'grantee', 'analyst', 'public'] as const)
    .map((role) => allow(role, 'SELECT', 'identifier_claims', 'organization_id IN (SELECT o.id FROM organizations o)'))
    .join('\n')}
  ${parties.map((role) => allow(role, 'INSERT', 'identifier_claims', OWN) + allow(role, 'DELETE', 'identifier_claims', OWN)).join('\n')}
  ${(['SELECT', 'DELETE'] as const).map((command) => allow('steward', command, 'identifier_claims', 'true')).join('\n')}
  ${allow('steward', 'UPDATE', 'identifier_claims', 'true', 'organization_id')}
  ${allow('steward', 'UPDATE', 'organization_identifiers', 'true', 'organization_id')}
  ${parties
    .map(
      (role) => `DROP POLICY ${role}_insert ON organization_identifiers;
        DROP POLICY ${role}_delete ON organization_identifiers;
        REVOKE INSERT, DELETE ON organization_identifiers FROM goodfaith_${role};`,
    )
    .join('\n')}
  ${allow('keeper', 'SELECT', 'organization_identifiers', 'true')}
  ${allow('keeper', 'SELECT', 'acquaintances', 'true')}
`;

/**
 * Holders of these numbers whom the caller may see: listed organizations and its counterparties. Under the policies of the
 * caller's role the rows would be the same, but the work would not: a policy is asked only about rows that there are, so
 * the time would tell a number that somebody holds unseen from one that is free. Here every number costs the same look-ups.
 */
const HOLDERS = `
  CREATE FUNCTION visible_holders(schemes text[], numbers text[]) RETURNS TABLE (scheme text, value text, organization_id uuid)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
    DECLARE own uuid[] := tenant();
    BEGIN RETURN QUERY
      WITH looked_up AS MATERIALIZED (
        SELECT w.scheme, w.value, i.organization_id AS holder_id, o.is_listed, EXISTS (
            SELECT 1 FROM acquaintances a WHERE a.viewer_id = ANY (own) AND a.known_id = coalesce(i.organization_id, own[1])) AS is_known
        FROM unnest(schemes, numbers) AS w (scheme, value)
        LEFT JOIN LATERAL (SELECT x.organization_id FROM organization_identifiers x WHERE x.scheme = w.scheme AND x.value = w.value OFFSET 0) i ON true
        LEFT JOIN LATERAL (SELECT x.is_listed FROM organizations x WHERE x.id = coalesce(i.organization_id, own[1]) OFFSET 0) o ON true)
      SELECT l.scheme, l.value, l.holder_id FROM looked_up l
      WHERE l.holder_id IS NOT NULL AND l.holder_id <> ALL (own) AND l.is_listed
      UNION SELECT l.scheme, l.value, l.holder_id FROM looked_up l
      WHERE l.holder_id IS NOT NULL AND l.holder_id <> ALL (own) AND l.is_known;
    END $$;
  ${ownedBy('keeper', 'visible_holders(text[], text[])', 'goodfaith_funder', 'goodfaith_grantee')}
`;

function withoutForcedSecurity(sql: string): string {
  const tables = ['organizations', 'organization_identifiers', 'identifier_claims', 'events'];
  const each = (force: string): string =>
    tables.map((table) => `ALTER TABLE ${table} ${force} ROW LEVEL SECURITY;`).join('\n');
  return `${each('NO FORCE')}\n${sql}\n${each('FORCE')}`;
}

/**
 * What was merged belongs to the record that stays. Nobody can tell any more which numbers of an organization that has
 * edited its own record are the steward's: all of these become claims, and the steward confirms them.
 */
const OLD_ROWS = withoutForcedSecurity(`
  UPDATE organization_identifiers i SET organization_id = o.merged_into FROM organizations o
    WHERE o.id = i.organization_id AND o.merged_into IS NOT NULL;
  WITH doubtful AS (DELETE FROM organization_identifiers i WHERE EXISTS (SELECT 1 FROM events e
      WHERE e.type = 'ORGANIZATION_UPDATED' AND e.subject_id = i.organization_id AND e.actor_role IN ('FUNDER', 'GRANTEE')) RETURNING i.*)
    INSERT INTO identifier_claims (id, organization_id, scheme, value, claimed_at)
      SELECT gen_random_uuid(), d.organization_id, d.scheme, d.value, o.created_at
      FROM doubtful d JOIN organizations o ON o.id = d.organization_id;
`);

/**
 * The number by which an import found or made the party; null when a name did. The foreign keys let history be attached by
 * a CONFIRMED number only, and keep that number confirmed as long as the history is there.
 */
const HISTORY = `
  ALTER TABLE imported_grants
    ADD COLUMN funder_scheme text, ADD COLUMN funder_value text, ADD COLUMN grantee_scheme text, ADD COLUMN grantee_value text,
    ADD CONSTRAINT imported_grants_funder_whole CHECK (num_nulls(funder_scheme, funder_value) <> 1),
    ADD CONSTRAINT imported_grants_grantee_whole CHECK (num_nulls(grantee_scheme, grantee_value) <> 1),
    ADD CONSTRAINT imported_grants_funder_identifier
      FOREIGN KEY (funder_scheme, funder_value) REFERENCES organization_identifiers (scheme, value),
    ADD CONSTRAINT imported_grants_grantee_identifier
      FOREIGN KEY (grantee_scheme, grantee_value) REFERENCES organization_identifiers (scheme, value);
`;

/**
 * `group_digest` is of the name, place, country and contact with which a funder invited a group: the same funder has one
 * group for each. Invitations from before have none. A link that was not claimed may be replaced.
 */
const INVITATIONS = `
  ALTER TABLE invitations
    ADD COLUMN group_digest bytea CONSTRAINT invitations_group_digest CHECK (length(group_digest) = 32),
    ADD CONSTRAINT invitations_one_for_each_group UNIQUE (funder_id, group_digest);
  ${allow('funder', 'UPDATE', 'invitations', `funder_id = ANY (${TENANT}) AND claimed_at IS NULL`, 'token_digest, expires_at')}
`;
