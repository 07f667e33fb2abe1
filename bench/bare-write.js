/**
 * The ceiling of submitReport: one process that does nothing but send the statements of one submission, as the service
 * sends them, with `pg` on as many connections. It decides nothing, and takes no request.
 */
import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';
import { measured } from './load.js';

const FIND_KEY =
  'SELECT secret_digest, role, organization_id, organization_ids, lineage_id, expires_at, revoked_at, last_used_on FROM find_key($1)';
const CONTEXT = `SELECT set_config('role', $1, true), set_config('goodfaith.organization_ids', $2, true),
  set_config('goodfaith.lineage_id', $3, true), set_config('goodfaith.key_id', $4, true)`;
const IDLE = 'SELECT pg_try_advisory_xact_lock(7305, hashtext($1)) AS free';
const OUTCOME = `SELECT input_hash, entity_id, entity_version FROM idempotency_outcomes
  WHERE key_id = $1 AND operation = $2 AND idempotency_key = $3`;
const REPORT = `INSERT INTO narrative_reports AS r (id, organization_id, state, format, language, sections, minutes_spent,
    content_version, client_submission_id, submission_hash, submitted_at, created_at, updated_at)
  SELECT $1::uuid, $2::uuid, 'SUBMITTED', 'WRITTEN', $3::text, $4::jsonb, $5::integer, 1, $6::text, $7::bytea,
    $8::timestamptz, $8::timestamptz, $8::timestamptz
  WHERE NOT EXISTS (SELECT 1 FROM narrative_reports r WHERE r.organization_id = ANY ($9::uuid[]) AND r.client_submission_id = $6)
  ON CONFLICT (organization_id, client_submission_id) DO NOTHING RETURNING r.language`;
const VERSION = `INSERT INTO narrative_report_versions (report_id, number, organization_id, content, submitted_at)
  VALUES ($1, $2, $3, $4, $5)`;
const EVENT = `INSERT INTO events (id, type, at, actor_role, actor_organization_id, subject_type, subject_id, revision,
    funder_id, grantee_id, organization_id, for_steward)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`;
const AGREEMENT = 'SELECT a.* FROM agreements a WHERE a.id = ANY ($1) ORDER BY a.id FOR NO KEY UPDATE';
const EXPECTATION = `SELECT e.* FROM reporting_expectations e
  WHERE e.agreement_id = $1 AND e.met_by_share_id IS NULL AND e.waived_at IS NULL
  ORDER BY e.expected_on, e.id LIMIT 1 FOR NO KEY UPDATE`;
const MET = 'UPDATE reporting_expectations SET met_by_share_id = $1, version = version + 1 WHERE id = $2';
const SHARE = `INSERT INTO report_shares (id, grantee_id, funder_id, agreement_id, report_id, report_version,
    expectation_id, content, shared_at, respond_by, respond_by_at, state)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`;
const JOB = 'SELECT add_job($1, $2, $3)';
const KEEP = `INSERT INTO idempotency_outcomes (key_id, operation, idempotency_key, input_hash, entity_id, entity_version, created_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7)`;
const ANSWER = 'SELECT r.* FROM narrative_reports r WHERE r.id = ANY ($1)';

process.once('message', async ({ appUrl, connections, writers, text }) => {
  const clients = await Promise.all(
    Array.from({ length: connections }, async () => {
      const client = new pg.Client({ connectionString: appUrl, options: '-c TimeZone=UTC' });
      await client.connect();
      return client;
    }),
  );
  process.on('message', async ({ seconds }) => {
    const latencies = [];
    const began = performance.now();
    const end = began + seconds * 1000;
    await Promise.all(
      clients.map(async (client, i) => {
        for (let turn = 0; performance.now() < end; turn++) {
          const sent = performance.now();
          await submit(client, writers[i % writers.length], turn, text);
          latencies.push(performance.now() - sent);
        }
      }),
    );
    process.send(measured(latencies, (performance.now() - began) / 1000));
  });
  process.send({ port: null });
});
process.once('disconnect', () => process.exit());

const names = new Map();

async function submit(client, { keyId, agreements }, turn, text) {
  const ask = async (sql, values) => {
    if (!names.has(sql)) names.set(sql, `b${names.size}`);
    return (await client.query({ name: names.get(sql), text: sql, values })).rows;
  };
  const now = new Date();
  const submission = randomBytes(12).toString('hex');
  const [key] = await ask(FIND_KEY, [keyId]);
  const grantee = key.organization_id;
  await ask('BEGIN', []);
  await ask(CONTEXT, ['goodfaith_grantee', `{${key.organization_ids}}`, key.lineage_id, keyId]);
  const scope = [keyId, 'submitReport', submission];
  await ask(IDLE, [JSON.stringify(scope)]);
  await ask(OUTCOME, scope);
  const sections = [{ prompt: 'WHAT_HAPPENED', funderId: null, question: null, text, isVisible: true }];
  const content = {
    format: 'WRITTEN',
    language: 'vi',
    periodStart: null,
    periodEnd: null,
    minutesSpent: 25,
    peopleInvolved: null,
    sections,
  };
  const hash = createHash('sha256').update(JSON.stringify(content)).update(submission).digest();
  const report = uuidv7();
  await ask(REPORT, [report, grantee, 'vi', JSON.stringify(sections), 25, submission, hash, now, [grantee]]);
  await ask(VERSION, [report, 1, grantee, JSON.stringify(content), now]);
  await ask(EVENT, [
    uuidv7(),
    'REPORT_SUBMITTED',
    now,
    'GRANTEE',
    grantee,
    'NARRATIVE_REPORT',
    report,
    null,
    null,
    grantee,
    null,
    false,
  ]);
  const [agreement] = await ask(AGREEMENT, [[agreements[turn % agreements.length]]]);
  const [expectation] = await ask(EXPECTATION, [agreement.id]);
  const share = uuidv7();
  if (expectation) await ask(MET, [share, expectation.id]);
  const funder = agreement.funder_id;
  const due = new Date(now.getTime() + 30 * 86_400_000);
  await ask(SHARE, [
    share,
    grantee,
    funder,
    agreement.id,
    report,
    1,
    expectation?.id ?? null,
    JSON.stringify(content),
    now,
    due.toISOString().slice(0, 10),
    due,
    'AWAITING_RESPONSE',
  ]);
  await ask(EVENT, [
    uuidv7(),
    'REPORT_SHARED',
    now,
    'GRANTEE',
    grantee,
    'REPORT_SHARE',
    share,
    null,
    funder,
    grantee,
    null,
    false,
  ]);
  for (const days of [8, 1]) {
    await ask(JOB, ['remind_response_due', share, new Date(due.getTime() - days * 86_400_000)]);
  }
  await ask(KEEP, [...scope, hash, report, 1, now]);
  await ask(ANSWER, [[report]]);
  await ask('COMMIT', []);
}

function uuidv7() {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes[6] = 0x70 | (bytes[6] & 15);
  bytes[8] = 0x80 | (bytes[8] & 63);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
