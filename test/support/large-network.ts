import type { Network } from './network.js';

const uuid = (kind: number, n: string): string =>
  `('${kind}0000000-0000-7000-8000-' || lpad((${n})::text, 12, '0'))::uuid`;
const at = (n: string): string => `timestamptz '2026-01-01' + (${n}) * interval '1 minute'`;
/** A day within two years, of which one lies behind. */
const due = (n: string): string => `(date '2025-12-01' + (${n}) % 730)`;
/** One in a thousand tells of a flood. */
const words = `CASE WHEN n % 1000 = 7 THEN 'lu lut' ELSE 'nang' || n % 500 END::tsvector`;
const FUNDERS = 100;
const GRANTEES = 10_000;
const AGREEMENTS = 100_000;
const REPORTS = 50_000;

/**
 * A network of the size it is made for, around the parties of the test: 100,000 agreements with all that hangs on
 * them, in a few set-based statements. Without triggers and foreign keys, which are tested elsewhere.
 */
export async function fillNetwork({ sql, ids }: Network): Promise<void> {
  const [funder, grantee] = [ids.funder.slice(4), ids.grantee.slice(4)];
  // One in a hundred agreements is the test's funder's, one in a thousand its grantee's.
  const parties = `CASE WHEN n % ${FUNDERS} = 7 THEN '${funder}' ELSE ${uuid(1, `n % ${FUNDERS}`)} END AS f,
    CASE WHEN n % 1000 IN (7, 8) THEN '${grantee}' ELSE ${uuid(2, `n % ${GRANTEES}`)} END AS g`;
  await sql(`
    BEGIN;
    SET LOCAL session_replication_role = replica;
    INSERT INTO organizations (id, name, is_listed, merged_into, created_at, updated_at)
      SELECT ${uuid(1, 'n')}, 'Fund ' || n, true, NULL::uuid, now(), now() FROM generate_series(1, ${FUNDERS}) n
      UNION ALL SELECT ${uuid(2, 'n')}, 'Group ' || n, n % 10 > 0, CASE WHEN n % 100 = 0 THEN ${uuid(2, 'n + 1')} END, now(), now()
      FROM generate_series(1, ${GRANTEES}) n;
    INSERT INTO funders (organization_id, name, is_listed, updated_at)
      SELECT id, name, is_listed, now() FROM organizations WHERE name LIKE 'Fund %';
    INSERT INTO funders (organization_id, name, is_listed, updated_at)
      SELECT ${uuid(2, 'n')}, 'Regrantor ' || n, true, now() FROM generate_series(1, 5000) n;
    INSERT INTO grantees (organization_id, legal_form, name, is_listed, updated_at)
      SELECT id, 'REGISTERED', name, is_listed, now() FROM organizations WHERE name LIKE 'Group %';
    INSERT INTO organization_contacts SELECT id, 'A', 'a@example.org', NULL FROM organizations ON CONFLICT DO NOTHING;
    INSERT INTO organization_identifiers SELECT 'XX-TEST', id::text, id FROM organizations;
    INSERT INTO identifier_claims (id, organization_id, scheme, value, claimed_at)
      SELECT gen_random_uuid(), id, 'XX-CLAIM', right(id::text, 5), now() FROM organizations;
    INSERT INTO acquaintances SELECT ${uuid(1, `n % ${FUNDERS} + 1`)}, ${uuid(2, 'n')} FROM generate_series(1, ${GRANTEES}) n;
    INSERT INTO acquaintances SELECT '${funder}', ${uuid(2, 'n')} FROM generate_series(1, 500) n;
    INSERT INTO api_keys (id, secret_digest, role, organization_id, lineage_id, label, created_at)
      SELECT gen_random_uuid(), sha256(''), 'GRANTEE', ${uuid(2, `n % ${GRANTEES} + 1`)}, gen_random_uuid(), 'x', ${at('n')}
      FROM generate_series(1, 20000) n;
    INSERT INTO invitations (id, token_digest, funder_id, grantee_id, created_at, expires_at)
      SELECT gen_random_uuid(), sha256(n::text::bytea), ${uuid(1, `n % ${FUNDERS} + 1`)}, ${uuid(2, 'n')}, now(), now()
      FROM generate_series(1, 5000) n;
    INSERT INTO agreements (id, funder_id, grantee_id, offered_to, state, origin, restriction, committed_minor, currency,
        starts_on, ends_on, notice_days, response_days, time_zone, accepted_at, accepted_by_name, accepted_digest, created_at, updated_at,
        grantee_country, next_due_on, late_from)
      SELECT ${uuid(3, 'n')}, f, g, CASE WHEN n % 10 > 0 THEN g END,
        CASE WHEN n % 10 = 0 THEN 'DRAFT' WHEN n % 10 = 1 THEN 'OFFERED' ELSE 'ACTIVE' END, 'LIVE', 'UNRESTRICTED', 100 * (1 + n % 97),
        CASE n % 4 WHEN 0 THEN 'VND' ELSE 'USD' END,
        '2026-01-01', date '2027-01-01' + n % 700, 365, 30, 'UTC', now(), 'A', '\\x00', ${at('n')}, ${at('n')},
        CASE WHEN n % 500 = 7 THEN 'VN' ELSE (ARRAY['KE', 'CO', 'PH', 'GB'])[1 + n % 4] END,
        CASE WHEN n % 10 > 1 AND n % 3 > 0 THEN ${due('n')} END,
        CASE WHEN n % 10 > 1 AND n % 3 > 0 THEN (${due('n')} + 1)::timestamptz END
      FROM (SELECT n, ${parties} FROM generate_series(1, ${AGREEMENTS}) n) x;
    UPDATE agreements a SET fiscal_sponsor_id = s.id, restriction = 'SPONSORED_PROJECT', sponsor_accepted_by_name = 'A'
      FROM (SELECT id AS agreement_id, CASE WHEN n % 1000 = 11 THEN '${grantee}' ELSE ${uuid(2, 'n % 97 + 9000')} END AS id
        FROM (SELECT id, right(id::text, 12)::integer AS n FROM agreements) x WHERE n % 100 IN (11, 13)) s
      WHERE a.id = s.agreement_id AND a.grantee_id <> s.id AND a.offered_to IS NOT NULL;
    INSERT INTO agreement_revisions (agreement_id, funder_id, grantee_id, offered_to, number, terms, created_at)
      SELECT id, funder_id, grantee_id, offered_to, 1, '{"restriction":"UNRESTRICTED","committedMinor":"100","currency":"USD","startsOn":"2026-01-01","endsOn":"2027-01-01","installments":[],"expectations":[],"noticeDays":365,"responseDays":30,"lobbyingClause":"NONE","lobbyingReason":null,"awardedOn":null,"note":null}', created_at FROM agreements;
    INSERT INTO installments (id, agreement_id, funder_id, grantee_id, offered_to, number, due_on, amount_minor, currency, state, late_at, late_from, received_on)
      SELECT gen_random_uuid(), id, funder_id, grantee_id, offered_to, k, day, 50, 'USD', CASE WHEN k = 1 THEN 'RECEIVED' ELSE 'SCHEDULED' END,
        (day + 1)::timestamptz, CASE WHEN k = 2 THEN (day + 1)::timestamptz END, CASE WHEN k = 1 THEN day END
      FROM agreements, generate_series(1, 2) k, LATERAL (SELECT ${due('right(id::text, 12)::int + 50 * k')} AS day) d;
    INSERT INTO disbursements (id, agreement_id, funder_id, grantee_id, offered_to, installment_id, state, sent_on, amount_minor, currency, created_at, updated_at)
      SELECT gen_random_uuid(), agreement_id, funder_id, grantee_id, offered_to, id, 'SENT', '2026-06-01', 50, 'USD', now(), now()
      FROM installments WHERE number = 1;
    INSERT INTO reporting_expectations (id, agreement_id, funder_id, grantee_id, offered_to, due_on, expected_on, overdue_at)
      SELECT gen_random_uuid(), id, funder_id, grantee_id, offered_to, '2026-12-31', '2026-12-31', CASE WHEN state = 'ACTIVE' THEN now() END
      FROM agreements;
    INSERT INTO legal_holds (id, agreement_id, funder_id, grantee_id, offered_to, installment_id, ground, legal_basis, placed_at, placed_on)
      SELECT gen_random_uuid(), agreement_id, funder_id, grantee_id, offered_to, id, 'COURT_ORDER', 'x', now(), '2026-06-01'
      FROM installments WHERE number = 1;
    INSERT INTO reminders SELECT 'INSTALLMENT_DUE_SOON', id, due_on, now() FROM installments;
    INSERT INTO disbursement_receipts (disbursement_id, number, agreement_id, funder_id, grantee_id, offered_to, received_on, received_minor, received_currency, told_at)
      SELECT id, 1, agreement_id, funder_id, grantee_id, offered_to, '2026-06-01', 50, 'USD', now() FROM disbursements;
    INSERT INTO repayments (id, agreement_id, funder_id, grantee_id, offered_to, disbursement_id, installment_id, amount_minor, currency, repaid_on, reason, created_at)
      SELECT gen_random_uuid(), agreement_id, funder_id, grantee_id, offered_to, id, installment_id, 1, 'USD', '2026-06-02', 'x', now() FROM disbursements;
    INSERT INTO past_due_days (id, agreement_id, funder_id, grantee_id, offered_to, installment_id, due_on, late_at, amount_minor, until)
      SELECT gen_random_uuid(), agreement_id, funder_id, grantee_id, offered_to, id, due_on - 60, late_at - interval '60 days', 50, due_on - 20
      FROM installments WHERE number = 2 AND offered_to IS NOT NULL;
    INSERT INTO imported_grants (agreement_id, funder_id, grantee_id, source_id, digest, source, imported_at)
      SELECT id, funder_id, grantee_id, id::text, sha256(''), '{}', now() FROM agreements;
    INSERT INTO imported_names SELECT funder_id, sha256(id::text::bytea), grantee_id FROM agreements;
    INSERT INTO narrative_reports (id, organization_id, state, format, language, sections, words, content_version, submitted_at, created_at, updated_at)
      SELECT ${uuid(4, 'n')}, g, CASE WHEN n % 5 = 0 THEN 'DRAFT' ELSE 'SUBMITTED' END, 'WRITTEN', 'en', '[]', ${words},
        CASE WHEN n % 5 > 0 THEN 1 END, CASE WHEN n % 5 > 0 THEN now() END, ${at('n')}, ${at('n')}
      FROM (SELECT n, ${parties} FROM generate_series(1, ${REPORTS}) n) x;
    INSERT INTO narrative_report_versions (report_id, number, organization_id, content, submitted_at)
      SELECT id, k, organization_id, '{"sections":[],"language":"en","format":"WRITTEN","periodStart":null,"periodEnd":null,"minutesSpent":null,"peopleInvolved":null}', now() FROM narrative_reports, generate_series(1, 2) k WHERE state = 'SUBMITTED';
    INSERT INTO report_shares (id, grantee_id, funder_id, agreement_id, report_id, report_version, content, words, shared_at, respond_by, respond_by_at, state)
      SELECT ${uuid(5, 'n')}, g, f, ${uuid(3, 'n')}, ${uuid(4, 'n')}, 1, '{"sections":[],"language":"en","format":"WRITTEN","periodStart":null,"periodEnd":null,"minutesSpent":null,"peopleInvolved":null}', ${words}, ${at('n')}, '2026-12-31', now(),
        CASE WHEN n % 3 = 0 THEN 'ANSWERED' ELSE 'AWAITING_RESPONSE' END
      FROM (SELECT n, ${parties} FROM generate_series(1, ${REPORTS}) n) x WHERE n % 5 > 0;
    UPDATE report_shares s SET fiscal_sponsor_id = a.fiscal_sponsor_id FROM agreements a WHERE a.id = s.agreement_id AND a.fiscal_sponsor_id IS NOT NULL;
    INSERT INTO report_responses (id, share_id, funder_id, grantee_id, kind, text, responded_at)
      SELECT gen_random_uuid(), id, funder_id, grantee_id, 'LEARNED', 'We learned.', now() FROM report_shares WHERE state = 'ANSWERED';
    INSERT INTO report_attachments (id, organization_id, report_id, file_id, name, media_type, size, sha256, is_visible, added_in, created_at)
      SELECT gen_random_uuid(), organization_id, id, gen_random_uuid(), 'a.png', 'image/png', 1, sha256(''), true, 1, now()
      FROM narrative_reports WHERE state = 'DRAFT';
    INSERT INTO report_share_attachments (id, share_id, funder_id, grantee_id, position, file_id, name, media_type, size, sha256)
      SELECT gen_random_uuid(), id, funder_id, grantee_id, 1, gen_random_uuid(), 'a.png', 'image/png', 1, sha256('') FROM report_shares;
    INSERT INTO conversation_notes (id, agreement_id, funder_id, grantee_id, drafted_at)
      SELECT ${uuid(8, 'n')}, ${uuid(3, 'n')}, f, g, ${at('n')} FROM (SELECT n, ${parties} FROM generate_series(1, 30000) n) x;
    INSERT INTO conversation_note_versions (notes_id, number, funder_id, grantee_id, written_by, content, written_at)
      SELECT id, k, funder_id, grantee_id, 'FUNDER', '{"heldOn":"2026-01-01","minutes":1,"granteePeople":1,"funderPeople":1,"notes":"x","language":null}', now()
      FROM conversation_notes, generate_series(1, 2) k;
    INSERT INTO report_replies SELECT share_id, n, funder_id, grantee_id, 'GRANTEE', 'x', now() FROM report_responses, generate_series(1, 2) n;
    INSERT INTO report_ratings SELECT share_id, 1, funder_id, grantee_id, true, now() FROM report_responses;
    INSERT INTO obstacles.entries (id, organization_id, reader_id, tier, state, code, other_codes, began_month, text, funder_id, agreement_id, logged_at, updated_at)
      SELECT ${uuid(6, 'n')}, g, CASE WHEN n % 3 = 2 THEN ${uuid(7, 'n % 500')} ELSE g::uuid END,
        (ARRAY['SHARED', 'CONFIDENTIAL', 'AGGREGATE_ONLY'])[n % 3 + 1], 'LOGGED', 'DISBURSEMENT_DELAY', '{}',
        '2026-01-01', 'x', f, ${uuid(3, 'n')}, ${at('n')}, ${at('n')}
      FROM (SELECT n, ${parties} FROM generate_series(1, 30000) n) x;
    INSERT INTO obstacles.shared (id, funder_id, organization_id, agreement_id, state, code, other_codes, began_month, text, shared_at,
        response_days, time_zone, respond_by, respond_by_at, updated_at)
      SELECT id, funder_id, organization_id, agreement_id, 'OPEN', code, '{}', began_month, text, logged_at, 30, 'UTC', '2026-12-31', now(), now()
      FROM obstacles.entries WHERE tier = 'SHARED';
    INSERT INTO practice_changes (id, funder_id, codes, you_said, we_did, effective_month, published_at, retracted_at)
      SELECT ${uuid(8, 'n')}, CASE WHEN n % 10 = 0 THEN '${funder}' ELSE ${uuid(1, `n % ${FUNDERS} + 1`)} END,
        ARRAY[(ARRAY['DISBURSEMENT_DELAY', 'NO_RESPONSE', 'PAYMENT_HELD'])[n % 3 + 1]], 'x', 'y', '2026-01-01', ${at('n')},
        CASE WHEN n % 7 = 0 THEN now() END FROM generate_series(1, 5000) n;
    INSERT INTO obstacles.handled_facts (reader_id, code, fact_id, organization_id, obstacle_id, content_hash, handled_at)
      SELECT reader_id, code, gen_random_uuid(), organization_id, id, sha256(''), now() FROM obstacles.entries;
    INSERT INTO obstacles.events (id, organization_id, reader_id, seq, type, at, obstacle_id)
      SELECT gen_random_uuid(), organization_id, reader_id, row_number() OVER (), 'OBSTACLE_LOGGED', now(), id FROM obstacles.entries;
    INSERT INTO event_feed (reader, organization_id, position, event_id, type, at, actor_role, subject_type, subject_id)
      SELECT reader, CASE reader WHEN 'FUNDER' THEN a.funder_id WHEN 'GRANTEE' THEN a.grantee_id ELSE '00000000-0000-0000-0000-000000000000' END,
        1000 + row_number() OVER (ORDER BY a.id), a.id, 'AGREEMENT_OFFERED', now(), 'FUNDER', 'AGREEMENT', a.id
      FROM agreements a, (VALUES ('FUNDER'), ('GRANTEE'), ('STEWARD')) AS r (reader);
    INSERT INTO statistics.releases (id, period, state, epsilon_category, epsilon_region, epsilon_funder, sealed_at)
      SELECT gen_random_uuid(), y || q, 'SEALED', 350, 200, 400, now()
      FROM generate_series(2000, 2399) y, unnest(ARRAY['', '-Q1', '-Q2', '-Q3', '-Q4']) q;
    INSERT INTO statistics.ledger (period, view, year, epsilon, spent_at)
      SELECT period, v, left(period, 4)::int, 200, now() FROM statistics.releases, unnest(ARRAY['CATEGORY', 'KIND_BY_REGION', 'FUNDER']) v
      WHERE (v = 'CATEGORY') = (period LIKE '%Q%');
    INSERT INTO statistics.cells (release_id, period, state, view, place, kind, category, label_en, label_vi, value)
      SELECT r.id, r.period, 'SEALED', l.view, n, 'FUNDER', CASE l.view WHEN 'CATEGORY' THEN 'FUNDER_PAYMENT' END, 'x', 'x', n
      FROM statistics.releases r JOIN statistics.ledger l USING (period), generate_series(0, 9) n;
    INSERT INTO idempotency_outcomes SELECT gen_random_uuid(), 'x', n::text, sha256(''), gen_random_uuid(), 1, now() FROM generate_series(1, 20000) n;
    COMMIT;
    ANALYZE`);
}

