import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ownedBy } from './row-security.js';

/**
 * A claim whose answer was lost is repeated for a day, by whoever knows the token and the idempotency key of the claim: the key
 * gets a new secret, as long as nobody has used the key. Its first use is noted together with the secret that was used, so
 * that a use and a repeat cannot both have their way.
 */
export class RepeatedClaims1790000000043 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE invitations
        ADD COLUMN claim_repeat_digest bytea CONSTRAINT invitations_claim_repeat_digest CHECK (length(claim_repeat_digest) = 32),
        ADD COLUMN claim_repeatable_until timestamptz(3),
        ADD CONSTRAINT invitations_claim_repeat_whole CHECK (num_nulls(claim_repeat_digest, claim_repeatable_until) <> 1),
        ADD CONSTRAINT invitations_claim_repeat_claimed CHECK (claim_repeat_digest IS NULL OR claimed_at IS NOT NULL);
    `);
    await runner.query(SECRETS);
    await runner.query(`
      DROP FUNCTION note_key_use(uuid, date);
      CREATE FUNCTION note_key_use(used uuid, day date, digest bytea) RETURNS boolean
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
        BEGIN
          UPDATE api_keys k SET last_used_on = day
            WHERE k.id = used AND k.secret_digest = digest AND (k.last_used_on IS NULL OR k.last_used_on < day);
          RETURN FOUND OR EXISTS (SELECT FROM api_keys k WHERE k.id = used AND k.secret_digest = digest);
        END $$;
      ${ownedBy('keeper', 'note_key_use(uuid, date, bytea)', 'goodfaith_app')}
      DROP FUNCTION ${OLD_SIGNATURE};
      ${CLAIM}
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION ${SIGNATURE};
      ${OLD_CLAIM}
      DROP FUNCTION note_key_use(uuid, date, bytea);
      CREATE FUNCTION note_key_use(used uuid, day date) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
        UPDATE api_keys SET last_used_on = day WHERE id = used AND (last_used_on IS NULL OR last_used_on < day) $$;
      ${ownedBy('keeper', 'note_key_use(uuid, date)', 'goodfaith_app')}
      DROP TRIGGER used_secret ON api_keys;
      DROP FUNCTION keep_used_secret();
      ALTER TABLE invitations DROP COLUMN claim_repeat_digest, DROP COLUMN claim_repeatable_until;
    `);
  }
}

const SECRETS = `
  CREATE FUNCTION keep_used_secret() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'a key that was used keeps its secret, and was used for good'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'api_keys_used_secret'; END $$;
  CREATE TRIGGER used_secret BEFORE UPDATE OF secret_digest, last_used_on ON api_keys FOR EACH ROW
    WHEN (OLD.last_used_on IS NOT NULL AND (NEW.last_used_on IS NULL OR NEW.secret_digest <> OLD.secret_digest))
    EXECUTE FUNCTION keep_used_secret();
