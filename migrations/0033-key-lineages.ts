import type { MigrationInterface, QueryRunner } from 'typeorm';
import { TENANT, allow, ownedBy } from './row-security.js';

/** Keys that somebody else was shown can only be rotated; a rotated key has one heir and a last day. */
export class KeyLineages1790000000033 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(KEYS);
    await runner.query(KEY_RULES);
    await runner.query(FIND_KEY);
    await runner.query(HIDDEN_TIERS);
    await runner.query(CLAIM_LINKS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION claim_invitation(bytea, uuid, uuid, uuid, uuid, bytea, text, timestamptz);
      DROP POLICY steward_insert ON invitations;
      REVOKE INSERT ON invitations FROM goodfaith_steward;
      DELETE FROM invitations WHERE funder_id IS NULL;
      ALTER TABLE invitations ALTER COLUMN funder_id SET NOT NULL, DROP COLUMN key_id;
      ${OLD_CLAIM}

      DROP POLICY grantee_shared ON obstacles.entries;
      CREATE OR REPLACE FUNCTION obstacles.readers() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE AS
        $$ SELECT array_remove(public.tenant() || public.lineage(), NULL) $$;

      DROP FUNCTION find_key(uuid);
      ${OLD_FIND_KEY}

      DROP POLICY analyst_select ON idempotency_outcomes;
      DROP POLICY analyst_insert ON idempotency_outcomes;
      REVOKE SELECT, INSERT ON idempotency_outcomes FROM goodfaith_analyst;
      DROP POLICY analyst_heir ON api_keys;
      DROP POLICY steward_insert ON api_keys;
      CREATE POLICY steward_insert ON api_keys FOR INSERT TO goodfaith_steward WITH CHECK (true);
      REVOKE SELECT (issued_by_other) ON api_keys FROM goodfaith_sealer;
      DROP TRIGGER heir ON api_keys;
      DROP TRIGGER origin ON api_keys;
      DROP FUNCTION check_heir(), keep_origin_of_key();
      ALTER TABLE api_keys DROP COLUMN issued_by_other, DROP COLUMN rotated_from, DROP COLUMN rotated_at;
    `);
  }
}

/**
 * Keys from before: the first of a lineage came from the steward, unless a claim announced it. Only such a key that still
 * works was shown to somebody else.
 */
const KEYS = `
  ALTER TABLE api_keys
    ADD COLUMN issued_by_other boolean NOT NULL DEFAULT false,
    ADD COLUMN rotated_from uuid CONSTRAINT api_keys_rotated_from REFERENCES api_keys,
    ADD COLUMN rotated_at timestamptz(3),
    ADD CONSTRAINT api_keys_one_heir UNIQUE (rotated_from),
    ADD CONSTRAINT api_keys_heir_is_seen_by_nobody CHECK (rotated_from IS NULL OR NOT issued_by_other);
  ALTER TABLE api_keys NO FORCE ROW LEVEL SECURITY;
  ALTER TABLE events NO FORCE ROW LEVEL SECURITY;
  UPDATE api_keys k SET issued_by_other = true
    WHERE k.organization_id IS NOT NULL AND k.revoked_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM api_keys b WHERE b.lineage_id = k.lineage_id AND (b.created_at, b.id) < (k.created_at, k.id))
      AND NOT EXISTS (SELECT 1 FROM events e WHERE e.type = 'API_KEY_ISSUED' AND e.actor_role = 'PUBLIC' AND e.subject_id = k.id);
  ALTER TABLE api_keys FORCE ROW LEVEL SECURITY;
  ALTER TABLE events FORCE ROW LEVEL SECURITY;
