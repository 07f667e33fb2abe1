import type { MigrationInterface, QueryRunner } from 'typeorm';
import { TENANT, allow, ownedBy, secure } from './row-security.js';

/** Organizations with their two faces, invitations, and the keys that act for them. */
export class Directory1790000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ORGANIZATIONS);
    await runner.query(FACES);
    await runner.query(KEYS);
    await runner.query(ACCESS);
    await runner.query(INVITATION_CLAIM);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION claim_invitation(bytea, uuid, uuid, uuid, uuid, bytea, text, timestamptz);
      DROP FUNCTION find_key(uuid);
      DROP FUNCTION note_key_use(uuid, date);
      DROP TABLE invitations, api_keys, network, grantees, funders, acquaintances, organization_identifiers,
        organization_contacts, organizations;
    `);
  }
}

const ORGANIZATIONS = `
  CREATE TABLE organizations (
    id uuid PRIMARY KEY,
    name text NOT NULL CONSTRAINT organizations_name CHECK (length(name) BETWEEN 1 AND 1000),
    other_names text[] NOT NULL DEFAULT '{}',
    country text CONSTRAINT organizations_country CHECK (country ~ '^[A-Z]{2}$'),
    website text,
    locale text NOT NULL DEFAULT 'en',
    time_zone text NOT NULL DEFAULT 'UTC',
    is_listed boolean NOT NULL,
    merged_into uuid CONSTRAINT organizations_merged_into REFERENCES organizations,
    registered_by uuid,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz(3) NOT NULL,
    updated_at timestamptz(3) NOT NULL
  );
  CREATE INDEX organizations_by_merge ON organizations (merged_into);
  CREATE INDEX organizations_listed ON organizations (name, id) WHERE is_listed;
  CREATE TABLE organization_contacts (
    organization_id uuid PRIMARY KEY CONSTRAINT organization_contacts_organization REFERENCES organizations,
    person text, email text, phone text
  );
  CREATE TABLE organization_identifiers (
    scheme text NOT NULL, value text NOT NULL,
    organization_id uuid NOT NULL CONSTRAINT organization_identifiers_organization REFERENCES organizations,
    PRIMARY KEY (scheme, value)
  );
  CREATE INDEX organization_identifiers_by_organization ON organization_identifiers (organization_id);
  CREATE TABLE acquaintances (
    viewer_id uuid NOT NULL CONSTRAINT acquaintances_viewer REFERENCES organizations,
    known_id uuid NOT NULL CONSTRAINT acquaintances_known REFERENCES organizations,
    PRIMARY KEY (viewer_id, known_id)
  );
`;

const FACES = `
  CREATE TABLE funders (
    organization_id uuid PRIMARY KEY CONSTRAINT funders_organization REFERENCES organizations,
    mission text,
    response_days integer NOT NULL DEFAULT 30 CONSTRAINT funders_response_days CHECK (response_days BETWEEN 1 AND 365),
    notice_days integer NOT NULL DEFAULT 365 CONSTRAINT funders_notice_days CHECK (notice_days BETWEEN 0 AND 1095),
    report_prompts jsonb NOT NULL DEFAULT '[]' CONSTRAINT funders_report_prompts CHECK (jsonb_array_length(report_prompts) <= 3),
    version integer NOT NULL DEFAULT 1,
    name text NOT NULL,
    is_listed boolean NOT NULL,
    updated_at timestamptz(3) NOT NULL
  );
  CREATE INDEX funders_listed ON funders (name, organization_id) WHERE is_listed;
  CREATE TABLE grantees (
    organization_id uuid PRIMARY KEY CONSTRAINT grantees_organization REFERENCES organizations,
    legal_form text NOT NULL CONSTRAINT grantees_legal_form CHECK (legal_form IN ('REGISTERED', 'INFORMAL_GROUP', 'FISCALLY_SPONSORED')),
    fiscal_sponsor_id uuid CONSTRAINT grantees_fiscal_sponsor REFERENCES grantees,
    place text,
    name text NOT NULL,
    is_listed boolean NOT NULL,
    updated_at timestamptz(3) NOT NULL,
    CONSTRAINT grantees_sponsor_iff_sponsored CHECK ((legal_form = 'FISCALLY_SPONSORED') = (fiscal_sponsor_id IS NOT NULL)),
    CONSTRAINT grantees_not_own_sponsor CHECK (fiscal_sponsor_id <> organization_id)
  );
  CREATE INDEX grantees_listed ON grantees (name, organization_id) WHERE is_listed;
  CREATE TABLE network (
    is_only boolean PRIMARY KEY DEFAULT true CONSTRAINT network_is_only CHECK (is_only),
    steward_organization_id uuid CONSTRAINT network_steward_organization REFERENCES organizations
  );
  INSERT INTO network DEFAULT VALUES;
