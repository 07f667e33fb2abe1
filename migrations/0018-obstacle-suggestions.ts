import type { MigrationInterface, QueryRunner } from 'typeorm';
import { TENANT, allow, secure } from './row-security.js';

/** Which facts a grantee has handled, indexes to find the facts by, and reminders of answers that are owed. */
export class ObstacleSuggestions1790000000018 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(HANDLED);
    await runner.query(FACTS);
    await runner.query(STREAMS);
    await runner.query(REMINDERS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP POLICY worker_update ON obstacles.shared;
      REVOKE UPDATE (reminded_at) ON obstacles.shared FROM goodfaith_worker;
      DROP POLICY worker_select ON obstacles.shared;
      REVOKE SELECT (id, funder_id, organization_id, state, respond_by_at, reminded_at) ON obstacles.shared FROM goodfaith_worker;
      ALTER TABLE obstacles.shared DROP COLUMN reminded_at;

      DROP POLICY grantee_select ON obstacles.streams; DROP POLICY grantee_insert ON obstacles.streams; DROP POLICY grantee_update ON obstacles.streams;
      DELETE FROM obstacles.streams WHERE reader_id <> organization_id;
      ALTER TABLE obstacles.streams DROP CONSTRAINT streams_pkey, ADD CONSTRAINT streams_pkey PRIMARY KEY (organization_id), DROP COLUMN reader_id;
      ${(['SELECT', 'INSERT', 'UPDATE'] as const).map((command) => allow('grantee', command, 'obstacles.streams', OWN)).join('\n')}
      DROP INDEX obstacles.events_in_order;
      ALTER TABLE obstacles.events DROP COLUMN sub;
      CREATE UNIQUE INDEX events_in_order ON obstacles.events (reader_id, seq, id);

      DROP INDEX installments_late_by_grantee, amendments_adverse_by_grantee, legal_holds_by_grantee, report_shares_awaited_by_grantee,
        disbursements_with_cost_by_grantee, obstacles.shared_awaited_by_owner;
      DROP TABLE obstacles.handled_facts;
    `);
  }
}

const OWN = `organization_id = ANY (${TENANT})`;
const READABLE = `${OWN} AND reader_id = ANY ((SELECT obstacles.readers())::uuid[])`;

/**
 * One row for each reader and fact, ever. What was logged for statistics alone, and what was dismissed, only the line of
 * keys knows that did it: to every other reader the fact is as unhandled as before.
 */
const HANDLED = `
  CREATE TABLE obstacles.handled_facts (
    reader_id uuid NOT NULL,
    code text NOT NULL,
    fact_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    obstacle_id uuid CONSTRAINT handled_facts_entry REFERENCES obstacles.entries,
    content_hash bytea,
    handled_at timestamptz(3) NOT NULL,
    PRIMARY KEY (reader_id, code, fact_id),
    CONSTRAINT handled_facts_logged CHECK ((obstacle_id IS NULL) = (content_hash IS NULL)),
    CONSTRAINT handled_facts_dismissed_by_a_line CHECK (obstacle_id IS NOT NULL OR reader_id <> organization_id)
  );
  CREATE INDEX handled_facts_by_obstacle ON obstacles.handled_facts (obstacle_id);
  ${secure('obstacles.handled_facts')}
  ${allow('grantee', 'SELECT', 'obstacles.handled_facts', READABLE)}
  ${allow('grantee', 'INSERT', 'obstacles.handled_facts', READABLE)}
`;

/** What may be a fact, of a grantee, the newest first: the conditions are those of the statements that look for it. */
const FACTS = `
  CREATE INDEX installments_late_by_grantee ON installments (offered_to, late_at, id)
    WHERE state IN ('SCHEDULED', 'SENT') OR received_on >= due_on + 7;
  CREATE INDEX amendments_adverse_by_grantee ON amendments (grantee_id, decided_at, id)
    WHERE state = 'ACCEPTED' AND effective_on IS NOT NULL;
  CREATE INDEX legal_holds_by_grantee ON legal_holds (offered_to, placed_at, id);
  CREATE INDEX report_shares_awaited_by_grantee ON report_shares (grantee_id, respond_by_at, id)
    WHERE unshared_at IS NULL AND state = 'AWAITING_RESPONSE';
  CREATE INDEX shared_awaited_by_owner ON obstacles.shared (organization_id, respond_by_at, id)
    WHERE state IN ('OPEN', 'ACKNOWLEDGED');
  CREATE INDEX disbursements_with_cost_by_grantee ON disbursements (offered_to, received_on, id)
    WHERE received_currency = currency AND received_minor < amount_minor;
`;

/**
 * A line of keys gets an order of its own beside its organization's numbers: a number taken by what only the line can
 * read would be missing in what the organization's other keys get.
 */
const STREAMS = `
  ALTER TABLE obstacles.streams ADD COLUMN reader_id uuid;
  UPDATE obstacles.streams SET reader_id = organization_id;
  ALTER TABLE obstacles.streams DROP CONSTRAINT streams_pkey, ADD CONSTRAINT streams_pkey PRIMARY KEY (reader_id);
  DROP POLICY grantee_select ON obstacles.streams; DROP POLICY grantee_insert ON obstacles.streams; DROP POLICY grantee_update ON obstacles.streams;
  ${(['SELECT', 'INSERT', 'UPDATE'] as const).map((command) => allow('grantee', command, 'obstacles.streams', READABLE)).join('\n')}

  ALTER TABLE obstacles.events ADD COLUMN sub bigint NOT NULL DEFAULT 0;
  DROP INDEX obstacles.events_in_order;
  CREATE UNIQUE INDEX events_in_order ON obstacles.events (reader_id, seq, sub, id);
`;

/** By the clock, over what is shared anyway. The worker reaches nothing of what a grantee wrote. */
const REMINDERS = `
  ALTER TABLE obstacles.shared ADD COLUMN reminded_at timestamptz(3);
  CREATE INDEX shared_unreminded ON obstacles.shared (respond_by_at, id) WHERE reminded_at IS NULL AND state IN ('OPEN', 'ACKNOWLEDGED');
  ${allow('worker', 'SELECT', 'obstacles.shared', `state = ANY (ARRAY['OPEN', 'ACKNOWLEDGED'])`, 'id, funder_id, organization_id, state, respond_by_at, reminded_at')}
  ${allow('worker', 'UPDATE', 'obstacles.shared', `state = ANY (ARRAY['OPEN', 'ACKNOWLEDGED'])`, 'reminded_at')}
`;