`;

/** Policies hold no OR: `a <= b` of two booleans is "if a, then b". */
const KEY_RULES = `
  CREATE FUNCTION check_heir() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE old api_keys;
    BEGIN
      SELECT k.* INTO old FROM api_keys k WHERE k.id = NEW.rotated_from;
      IF old.id IS NULL OR old.rotated_at IS NOT NULL OR old.revoked_at IS NOT NULL OR old.role <> NEW.role
        OR old.organization_id IS DISTINCT FROM NEW.organization_id
        OR (old.lineage_id <> NEW.lineage_id) <> (old.role = 'GRANTEE' AND old.issued_by_other)
      THEN RAISE EXCEPTION 'a key that was not shown to others has its heir in its own lineage, and any other in a new one'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'api_keys_heir'; END IF;
      RETURN NULL;
    END $$;
  CREATE TRIGGER heir AFTER INSERT ON api_keys FOR EACH ROW WHEN (NEW.rotated_from IS NOT NULL) EXECUTE FUNCTION check_heir();

  CREATE FUNCTION keep_origin_of_key() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'where a key comes from never changes' USING ERRCODE = 'check_violation', CONSTRAINT = 'api_keys_origin'; END $$;
  CREATE TRIGGER origin BEFORE UPDATE OF issued_by_other, rotated_from, lineage_id ON api_keys FOR EACH ROW
    WHEN ((OLD.issued_by_other, OLD.lineage_id) <> (NEW.issued_by_other, NEW.lineage_id) OR OLD.rotated_from IS DISTINCT FROM NEW.rotated_from)
    EXECUTE FUNCTION keep_origin_of_key();

  DROP POLICY steward_insert ON api_keys;
  CREATE POLICY steward_insert ON api_keys FOR INSERT TO goodfaith_steward WITH CHECK ((role = 'GRANTEE') <= issued_by_other);
  CREATE POLICY analyst_heir ON api_keys FOR SELECT TO goodfaith_analyst USING (rotated_from = (SELECT current_key()));
  ${allow('analyst', 'SELECT', 'idempotency_outcomes', 'key_id = (SELECT current_key())')}
  ${allow('analyst', 'INSERT', 'idempotency_outcomes', 'key_id = (SELECT current_key())')}
  GRANT SELECT (issued_by_other) ON api_keys TO goodfaith_sealer;
`;

const FIND_KEY = `
  DROP FUNCTION find_key(uuid);
  CREATE FUNCTION find_key(wanted uuid) RETURNS TABLE (secret_digest bytea, role text, organization_id uuid, organization_ids uuid[],
      lineage_id uuid, expires_at timestamptz, revoked_at timestamptz, last_used_on date, issued_by_other boolean, rotated_at timestamptz)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
    -- plpgsql keeps the plan of its query; a function in plain SQL would be planned at each call, and this is every call.
    BEGIN RETURN QUERY SELECT k.secret_digest, k.role, k.organization_id,
      CASE WHEN k.organization_id IS NULL THEN '{}' ELSE
        k.organization_id || ARRAY(SELECT o.id FROM organizations o WHERE o.merged_into = k.organization_id) END,
      k.lineage_id, k.expires_at::timestamptz, k.revoked_at::timestamptz, k.last_used_on, k.issued_by_other, k.rotated_at::timestamptz
    FROM api_keys k WHERE k.id = wanted; END $$;
  ${ownedBy('keeper', 'find_key(uuid)', 'goodfaith_app')}
`;

/**
 * A key in its last day, and one that must be rotated, has no lineage in its session: it reads no log of its organization,
 * only what is shared with others anyway.
 */
const HIDDEN_TIERS = `
  CREATE OR REPLACE FUNCTION obstacles.readers() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE AS
    $$ SELECT CASE WHEN public.lineage() IS NULL THEN '{}' ELSE public.tenant() || public.lineage() END $$;
  CREATE POLICY grantee_shared ON obstacles.entries FOR SELECT TO goodfaith_grantee
    USING (organization_id = ANY (${TENANT}) AND tier = 'SHARED');