`;

const KEYS = `
  CREATE TABLE api_keys (
    id uuid PRIMARY KEY,
    secret_digest bytea NOT NULL CONSTRAINT api_keys_secret_digest CHECK (length(secret_digest) = 32),
    role text NOT NULL CONSTRAINT api_keys_role CHECK (role IN ('FUNDER', 'GRANTEE', 'ANALYST', 'STEWARD')),
    organization_id uuid CONSTRAINT api_keys_organization REFERENCES organizations,
    lineage_id uuid NOT NULL,
    label text NOT NULL,
    expires_at timestamptz(3),
    revoked_at timestamptz(3),
    last_used_on date,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz(3) NOT NULL,
    CONSTRAINT api_keys_organization_needed CHECK (role NOT IN ('FUNDER', 'GRANTEE') OR organization_id IS NOT NULL)
  );
  CREATE INDEX api_keys_by_organization ON api_keys (organization_id, created_at, id);
  CREATE INDEX api_keys_by_creation ON api_keys (created_at, id);

  CREATE TABLE invitations (
    id uuid PRIMARY KEY,
    token_digest bytea NOT NULL CONSTRAINT invitations_token_digest UNIQUE,
    funder_id uuid NOT NULL CONSTRAINT invitations_funder REFERENCES funders,
    grantee_id uuid NOT NULL CONSTRAINT invitations_grantee REFERENCES grantees,
    created_at timestamptz(3) NOT NULL,
    expires_at timestamptz(3) NOT NULL,
    claimed_at timestamptz(3)
  );
  CREATE INDEX invitations_by_funder ON invitations (funder_id, created_at, id);
