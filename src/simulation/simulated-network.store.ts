import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';
import type { SimulatedNetwork } from './simulated-network.js';

const TERMS_TEXT = 'Terms of a simulated agreement.';
/** A number no secret hashes to that anybody knows: these keys open nothing. */
const NO_SECRET = createHash('sha256').update('no secret').digest();
const YEARS = 10;

/**
 * Writes the network as registration and acceptance would have left it, in one transaction under all constraints, as
 * the owner of the tables: thousands of agreements through every call would take longer than all that follows.
 */
export async function writeNetwork(
  owner: ClientBase,
  { funders, grantees }: SimulatedNetwork,
  firstDay: Date,
): Promise<void> {
  const organizations = [
    ...funders.map(({ id, name }) => ({ id, name, country: null, at: firstDay, keyId: null, lineageId: null })),
    ...grantees.map(({ joinedAt, ...grantee }) => ({ ...grantee, at: new Date(joinedAt) })),
  ];
  const agreements = grantees.flatMap((grantee) =>
    grantee.agreements.map(({ id, funderId }) => ({
      id,
      funderId,
      granteeId: grantee.id,
      at: new Date(grantee.joinedAt),
    })),
  );
  await owner.query('BEGIN');
  await owner.query(DIRECTORY, [JSON.stringify(organizations), NO_SECRET]);
  await owner.query(AGREEMENTS, [JSON.stringify(agreements), TERMS_TEXT, YEARS]);
  await owner.query('COMMIT');
  await owner.query('ANALYZE');
}

const DIRECTORY = `
  WITH given AS (SELECT * FROM json_to_recordset($1::json)
    AS x (id uuid, name text, country text, at timestamptz, "keyId" uuid, "lineageId" uuid)),
  organizations_made AS (INSERT INTO organizations (id, name, country, is_listed, created_at, updated_at)
    SELECT id, name, country, true, at, at FROM given),
  funders_made AS (INSERT INTO funders (organization_id, name, is_listed, updated_at)
    SELECT id, name, true, at FROM given WHERE "keyId" IS NULL),
  grantees_made AS (INSERT INTO grantees (organization_id, legal_form, name, is_listed, updated_at)
    SELECT id, 'REGISTERED', name, true, at FROM given WHERE "keyId" IS NOT NULL)
  INSERT INTO api_keys (id, secret_digest, role, organization_id, lineage_id, label, created_at)
    SELECT "keyId", $2::bytea, 'GRANTEE', id, "lineageId", 'Simulated', at FROM given WHERE "keyId" IS NOT NULL`;

const AGREEMENTS = `
  WITH given AS (SELECT x.*, at::date AS starts_on, (at + make_interval(years => $3))::date AS ends_on
    FROM json_to_recordset($1::json) AS x (id uuid, "funderId" uuid, "granteeId" uuid, at timestamptz)),
  agreements_made AS (INSERT INTO agreements (id, funder_id, grantee_id, offered_to, state, origin, restriction, committed_minor,
      currency, awarded_on, starts_on, ends_on, notice_days, response_days, lobbying_clause, time_zone, accepted_by_name,
      accepted_digest, offered_at, accepted_at, created_at, updated_at)
    SELECT id, "funderId", "granteeId", "granteeId", 'ACTIVE', 'LIVE', 'UNRESTRICTED', 5000000, 'USD', starts_on, starts_on, ends_on,
      365, 30, 'NONE', 'UTC', 'Simulated', sha256(convert_to($2, 'UTF8')), at, at, at, at FROM given),
  revisions_made AS (INSERT INTO agreement_revisions (agreement_id, funder_id, grantee_id, offered_to, number, terms,
      created_at, offered_at, accepted_at, accepted_text)
    SELECT id, "funderId", "granteeId", "granteeId", 1, jsonb_build_object('restriction', 'UNRESTRICTED',
      'committedMinor', '5000000', 'currency', 'USD', 'startsOn', starts_on, 'endsOn', ends_on,
      'installments', jsonb_build_array(jsonb_build_object('dueOn', ends_on, 'amountMinor', '5000000')),
      'expectations', jsonb_build_array(), 'noticeDays', 365, 'responseDays', 30, 'lobbyingClause', 'NONE'), at, at, at, $2
    FROM given),
  installments_made AS (INSERT INTO installments (id, agreement_id, funder_id, grantee_id, offered_to, number, due_on, amount_minor,
      currency, state, late_at)
    SELECT gen_random_uuid(), id, "funderId", "granteeId", "granteeId", 1, ends_on, 5000000, 'USD', 'SCHEDULED',
      (ends_on + 1)::timestamp AT TIME ZONE 'UTC' FROM given),
  events_made AS (INSERT INTO events (id, type, at, actor_role, actor_organization_id, subject_type, subject_id, revision,
      funder_id, grantee_id, for_steward)
    SELECT gen_random_uuid(), 'AGREEMENT_ACCEPTED', at, 'GRANTEE', "granteeId", 'AGREEMENT', id, 1, "funderId", "granteeId", true FROM given)
  INSERT INTO acquaintances (viewer_id, known_id)
    SELECT "funderId", "granteeId" FROM given UNION SELECT "granteeId", "funderId" FROM given`;