/** A few ids of each type that the test's parties have, for the lists below them. */
export async function someParents(network: Network): Promise<Record<string, string[]>> {
  const pick = async (prefix: string, from: string): Promise<string[]> => {
    const rows = await network.sql<{ id: string }>(
      `SELECT '${prefix}_' || replace(id::text, '-', '') AS id FROM ${from} LIMIT 4`,
    );
    return rows.map(({ id }) => id);
  };
  const [funder, grantee] = [network.ids.funder.slice(4), network.ids.grantee.slice(4)];
  return {
    Funder: [network.ids.funder, ...(await pick('fun', `(SELECT organization_id AS id FROM funders) x`))],
    Grantee: [network.ids.grantee, ...(await pick('gte', `(SELECT organization_id AS id FROM grantees) x`))],
    GrantAgreement: await pick(
      'agr',
      `agreements WHERE funder_id = '${funder}' AND offered_to = '${grantee}' AND id IN (SELECT agreement_id FROM report_shares)`,
    ),
    ConversationNotes: await pick(
      'cnv',
      `conversation_notes WHERE funder_id = '${funder}' AND grantee_id = '${grantee}'`,
    ),
    NarrativeReport: await pick(
      'rep',
      `narrative_reports WHERE organization_id = '${grantee}' AND state = 'SUBMITTED'`,
    ),
  };
}