`;

const COUNTERPART = (id: string): string =>
  `${id} IN (SELECT a.known_id FROM acquaintances a WHERE a.viewer_id = ANY (${TENANT}))`;
const everyone = ['funder', 'grantee', 'steward', 'analyst', 'public'] as const;
const parties = ['funder', 'grantee'] as const;

/**
 * The directory is public where an organization is listed; an unlisted one (an informal group that did not ask to be
 * listed) is seen by itself, by its counterparties and by the steward. One policy per way of being seen.
 */
const seen = (table: string, id: string): string =>
  [
    ...(['analyst', 'public'] as const).map((role) => allow(role, 'SELECT', table, 'is_listed')),
    allow('steward', 'SELECT', table, 'true'),
    ...parties.map(
      (role) => `${allow(role, 'SELECT', table, 'is_listed')}
      CREATE POLICY ${role}_own ON ${table} FOR SELECT TO goodfaith_${role} USING (${id} = ANY (${TENANT}));
      CREATE POLICY ${role}_counterpart ON ${table} FOR SELECT TO goodfaith_${role} USING (${COUNTERPART(id)});`,
    ),
  ].join('\n');

const ACCESS = `
  ${['organizations', 'organization_contacts', 'organization_identifiers', 'acquaintances', 'funders', 'grantees', 'network', 'api_keys', 'invitations'].map(secure).join('\n')}
  ${seen('organizations', 'id')}
  ${seen('funders', 'organization_id')}
  ${seen('grantees', 'organization_id')}
  ${everyone.map((role) => allow(role, 'SELECT', 'network', 'true')).join('\n')}
  ${everyone.map((role) => allow(role, 'SELECT', 'organization_identifiers', role === 'steward' ? 'true' : 'organization_id IN (SELECT o.id FROM organizations o)')).join('\n')}
  ${parties
    .map(
      (role) => `
    ${allow(role, 'UPDATE', 'organizations', `id = ANY (${TENANT})`)}
    ${allow(role, 'SELECT', 'acquaintances', `viewer_id = ANY (${TENANT})`)}
    ${allow(role, 'SELECT', 'organization_contacts', `organization_id = ANY (${TENANT})`)}
    CREATE POLICY ${role}_counterpart ON organization_contacts FOR SELECT TO goodfaith_${role} USING (${COUNTERPART('organization_id')});
    ${allow(role, 'INSERT', 'organization_contacts', role === 'funder' ? `organization_id IN (SELECT o.id FROM organizations o WHERE o.registered_by = ANY (${TENANT}))` : `organization_id = ANY (${TENANT})`)}
    ${allow(role, 'UPDATE', 'organization_contacts', `organization_id = ANY (${TENANT})`)}
    ${allow(role, 'INSERT', 'organization_identifiers', `organization_id = ANY (${TENANT})`)}
    ${allow(role, 'DELETE', 'organization_identifiers', `organization_id = ANY (${TENANT})`)}
    ${allow(role, 'SELECT', 'api_keys', `organization_id = ANY (${TENANT})`)}
    ${allow(role, 'INSERT', 'api_keys', `organization_id = ANY (${TENANT}) AND lineage_id = (SELECT lineage())`)}
    ${allow(role, 'UPDATE', 'api_keys', `organization_id = ANY (${TENANT})`)}
    ${(['funders', 'grantees'] as const)
      .map((face) => {
        // The other face of one's own organization has only its name and listing changed along.
        const columns = face === `${role}s` ? undefined : 'name, is_listed, updated_at';
        return allow(role, 'UPDATE', face, `organization_id = ANY (${TENANT})`, columns);
      })
      .join('\n')}`,
    )
    .join('\n')}
  CREATE POLICY funder_own_contact ON organization_contacts FOR INSERT TO goodfaith_funder WITH CHECK (organization_id = ANY (${TENANT}));
  ${allow('funder', 'INSERT', 'organizations', `registered_by = ANY (${TENANT}) AND NOT is_listed`)}
  ${allow('funder', 'INSERT', 'grantees', `organization_id IN (SELECT o.id FROM organizations o WHERE o.registered_by = ANY (${TENANT}))`)}
  ${allow('funder', 'INSERT', 'acquaintances', `ARRAY[viewer_id, known_id] && ${TENANT}`)}
  ${allow('funder', 'SELECT', 'invitations', `funder_id = ANY (${TENANT})`)}
  ${allow('funder', 'INSERT', 'invitations', `funder_id = ANY (${TENANT})`)}
  ${(
    [
      'organizations',
      'organization_contacts',
      'organization_identifiers',
      'acquaintances',
      'funders',
      'grantees',
    ] as const
  )
    .map((table) => allow('steward', 'INSERT', table, 'true'))
    .join('\n')}
  ${(['organizations', 'organization_contacts', 'funders', 'grantees', 'network', 'api_keys'] as const)
    .map((table) => allow('steward', 'UPDATE', table, 'true'))
    .join('\n')}
  ${allow('steward', 'SELECT', 'organization_contacts', 'true')}
  ${allow('steward', 'SELECT', 'acquaintances', 'true')}
  ${allow('steward', 'DELETE', 'organization_identifiers', 'true')}
  ${allow('steward', 'SELECT', 'api_keys', 'true')}
  ${allow('steward', 'INSERT', 'api_keys', 'true')}
  ${allow('analyst', 'SELECT', 'api_keys', 'id = (SELECT current_key())')}
  ${
    // For whom there is nothing to see here, it is nothing, and not a fault.
    (
      [
        ['analyst', 'organization_contacts'],
        ['public', 'organization_contacts'],
        ['public', 'api_keys'],
      ] as const
    )
      .map(([role, table]) => allow(role, 'SELECT', table, 'false'))
      .join('\n')
  }
  ${allow('analyst', 'INSERT', 'api_keys', 'lineage_id = (SELECT lineage())')}
  ${allow('analyst', 'UPDATE', 'api_keys', 'id = (SELECT current_key())')}
  ${allow('keeper', 'SELECT', 'api_keys', 'true')}
  ${allow('keeper', 'UPDATE', 'api_keys', 'true')}
  ${allow('keeper', 'INSERT', 'api_keys', 'true')}
  ${allow('keeper', 'SELECT', 'organizations', 'true')}
  ${allow('keeper', 'SELECT', 'invitations', 'true')}
  ${allow('keeper', 'UPDATE', 'invitations', 'true')}

  CREATE FUNCTION find_key(wanted uuid) RETURNS TABLE (secret_digest bytea, role text, organization_id uuid, organization_ids uuid[],
      lineage_id uuid, expires_at timestamptz, revoked_at timestamptz, last_used_on date)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
    -- plpgsql keeps the plan of its query; a function in plain SQL would be planned at each call, and this is every call.
    BEGIN RETURN QUERY SELECT k.secret_digest, k.role, k.organization_id,
      CASE WHEN k.organization_id IS NULL THEN '{}' ELSE
        k.organization_id || ARRAY(SELECT o.id FROM organizations o WHERE o.merged_into = k.organization_id) END,
      k.lineage_id, k.expires_at::timestamptz, k.revoked_at::timestamptz, k.last_used_on
    FROM api_keys k WHERE k.id = wanted; END $$;
  CREATE FUNCTION note_key_use(used uuid, day date) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
    UPDATE api_keys SET last_used_on = day WHERE id = used AND (last_used_on IS NULL OR last_used_on < day) $$;
  ${ownedBy('keeper', 'find_key(uuid)', 'goodfaith_app')}
  ${ownedBy('keeper', 'note_key_use(uuid, date)', 'goodfaith_app')}