`;

/**
 * The steward hands out claim links too: then no funder invited. A claim sent again with the digest of the same secret
 * answers the key that it made.
 */
const CLAIM_LINKS = `
  ALTER TABLE invitations ALTER COLUMN funder_id DROP NOT NULL,
    ADD COLUMN key_id uuid CONSTRAINT invitations_key REFERENCES api_keys;
  ${allow('steward', 'INSERT', 'invitations', 'funder_id IS NULL')}
  DROP FUNCTION claim_invitation(bytea, uuid, uuid, uuid, uuid, bytea, text, timestamptz);
  CREATE FUNCTION claim_invitation(digest bytea, new_key uuid, lineage uuid, event_id uuid, second_event_id uuid, secret bytea, key_label text, at timestamptz)
    RETURNS TABLE (outcome text, organization_id uuid, key_id uuid)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
    DECLARE invitation invitations;
    BEGIN
      SELECT i.* INTO invitation FROM invitations i WHERE i.token_digest = digest FOR NO KEY UPDATE;
      IF invitation.id IS NULL OR EXISTS (SELECT 1 FROM organizations o WHERE o.id = invitation.grantee_id AND o.merged_into IS NOT NULL)
      THEN RETURN QUERY SELECT 'NOT_FOUND', NULL::uuid, NULL::uuid; RETURN; END IF;
      IF invitation.claimed_at IS NOT NULL THEN
        RETURN QUERY SELECT 'REPEATED', k.organization_id, k.id FROM api_keys k WHERE k.id = invitation.key_id AND k.secret_digest = secret;
        IF NOT FOUND THEN RETURN QUERY SELECT 'INVITATION_ALREADY_CLAIMED', NULL::uuid, NULL::uuid; END IF;
        RETURN;
      END IF;
      IF invitation.expires_at <= at THEN RETURN QUERY SELECT 'INVITATION_EXPIRED', NULL::uuid, NULL::uuid; RETURN; END IF;
      INSERT INTO api_keys (id, secret_digest, role, organization_id, lineage_id, label, created_at)
        VALUES (new_key, secret, 'GRANTEE', invitation.grantee_id, lineage, key_label, at);
      UPDATE invitations SET claimed_at = at, key_id = new_key WHERE id = invitation.id;
      INSERT INTO events (id, type, at, actor_role, actor_organization_id, subject_type, subject_id, funder_id, grantee_id, for_steward)
        VALUES (event_id, 'INVITATION_CLAIMED', at, 'PUBLIC', invitation.grantee_id, 'GRANTEE', invitation.grantee_id,
          invitation.funder_id, invitation.grantee_id, true);
      INSERT INTO events (id, type, at, actor_role, actor_organization_id, subject_type, subject_id, organization_id, for_steward)
        VALUES (second_event_id, 'API_KEY_ISSUED', at, 'PUBLIC', invitation.grantee_id, 'API_KEY', new_key, invitation.grantee_id, true);
      RETURN QUERY SELECT 'CLAIMED', invitation.grantee_id, new_key;
    END $$;
  ${ownedBy('keeper', 'claim_invitation(bytea, uuid, uuid, uuid, uuid, bytea, text, timestamptz)', 'goodfaith_public')}
`;

const OLD_FIND_KEY = `
  CREATE FUNCTION find_key(wanted uuid) RETURNS TABLE (secret_digest bytea, role text, organization_id uuid, organization_ids uuid[],
      lineage_id uuid, expires_at timestamptz, revoked_at timestamptz, last_used_on date)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
    BEGIN RETURN QUERY SELECT k.secret_digest, k.role, k.organization_id,
      CASE WHEN k.organization_id IS NULL THEN '{}' ELSE
        k.organization_id || ARRAY(SELECT o.id FROM organizations o WHERE o.merged_into = k.organization_id) END,
      k.lineage_id, k.expires_at::timestamptz, k.revoked_at::timestamptz, k.last_used_on
    FROM api_keys k WHERE k.id = wanted; END $$;
  ${ownedBy('keeper', 'find_key(uuid)', 'goodfaith_app')}
`;

const OLD_CLAIM = `
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