`;

const OLD_SIGNATURE = 'claim_invitation(bytea, uuid, uuid, uuid, uuid, bytea, text, timestamptz)';
const SIGNATURE = 'claim_invitation(bytea, uuid, uuid, uuid, uuid, bytea, text, timestamptz, bytea, boolean)';

/** The day of repeats is one of the database's clock, which is one for all nodes. */
const REMEMBERED = `claim_repeat_digest = CASE WHEN NOT own_secret THEN repeat_digest END,
        claim_repeatable_until = CASE WHEN NOT own_secret AND repeat_digest IS NOT NULL THEN clock_timestamp() + interval '24 hours' END`;

const REPEATED_WITH_OWN_SECRET = `
        RETURN QUERY SELECT 'REPEATED', k.organization_id, k.id FROM api_keys k WHERE k.id = invitation.key_id AND k.secret_digest = secret;`;

const REPEATED = `${REPEATED_WITH_OWN_SECRET}
        IF FOUND THEN RETURN; END IF;
        IF invitation.claim_repeat_digest = repeat_digest AND clock_timestamp() < invitation.claim_repeatable_until THEN
          IF own_secret THEN RETURN QUERY SELECT 'IDEMPOTENCY_MISMATCH', NULL::uuid, NULL::uuid; RETURN; END IF;
          UPDATE api_keys k SET secret_digest = secret
            WHERE k.id = invitation.key_id AND k.last_used_on IS NULL AND k.rotated_at IS NULL AND k.revoked_at IS NULL;
          IF FOUND THEN
            INSERT INTO events (id, type, at, actor_role, actor_organization_id, subject_type, subject_id, organization_id, for_steward)
              VALUES (event_id, 'API_KEY_ISSUED_AGAIN', at, 'PUBLIC', invitation.grantee_id, 'API_KEY', invitation.key_id,
                invitation.grantee_id, true);
            RETURN QUERY SELECT 'ISSUED_AGAIN', invitation.grantee_id, invitation.key_id; RETURN;
          END IF;
        END IF;
        RETURN QUERY SELECT 'INVITATION_ALREADY_CLAIMED', NULL::uuid, NULL::uuid;`;

const CLAIM = claimFunction({
  signature: SIGNATURE,
  parameters: ', repeat_digest bytea, own_secret boolean',
  repeated: REPEATED,
  remembered: `, ${REMEMBERED}`,
});
const OLD_CLAIM = claimFunction({
  signature: OLD_SIGNATURE,
  parameters: '',
  repeated: `${REPEATED_WITH_OWN_SECRET}
        IF NOT FOUND THEN RETURN QUERY SELECT 'INVITATION_ALREADY_CLAIMED', NULL::uuid, NULL::uuid; END IF;`,
  remembered: '',
});

function claimFunction(form: { signature: string; parameters: string; repeated: string; remembered: string }): string {
  return `
  CREATE FUNCTION claim_invitation(digest bytea, new_key uuid, lineage uuid, event_id uuid, second_event_id uuid, secret bytea, key_label text, at timestamptz${form.parameters})
    RETURNS TABLE (outcome text, organization_id uuid, key_id uuid)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
    DECLARE invitation invitations;
    BEGIN
      SELECT i.* INTO invitation FROM invitations i WHERE i.token_digest = digest FOR NO KEY UPDATE;
      IF invitation.id IS NULL OR EXISTS (SELECT 1 FROM organizations o WHERE o.id = invitation.grantee_id AND o.merged_into IS NOT NULL)
      THEN RETURN QUERY SELECT 'NOT_FOUND', NULL::uuid, NULL::uuid; RETURN; END IF;
      IF invitation.claimed_at IS NOT NULL THEN${form.repeated}
        RETURN;
      END IF;
      IF invitation.expires_at <= at THEN RETURN QUERY SELECT 'INVITATION_EXPIRED', NULL::uuid, NULL::uuid; RETURN; END IF;
      INSERT INTO api_keys (id, secret_digest, role, organization_id, lineage_id, label, created_at)
        VALUES (new_key, secret, 'GRANTEE', invitation.grantee_id, lineage, key_label, at);
      UPDATE invitations SET claimed_at = at, key_id = new_key${form.remembered} WHERE id = invitation.id;
      INSERT INTO events (id, type, at, actor_role, actor_organization_id, subject_type, subject_id, funder_id, grantee_id, for_steward)
        VALUES (event_id, 'INVITATION_CLAIMED', at, 'PUBLIC', invitation.grantee_id, 'GRANTEE', invitation.grantee_id,
          invitation.funder_id, invitation.grantee_id, true);
      INSERT INTO events (id, type, at, actor_role, actor_organization_id, subject_type, subject_id, organization_id, for_steward)
        VALUES (second_event_id, 'API_KEY_ISSUED', at, 'PUBLIC', invitation.grantee_id, 'API_KEY', new_key, invitation.grantee_id, true);
      RETURN QUERY SELECT 'CLAIMED', invitation.grantee_id, new_key;
    END $$;
  ${ownedBy('keeper', form.signature, 'goodfaith_public')}
`;
}