`.replace(/\n\s*\n/g, '\n');

/** A claim link is used by somebody who has no key yet: the one write of the public, in one function with just its rights. */
const INVITATION_CLAIM = `
  CREATE FUNCTION claim_invitation(digest bytea, key_id uuid, lineage uuid, event_id uuid, second_event_id uuid, secret bytea, key_label text, at timestamptz)
    RETURNS TABLE (outcome text, organization_id uuid)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
    DECLARE invitation invitations;
    BEGIN
      SELECT i.* INTO invitation FROM invitations i WHERE i.token_digest = digest FOR NO KEY UPDATE;
      IF invitation.id IS NULL THEN RETURN QUERY SELECT 'NOT_FOUND', NULL::uuid; RETURN; END IF;
      IF invitation.claimed_at IS NOT NULL THEN RETURN QUERY SELECT 'INVITATION_ALREADY_CLAIMED', NULL::uuid; RETURN; END IF;
      IF invitation.expires_at <= at THEN RETURN QUERY SELECT 'INVITATION_EXPIRED', NULL::uuid; RETURN; END IF;
      UPDATE invitations SET claimed_at = at WHERE id = invitation.id;
      INSERT INTO api_keys (id, secret_digest, role, organization_id, lineage_id, label, created_at)
        VALUES (key_id, secret, 'GRANTEE', invitation.grantee_id, lineage, key_label, at);
      INSERT INTO events (id, type, at, actor_role, actor_organization_id, subject_type, subject_id, funder_id, grantee_id, for_steward)
        VALUES (event_id, 'INVITATION_CLAIMED', at, 'PUBLIC', invitation.grantee_id, 'GRANTEE', invitation.grantee_id,
          invitation.funder_id, invitation.grantee_id, true);
      INSERT INTO events (id, type, at, actor_role, actor_organization_id, subject_type, subject_id, organization_id, for_steward)
        VALUES (second_event_id, 'API_KEY_ISSUED', at, 'PUBLIC', invitation.grantee_id, 'API_KEY', key_id, invitation.grantee_id, true);
      RETURN QUERY SELECT 'CLAIMED', invitation.grantee_id;
    END $$;
  ${ownedBy('keeper', 'claim_invitation(bytea, uuid, uuid, uuid, uuid, bytea, text, timestamptz)', 'goodfaith_public')}
`;
