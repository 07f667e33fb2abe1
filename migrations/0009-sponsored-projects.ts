import type { MigrationInterface, QueryRunner } from 'typeorm';
import { TENANT, allow, ownedBy } from './row-security.js';

/** The fiscal sponsor of a sponsored project: named on the agreement and all that hangs on it, and let in by that name. */
export class SponsoredProjects1790000000009 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(AGREEMENTS);
    await runner.query(PARTS);
    await runner.query(CONSENT);
    await runner.query(EVENTS);
    await runner.query(ACCESS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${Object.entries(SPONSORS_RIGHTS)
        .flatMap(([table, commands]) => commands.map((command) => `DROP POLICY ${policyName(command)} ON ${table};`))
        .join('\n')}
      DROP POLICY sponsor_reopens ON events;
      DROP POLICY asked_select ON amendments;
      DROP POLICY asked_update ON amendments;
      DROP POLICY former_sponsor_select ON agreement_revisions;
      DROP POLICY keeper_insert ON acquaintances;
      REVOKE INSERT ON acquaintances FROM goodfaith_keeper;
      DROP TRIGGER introduce_sponsor ON agreements;
      DROP FUNCTION introduce_sponsor();
      ${FEED('')}
      ${DIGEST('')}
      ALTER TABLE events DROP COLUMN sponsor_id;
      ${ACQUAINTED('')}
      ALTER TABLE amendments DROP CONSTRAINT amendments_consent, DROP COLUMN agreed_by, DROP COLUMN new_sponsor_id, DROP COLUMN proposed_text;
      ${KINDS('')}
      ${NOTICE('')}
      ${TOLD_ONCE.map(
        (table) => `DROP TRIGGER insert_only ON ${table}; DROP TRIGGER insert_only_rows ON ${table};
          CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table} EXECUTE FUNCTION refuse_rewrite();`,
      ).join('\n')}
      ${PART_TABLES.map((table) => `DROP TRIGGER with_sponsor ON ${table}; ALTER TABLE ${table} DROP COLUMN fiscal_sponsor_id;`).join('\n')}
      DROP TRIGGER with_sponsor ON agreement_revisions;
      ALTER TABLE agreement_revisions DROP COLUMN fiscal_sponsor_id, DROP COLUMN shown_to_sponsor_id;
      DROP FUNCTION with_sponsor(), with_shown_sponsor();
      ALTER TABLE agreements DROP COLUMN fiscal_sponsor_id, DROP COLUMN sponsor_accepted_by_name, DROP COLUMN sponsor_accepted_by_title;
    `);
  }
}

/**
 * `fiscal_sponsor_id` is null until the first offer, as `offered_to` is: to the sponsor, too, a draft does not exist. It
 * is fixed by acceptance; only an accepted amendment changes it. Both the group and its sponsor accept.
 */
const AGREEMENTS = `
  ALTER TABLE agreements
    ADD COLUMN fiscal_sponsor_id uuid CONSTRAINT agreements_fiscal_sponsor REFERENCES grantees,
    ADD COLUMN sponsor_accepted_by_name text,
    ADD COLUMN sponsor_accepted_by_title text,
    ADD CONSTRAINT agreements_with_sponsor UNIQUE (id, fiscal_sponsor_id),
    ADD CONSTRAINT agreements_sponsor_apart CHECK (fiscal_sponsor_id <> funder_id AND fiscal_sponsor_id <> grantee_id),
    ADD CONSTRAINT agreements_sponsor_offered CHECK (fiscal_sponsor_id IS NULL OR offered_to IS NOT NULL),
    ADD CONSTRAINT agreements_sponsored_project CHECK (origin = 'IMPORTED' OR offered_to IS NULL
      OR (restriction = 'SPONSORED_PROJECT') = (fiscal_sponsor_id IS NOT NULL)),
    ADD CONSTRAINT agreements_sponsor_accepted CHECK (fiscal_sponsor_id IS NULL OR state NOT IN ('ACTIVE', 'COMPLETED', 'RELEASED')
      OR sponsor_accepted_by_name IS NOT NULL);
  CREATE INDEX agreements_by_sponsor ON agreements (fiscal_sponsor_id, created_at, id) WHERE fiscal_sponsor_id IS NOT NULL;
  CREATE INDEX agreements_by_sponsor_state ON agreements (fiscal_sponsor_id, state, created_at, id) WHERE fiscal_sponsor_id IS NOT NULL;
`;

const PART_TABLES = [
  'installments',
  'disbursements',
  'reporting_expectations',
  'legal_holds',
  'disbursement_receipts',
  'repayments',
  'amendments',
  'report_shares',
] as const;
/** Insert-only so far; who may read them as the sponsor follows the agreement all the same. */
const TOLD_ONCE = ['disbursement_receipts', 'repayments'] as const;

const standing = (table: string): string => `
  ALTER TABLE ${table} ADD COLUMN fiscal_sponsor_id uuid,
    ADD CONSTRAINT ${table}_sponsor FOREIGN KEY (agreement_id, fiscal_sponsor_id)
      REFERENCES agreements (id, fiscal_sponsor_id) ON UPDATE CASCADE;`;

/**
 * The present sponsor stands on every row, so that policies need no joins: copied by a trigger when a row is made or
 * first shown, and kept by the foreign key when the sponsor changes. A revision also keeps the sponsor it was shown to:
 * what each party agreed to can be read forever, also by one that is the sponsor no more.
 */
const PARTS = `
  CREATE FUNCTION with_sponsor() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      SELECT a.fiscal_sponsor_id INTO NEW.fiscal_sponsor_id FROM agreements a WHERE a.id = NEW.agreement_id;
      RETURN NEW;
    END $$;
  CREATE FUNCTION with_shown_sponsor() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      SELECT a.fiscal_sponsor_id INTO NEW.fiscal_sponsor_id FROM agreements a WHERE a.id = NEW.agreement_id;
      NEW.shown_to_sponsor_id := coalesce(NEW.shown_to_sponsor_id, NEW.fiscal_sponsor_id);
      RETURN NEW;
    END $$;
  ${PART_TABLES.map(standing).join('\n')}
  ${(['amendments', 'report_shares'] as const)
    .map(
      (table) => `CREATE TRIGGER with_sponsor BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION with_sponsor();`,
    )
    .join('\n')}
  ${PART_TABLES.filter((table) => table !== 'amendments' && table !== 'report_shares')
    .map(
      (table) => `CREATE TRIGGER with_sponsor BEFORE INSERT OR UPDATE OF offered_to ON ${table}
        FOR EACH ROW WHEN (NEW.offered_to IS NOT NULL) EXECUTE FUNCTION with_sponsor();`,
    )
    .join('\n')}
  ${standing('agreement_revisions')}
  ALTER TABLE agreement_revisions ADD COLUMN shown_to_sponsor_id uuid;
  CREATE TRIGGER with_sponsor BEFORE INSERT OR UPDATE OF offered_to ON agreement_revisions
    FOR EACH ROW WHEN (NEW.offered_to IS NOT NULL) EXECUTE FUNCTION with_shown_sponsor();
  ${TOLD_ONCE.map(
    (table) => `DROP TRIGGER insert_only ON ${table};
      CREATE TRIGGER insert_only BEFORE DELETE OR TRUNCATE ON ${table} EXECUTE FUNCTION refuse_rewrite();
      CREATE TRIGGER insert_only_rows BEFORE UPDATE ON ${table} FOR EACH ROW
        WHEN (to_jsonb(OLD) - 'fiscal_sponsor_id' <> to_jsonb(NEW) - 'fiscal_sponsor_id'
          OR NEW.fiscal_sponsor_id IS NULL) EXECUTE FUNCTION refuse_rewrite();`,
  ).join('\n')}
`;

const AT_ONCE = `'ADD_FUNDS', 'MOVE_PAYMENT_EARLIER', 'EXTEND_TERM', 'DROP_REPORT'`;
const KINDS = (more: string): string => `
  ALTER TABLE amendments DROP CONSTRAINT amendments_kind, ADD CONSTRAINT amendments_kind CHECK (kind IN (${AT_ONCE},
    'REDUCE_FUNDS', 'MOVE_PAYMENT_LATER', 'SHORTEN_TERM', 'RELEASE'${more}));`;
const NOTICE = (more: string): string => `
  ALTER TABLE amendments DROP CONSTRAINT amendments_notice, ADD CONSTRAINT amendments_notice CHECK (
    (effective_on IS NULL) = (notice_until IS NULL) AND (effective_on IS NULL) = (kind IN (${AT_ONCE}${more})));`;

/**
 * Who agreed so far, the proposer first. What is adverse needs the group and its sponsor; another sponsor needs the
 * group, the funder, and the new sponsor, which reads `proposed_text` because the agreement is not its own yet.
 */
const CONSENT = `
  ALTER TABLE amendments
    ADD COLUMN agreed_by text[] NOT NULL DEFAULT '{}',
    ADD COLUMN new_sponsor_id uuid CONSTRAINT amendments_new_sponsor REFERENCES grantees,
    ADD COLUMN proposed_text text,
    ADD CONSTRAINT amendments_agreed_by CHECK (agreed_by <@ ARRAY['FUNDER', 'GRANTEE', 'SPONSOR', 'NEW_SPONSOR']);
  ALTER TABLE amendments NO FORCE ROW LEVEL SECURITY;
  UPDATE amendments SET agreed_by = CASE WHEN state = 'ACCEPTED' THEN ARRAY['FUNDER', 'GRANTEE'] ELSE ARRAY[proposed_by] END;
  ALTER TABLE amendments FORCE ROW LEVEL SECURITY;
  ${KINDS(`, 'CHANGE_SPONSOR'`)}
  ${NOTICE(`, 'CHANGE_SPONSOR'`)}
  ALTER TABLE amendments
    ADD CONSTRAINT amendments_new_sponsor_named CHECK ((kind = 'CHANGE_SPONSOR') = (new_sponsor_id IS NOT NULL)
      AND (new_sponsor_id IS NULL) = (proposed_text IS NULL) AND new_sponsor_id <> funder_id AND new_sponsor_id <> grantee_id),
    ADD CONSTRAINT amendments_consent CHECK (state <> 'ACCEPTED'
      OR (agreed_by @> ARRAY['FUNDER'] AND (kind IN (${AT_ONCE}) OR agreed_by @> ARRAY['GRANTEE'])
        AND (kind IN (${AT_ONCE}, 'CHANGE_SPONSOR') OR fiscal_sponsor_id IS NULL OR agreed_by @> ARRAY['SPONSOR'])
        AND (kind <> 'CHANGE_SPONSOR' OR agreed_by @> ARRAY['NEW_SPONSOR'])));
  CREATE INDEX amendments_asked ON amendments (new_sponsor_id, proposed_at, id) WHERE new_sponsor_id IS NOT NULL;
`;

/** Without a sponsor a digest is what it was, so that no chain breaks. */
const DIGEST = (more: string): string => `
  CREATE OR REPLACE FUNCTION event_digest(previous bytea, event events) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
    SELECT sha256(previous || convert_to((jsonb_build_array(event.id, event.type, extract(epoch FROM event.at)::numeric(20, 3),
      event.actor_role, event.actor_organization_id, event.subject_type, event.subject_id, event.revision,
      event.funder_id, event.grantee_id, event.organization_id, event.for_steward)${more})::text, 'UTF8')) $$;`;
const FEED = (more: string): string => `
  CREATE OR REPLACE FUNCTION seal_events(most integer) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
    DECLARE
      sealed integer := 0; place bigint; chain bytea; event events;
    BEGIN
      PERFORM pg_advisory_xact_lock(hashtextextended('goodfaith.seal_events', 0));
      SELECT s.position, s.hash INTO place, chain FROM event_seals s ORDER BY s.position DESC LIMIT 1;
      place := coalesce(place, 0); chain := coalesce(chain, '');
      FOR event IN SELECT e.* FROM event_queue q JOIN events e ON e.id = q.event_id ORDER BY e.id LIMIT most LOOP
        place := place + 1; sealed := sealed + 1;
        chain := event_digest(chain, event);
        INSERT INTO event_seals VALUES (place, event.id, chain);
        INSERT INTO event_feed
          SELECT reader, organization, place, event.id, event.type, event.at, event.actor_role,
            event.actor_organization_id, event.subject_type, event.subject_id, event.revision
          FROM (VALUES ('FUNDER', event.funder_id), ('GRANTEE', event.grantee_id)${more},
            ('FUNDER', event.organization_id), ('GRANTEE', event.organization_id),
            ('STEWARD', CASE WHEN event.for_steward THEN '00000000-0000-0000-0000-000000000000'::uuid END)) AS who (reader, organization)
          WHERE organization IS NOT NULL
          ON CONFLICT DO NOTHING;
        DELETE FROM event_queue WHERE event_id = event.id;
      END LOOP;
      RETURN sealed;
    END $$;`;
const EVENTS = `
  ALTER TABLE events ADD COLUMN sponsor_id uuid;
  ${DIGEST(` || CASE WHEN event.sponsor_id IS NULL THEN '[]' ELSE jsonb_build_array(event.sponsor_id) END`)}
  ${FEED(`, ('GRANTEE', event.sponsor_id)`)}
`;

const ACQUAINTED = (more: string): string => `
  CREATE OR REPLACE FUNCTION acquaintance_is_grounded() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
    BEGIN
      IF NOT EXISTS (SELECT 1 FROM agreements a WHERE a.offered_to IS NOT NULL
          AND (a.funder_id, a.grantee_id) IN ((NEW.viewer_id, NEW.known_id), (NEW.known_id, NEW.viewer_id)))
        ${more}
        AND NOT EXISTS (SELECT 1 FROM organizations o
          WHERE (o.id, o.registered_by) IN ((NEW.viewer_id, NEW.known_id), (NEW.known_id, NEW.viewer_id)))
      THEN RAISE EXCEPTION 'an acquaintance needs an offered agreement or an invitation'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'acquaintances_grounded'; END IF;
      RETURN NULL;
    END $$;`;

type Command = 'SELECT' | 'INSERT' | 'UPDATE';
const policyName = (command: Command): string => `sponsor_${command.toLowerCase()}`;
/** What a sponsor does with its key of the role GRANTEE: it reads all, accepts, tells of money, and agrees to changes. */
const SPONSORS_RIGHTS: Readonly<Record<string, readonly Command[]>> = {
  agreements: ['SELECT', 'UPDATE'],
  agreement_revisions: ['SELECT', 'UPDATE', 'INSERT'],
  installments: ['SELECT', 'UPDATE'],
  disbursements: ['SELECT', 'UPDATE'],
  reporting_expectations: ['SELECT', 'UPDATE'],
  legal_holds: ['SELECT'],
  disbursement_receipts: ['SELECT', 'INSERT'],
  repayments: ['SELECT', 'INSERT'],
  amendments: ['SELECT', 'UPDATE'],
  report_shares: ['SELECT'],
};
const SPONSOR = `fiscal_sponsor_id = ANY (${TENANT})`;
const policy = (name: string, table: string, command: Command, rule: string): string => {
  const clause = {
    SELECT: `USING (${rule})`,
    INSERT: `WITH CHECK (${rule})`,
    UPDATE: `USING (${rule}) WITH CHECK (${rule})`,
  };
  return `CREATE POLICY ${name} ON ${table} FOR ${command} TO goodfaith_grantee ${clause[command]};`;
};

/**
 * A second way of being seen is a second policy. Statements carry the tenant key that leads their index, so that the two
 * together filter rows that an index has found. Whoever becomes the sponsor gets acquainted with both parties.
 */
const ACCESS = `
  ${Object.entries(SPONSORS_RIGHTS)
    .flatMap(([table, commands]) =>
      commands.map((command) => {
        const rule = table === 'report_shares' ? `${SPONSOR} AND unshared_at IS NULL` : SPONSOR;
        return policy(policyName(command), table, command, rule);
      }),
    )
    .join('\n')}
  ${policy('former_sponsor_select', 'agreement_revisions', 'SELECT', `shown_to_sponsor_id = ANY (${TENANT})`)}
  ${policy('asked_select', 'amendments', 'SELECT', `new_sponsor_id = ANY (${TENANT})`)}
  ${policy('asked_update', 'amendments', 'UPDATE', `new_sponsor_id = ANY (${TENANT})`)}
  ${policy('sponsor_reopens', 'events', 'INSERT', `actor_role = 'SYSTEM' AND actor_organization_id IS NULL AND type = 'AGREEMENT_REOPENED' AND sponsor_id = ANY (${TENANT})`)}
  GRANT SELECT (fiscal_sponsor_id) ON report_shares TO goodfaith_funder;
  ${ACQUAINTED(`AND NOT EXISTS (SELECT 1 FROM agreements a WHERE a.fiscal_sponsor_id IN (NEW.viewer_id, NEW.known_id)
          AND ARRAY[NEW.viewer_id, NEW.known_id] <@ ARRAY[a.funder_id, a.grantee_id, a.fiscal_sponsor_id])`)}
  ${allow('keeper', 'INSERT', 'acquaintances', 'true')}
  CREATE FUNCTION introduce_sponsor() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
    BEGIN
      INSERT INTO acquaintances (viewer_id, known_id)
        SELECT viewer, known FROM (VALUES (NEW.fiscal_sponsor_id, NEW.funder_id), (NEW.fiscal_sponsor_id, NEW.grantee_id),
          (NEW.funder_id, NEW.fiscal_sponsor_id), (NEW.grantee_id, NEW.fiscal_sponsor_id)) AS pairs (viewer, known)
        ON CONFLICT DO NOTHING;
      RETURN NULL;
    END $$;
  CREATE TRIGGER introduce_sponsor AFTER INSERT OR UPDATE OF fiscal_sponsor_id ON agreements
    FOR EACH ROW WHEN (NEW.fiscal_sponsor_id IS NOT NULL) EXECUTE FUNCTION introduce_sponsor();
  ${ownedBy('keeper', 'introduce_sponsor()', 'goodfaith_funder', 'goodfaith_grantee', 'goodfaith_steward')}
`;
