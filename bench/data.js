import { createHash } from 'node:crypto';

export const FUNDERS = 100;
export const GRANTEES = 10_000;
export const AGREEMENTS = 100_000;
/** How many grantees have keys, to write reports. */
const WRITERS = 64;

const secretOf = (name) => createHash('sha256').update(`bench ${name}`).digest('base64url');
const uuidOf = (name) => {
  const hex = createHash('sha256').update(`bench id ${name}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** Keys of the steward, of all funders and of the first grantees, as callers hold them. */
export function keys() {
  const key = (role, number) => {
    const id = uuidOf(`${role} ${number}`);
    const secret = secretOf(`${role} ${number}`);
    return { id, role, number, secret, token: `gf_${id.replaceAll('-', '')}_${secret}` };
  };
  return {
    steward: key('STEWARD', 0),
    funders: Array.from({ length: FUNDERS }, (_, i) => key('FUNDER', i)),
    grantees: Array.from({ length: WRITERS }, (_, i) => key('GRANTEE', i)),
  };
}

/** Changes when what is loaded changes. */
export const DATA_VERSION = 2;

/**
 * Loads all of it with a few set-based statements, triggers and foreign keys at rest; what they would have checked is
 * checked afterwards, in sets. Ids are in the order of creation, as the service makes them.
 */
export async function loadData(owner) {
  await owner.query('BEGIN');
  await owner.query('SET LOCAL session_replication_role = replica');
  await owner.query(NUMBERED);
  for (const statement of [PARTIES, AGREEMENT_ROWS, CHILD_ROWS, REVISIONS]) await owner.query(statement);
  const { steward, funders, grantees } = keys();
  const all = [steward, ...funders, ...grantees];
  const column = (of) => all.map(of);
  await owner.query(
    `INSERT INTO api_keys (id, secret_digest, role, organization_id, lineage_id, label, created_at)
     SELECT k.id, k.digest, k.role,
       CASE k.role WHEN 'FUNDER' THEN pg_temp.funder(k.number) WHEN 'GRANTEE' THEN pg_temp.grantee(k.number) END,
       k.id, 'bench', now()
     FROM unnest($1::uuid[], $2::bytea[], $3::text[], $4::int[]) AS k (id, digest, role, number)`,
    [
      column((key) => key.id),
      column((key) => createHash('sha256').update(key.secret).digest()),
      column((key) => key.role),
      column((key) => key.number),
    ],
  );
  await owner.query('COMMIT');
  await owner.query('VACUUM (ANALYZE, FREEZE)');
  for (const [name, sql] of Object.entries(CHECKS)) {
    const { rows } = await owner.query(sql);
    if (rows.length > 0) throw new Error(`The generated data are wrong: ${name}: ${JSON.stringify(rows[0])}`);
  }
}

const NUMBERED = `
  CREATE FUNCTION pg_temp.id_at(at timestamptz, salt text) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || substr(md5(salt), 1, 3)
      || '8' || substr(md5(salt), 4, 15))::uuid $$;
  CREATE FUNCTION pg_temp.funder(number int) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT pg_temp.id_at('2023-01-01Z'::timestamptz + number * interval '1 minute', 'funder ' || number) $$;
  CREATE FUNCTION pg_temp.grantee(number int) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT pg_temp.id_at('2023-02-01Z'::timestamptz + number * interval '1 minute', 'grantee ' || number) $$;
`;

const PARTIES = `
  CREATE TEMP TABLE parties ON COMMIT DROP AS
    SELECT pg_temp.funder(n) AS id, true AS funds, n,
      (ARRAY['Riverstone', 'Lantern', 'Northern Light', 'Banyan', 'Open Meadow', 'Halloran', 'Green Delta', 'Three Bridges', 'Salt Road', 'Evergreen'])[1 + n % 10]
        || (ARRAY[' Fund', ' Trust', ' Foundation', ' Endowment'])[1 + n % 4] || ' ' || (n + 1) AS name,
      true AS listed, 'GB' AS country, 'Europe/London' AS zone, 'en' AS locale
    FROM generate_series(0, ${FUNDERS - 1}) AS n
    UNION ALL
    SELECT pg_temp.grantee(n), false, n,
      (ARRAY['Hội Phụ nữ', 'Nhóm Tự lực', 'Quỹ Học bổng', 'Youth Circle', 'Women''s Cooperative', 'Neighbors of', 'Trung tâm', 'Community Kitchen'])[1 + n % 8]
        || (ARRAY[' Sông Hậu', ' Cần Thơ', ' Mai Châu', ' of the Lower Valley', ' Đồng Tháp', ' Harbor East', ' Sa Pa', ' of the Old Mill', ' Trà Vinh'])[1 + n % 9] || ' ' || (n + 1),
      n % 10 <> 0, 'VN', 'Asia/Ho_Chi_Minh', 'vi'
    FROM generate_series(0, ${GRANTEES - 1}) AS n;
  INSERT INTO organizations (id, name, country, locale, time_zone, is_listed, created_at, updated_at)
    SELECT id, name, country, locale, zone, listed, '2023-01-01Z', '2023-01-01Z' FROM parties ORDER BY id;
  INSERT INTO funders (organization_id, mission, name, is_listed, updated_at)
    SELECT id, 'Long, unrestricted support for those who know the place.', name, listed, '2023-01-01Z' FROM parties WHERE funds ORDER BY id;
  INSERT INTO grantees (organization_id, legal_form, place, name, is_listed, updated_at)
    SELECT id, CASE WHEN listed THEN 'REGISTERED' ELSE 'INFORMAL_GROUP' END, 'Mekong', name, listed, '2023-01-01Z' FROM parties WHERE NOT funds ORDER BY id;
`;

/** One every quarter of an hour up to now. Of ten, one is offered, one completed, the others active. */
const AGREEMENT_ROWS = `
  CREATE TEMP TABLE made ON COMMIT DROP AS
    SELECT n, pg_temp.id_at(at, 'agreement ' || n) AS id, pg_temp.funder((n / ${GRANTEES} + n) % ${FUNDERS}) AS funder_id,
      pg_temp.grantee(n * 7919 % ${GRANTEES}) AS grantee_id, at, at::date + 30 AS starts_on,
      CASE (n / ${GRANTEES} * 3 + n / 100) % 10 WHEN 0 THEN 'OFFERED' WHEN 1 THEN 'COMPLETED' ELSE 'ACTIVE' END AS state,
      (ARRAY['USD', 'VND', 'GBP', 'EUR'])[1 + n % 4] AS currency,
      (1 + n % 40) * (CASE WHEN n % 4 = 1 THEN 25000000 ELSE 250000 END)::bigint AS part, NULL::date AS next_due_on
    FROM (SELECT n, date_trunc('day', now()) - (${AGREEMENTS} - n) * interval '15 minutes' AS at
      FROM generate_series(0, ${AGREEMENTS - 1}) AS n) AS s;
  UPDATE made SET next_due_on = CASE WHEN starts_on < current_date THEN (starts_on + interval '1 year')::date ELSE starts_on END
    WHERE state = 'ACTIVE';
  INSERT INTO agreements (id, funder_id, grantee_id, offered_to, state, origin, restriction, committed_minor, currency,
      starts_on, ends_on, notice_days, response_days, lobbying_clause, time_zone, revision, offered_at,
      accepted_by_name, accepted_by_title, accepted_digest, accepted_at, ended_at, grantee_country, next_due_on, late_from,
      version, created_at, updated_at)
    SELECT id, funder_id, grantee_id, grantee_id, state, 'LIVE', 'UNRESTRICTED', 3 * part, currency,
      starts_on, (starts_on + interval '3 years')::date - 1, 365, 30, 'NONE',
      CASE WHEN state <> 'OFFERED' THEN 'Asia/Ho_Chi_Minh' END, 1, at,
      CASE WHEN state <> 'OFFERED' THEN 'Trần Thị Mai' END, CASE WHEN state <> 'OFFERED' THEN 'Chair' END,
      CASE WHEN state <> 'OFFERED' THEN sha256('agreed') END, CASE WHEN state <> 'OFFERED' THEN at END,
      CASE WHEN state = 'COMPLETED' THEN at END, 'VN', next_due_on,
      (next_due_on + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh', 2, at, at
    FROM made ORDER BY n;
  INSERT INTO acquaintances (viewer_id, known_id)
    SELECT DISTINCT funder_id, grantee_id FROM made UNION SELECT DISTINCT grantee_id, funder_id FROM made;
`;

/** Three yearly parts: what was due has been paid, the first of it confirmed. A report is expected at the end. */
const CHILD_ROWS = `
  CREATE TEMP TABLE parts ON COMMIT DROP AS
    SELECT m.*, k AS number, pg_temp.id_at(m.at, 'installment ' || m.n || ' ' || k) AS part_id,
      (m.starts_on + (k - 1) * interval '1 year')::date AS due_on,
      CASE WHEN m.state = 'COMPLETED' OR (m.state = 'ACTIVE' AND k = 1 AND m.starts_on < current_date) THEN 'RECEIVED'
        WHEN m.state = 'ACTIVE' AND k = 2 AND m.starts_on + 365 < current_date THEN 'SENT' ELSE 'SCHEDULED' END AS part_state
    FROM made m CROSS JOIN generate_series(1, 3) AS k;
  INSERT INTO installments (id, agreement_id, funder_id, grantee_id, offered_to, number, due_on, amount_minor, currency, state, late_at, late_from, received_on)
    SELECT part_id, id, funder_id, grantee_id, grantee_id, number, due_on, part, currency, part_state,
      CASE WHEN state <> 'OFFERED' THEN (due_on + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh' END,
      CASE WHEN state <> 'OFFERED' AND part_state <> 'RECEIVED' THEN (due_on + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh' END,
      CASE WHEN part_state = 'RECEIVED' THEN least(due_on, current_date) END
    FROM parts ORDER BY n, number;
  INSERT INTO disbursements (id, agreement_id, funder_id, grantee_id, offered_to, installment_id, state, sent_on,
      amount_minor, currency, received_on, received_minor, received_currency, created_at, updated_at)
    SELECT pg_temp.id_at(at, 'disbursement ' || n || ' ' || number), id, funder_id, grantee_id, grantee_id, part_id, part_state,
      least(due_on, current_date), part, currency,
      CASE WHEN part_state = 'RECEIVED' THEN least(due_on, current_date) END,
      CASE WHEN part_state = 'RECEIVED' THEN part END, CASE WHEN part_state = 'RECEIVED' THEN currency END, at, at
    FROM parts WHERE part_state IN ('SENT', 'RECEIVED') ORDER BY n, number;
  INSERT INTO disbursement_receipts (disbursement_id, number, agreement_id, funder_id, grantee_id, offered_to, received_on, received_minor, received_currency, told_at)
    SELECT d.id, 1, m.id, m.funder_id, m.grantee_id, m.grantee_id, d.received_on, d.received_minor, d.received_currency, d.updated_at
    FROM made m JOIN disbursements d ON d.agreement_id = m.id AND d.state = 'RECEIVED';
  INSERT INTO reporting_expectations (id, agreement_id, funder_id, grantee_id, offered_to, due_on, expected_on, overdue_at)
    SELECT pg_temp.id_at(at, 'expectation ' || n), id, funder_id, grantee_id, grantee_id, (starts_on + interval '3 years')::date,
      (starts_on + interval '3 years')::date,
      ((starts_on + interval '3 years')::date + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
    FROM made WHERE state = 'ACTIVE' ORDER BY n;
`;

const REVISIONS = `
  INSERT INTO agreement_revisions (agreement_id, funder_id, grantee_id, offered_to, number, terms, created_at, offered_at, accepted_at, accepted_text)
    SELECT m.id, m.funder_id, m.grantee_id, m.grantee_id, 1, jsonb_build_object('restriction', 'UNRESTRICTED',
        'committedMinor', (3 * m.part)::text, 'currency', m.currency, 'awardedOn', null, 'startsOn', m.starts_on,
        'endsOn', (m.starts_on + interval '3 years')::date - 1, 'installments', p.installments, 'expectations', '[]'::jsonb,
        'noticeDays', 365, 'responseDays', 30, 'lobbyingClause', 'NONE', 'lobbyingReason', null, 'note', null),
      m.at, m.at, CASE WHEN m.state <> 'OFFERED' THEN m.at END, CASE WHEN m.state <> 'OFFERED' THEN 'agreed' END
    FROM made m JOIN (SELECT id, jsonb_agg(jsonb_build_object('dueOn', due_on, 'amountMinor', part::text) ORDER BY number) AS installments
      FROM parts GROUP BY id) AS p USING (id) ORDER BY m.n;
`;

/** What deferred triggers and foreign keys would have said. Each answers the rows that break it. */
const CHECKS = {
  'installments sum to the commitment': `SELECT a.id FROM agreements a LEFT JOIN installments i ON i.agreement_id = a.id
    GROUP BY a.id HAVING a.committed_minor IS DISTINCT FROM sum(i.amount_minor)`,
  'disbursements stay within it': `SELECT a.id FROM agreements a JOIN disbursements d ON d.agreement_id = a.id
    GROUP BY a.id HAVING sum(d.amount_minor) > a.committed_minor`,
  'parties exist': `SELECT a.id FROM agreements a LEFT JOIN funders f ON f.organization_id = a.funder_id
    LEFT JOIN grantees g ON g.organization_id = a.grantee_id WHERE f.organization_id IS NULL OR g.organization_id IS NULL`,
  'child rows carry the parties': `SELECT i.id FROM installments i LEFT JOIN agreements a
    ON (a.id, a.funder_id, a.grantee_id) = (i.agreement_id, i.funder_id, i.grantee_id) WHERE a.id IS NULL`,
  'lists know the next day that is due': `SELECT a.id FROM agreements a LEFT JOIN installments i
    ON i.agreement_id = a.id AND i.late_at IS NOT NULL AND i.state IN ('SCHEDULED', 'SENT')
    GROUP BY a.id HAVING (a.next_due_on, a.late_from) IS DISTINCT FROM (min(i.due_on), min(i.late_from))`,
  'as many as promised': `SELECT count(*) FROM agreements HAVING count(*) <> ${AGREEMENTS}`,
};
