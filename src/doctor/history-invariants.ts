/** Tables of which no row is there without an event that tells of it. */
const TOLD = [
  'agreements',
  'disbursements',
  'repayments',
  'legal_holds',
  'amendments',
  'dissolutions',
  'narrative_reports',
  'report_shares',
  'conversation_notes',
  'obstacles.shared',
  'practice_changes',
  'statistics.releases',
];
const NETWORK = `'00000000-0000-0000-0000-000000000000'::uuid`;

/**
 * That nobody has rewritten history: what happened, what was told of it, and what it left behind agree. An owner of the
 * database can still make all of it anew from some point on; against that only a head helps that somebody else has kept.
 */
export const HISTORY_INVARIANTS: Readonly<Record<string, string>> = {
  'every sealed event is chained to the one before': `
    SELECT s.event_id FROM event_seals s JOIN events e ON e.id = s.event_id
    LEFT JOIN event_seals p ON p.position = s.position - 1
    WHERE s.hash IS DISTINCT FROM event_digest(coalesce(p.hash, ''), e, contents_digest(e.id))`,
  'positions have no gap': `
    SELECT s.event_id FROM event_seals s LEFT JOIN event_seals p ON p.position = s.position - 1
    WHERE p.position IS NULL AND s.position <> 1`,
  'times of positions never go back': `
    SELECT s.event_id FROM event_seals s JOIN event_seals p ON p.position = s.position - 1 WHERE s.sealed_at < p.sealed_at`,
  'no event is missing': `
    SELECT s.event_id FROM event_seals s LEFT JOIN events e ON e.id = s.event_id WHERE e.id IS NULL
    UNION ALL SELECT q.event_id FROM event_queue q LEFT JOIN events e ON e.id = q.event_id WHERE e.id IS NULL
    UNION ALL SELECT c.event_id FROM event_contents c LEFT JOIN events e ON e.id = c.event_id WHERE e.id IS NULL`,
  'every event is sealed or waits for it': `
    SELECT e.id FROM events e LEFT JOIN event_seals s ON s.event_id = e.id LEFT JOIN event_queue q ON q.event_id = e.id
    WHERE (s.event_id IS NULL) = (q.event_id IS NULL)`,
  'feeds say what the events say': `
    SELECT coalesce(f.event_id, x.event_id) FROM event_feed f FULL JOIN (
      SELECT DISTINCT who.reader, who.organization_id, s.position, e.id AS event_id, e.type, e.at, e.actor_role, e.actor_organization_id,
        e.subject_type, e.subject_id, e.revision,
        CASE WHEN who.reader = 'STEWARD' OR who.organization_id = e.actor_organization_id THEN e.key_id END AS key_id
      FROM event_seals s JOIN events e ON e.id = s.event_id
      CROSS JOIN LATERAL (VALUES ('FUNDER', e.funder_id), ('GRANTEE', e.grantee_id), ('GRANTEE', e.sponsor_id),
        ('FUNDER', e.organization_id), ('GRANTEE', e.organization_id), ('STEWARD', CASE WHEN e.for_steward THEN ${NETWORK} END)) AS who (reader, organization_id)
      WHERE who.organization_id IS NOT NULL) AS x
    ON (x.reader, x.organization_id, x.position) = (f.reader, f.organization_id, f.position)
    WHERE (x.event_id, x.type, x.at, x.actor_role, x.actor_organization_id, x.subject_type, x.subject_id, x.revision, x.key_id)
      IS DISTINCT FROM (f.event_id, f.type, f.at, f.actor_role, f.actor_organization_id, f.subject_type, f.subject_id, f.revision, f.key_id)`,
  'what an event last vouched for is what the rows say': `
    SELECT c.subject_id FROM (
      SELECT DISTINCT ON (kind, subject_id, part) kind, subject_id, part, salt, digest FROM event_contents
      ORDER BY kind, subject_id, part, number DESC) AS c
    WHERE c.digest IS DISTINCT FROM content_digest(c.kind, c.subject_id, c.part, c.salt)`,
  'nothing is there that no event tells of': `
    ${TOLD.map((table) => `SELECT x.id FROM ${table} x WHERE NOT EXISTS (SELECT 1 FROM events e WHERE e.subject_id = x.id)`).join(' UNION ALL ')}
    UNION ALL SELECT v.report_id FROM narrative_report_versions v JOIN narrative_reports r ON r.id = v.report_id
      WHERE v.number > coalesce(r.content_version, 0)
    UNION ALL SELECT p.id FROM past_due_days p WHERE NOT EXISTS (SELECT 1 FROM event_contents c
      WHERE c.kind = 'PAST_DUE_DAYS' AND c.subject_id = p.agreement_id)
    UNION ALL SELECT m.id FROM amendments m WHERE (m.ended_at IS NOT NULL OR m.lapsed_because IS NOT NULL) AND NOT EXISTS
      (SELECT 1 FROM event_contents c WHERE c.kind = 'AMENDMENT_END' AND c.subject_id = m.id)
    UNION ALL SELECT v.notes_id FROM conversation_note_versions v JOIN conversation_notes n ON n.id = v.notes_id WHERE v.number > n.version`,
  'a key that was revoked stays revoked': `
    SELECT k.id FROM api_keys k JOIN events e ON e.subject_id = k.id AND e.type = 'API_KEY_REVOKED' WHERE k.revoked_at IS NULL`,
  'an agreed text has the digest that was agreed to': `
    SELECT a.id FROM agreements a CROSS JOIN LATERAL (SELECT r.accepted_text FROM agreement_revisions r
      WHERE r.agreement_id = a.id AND r.accepted_at IS NOT NULL ORDER BY r.number LIMIT 1) AS r
    WHERE a.accepted_digest IS DISTINCT FROM sha256(convert_to(r.accepted_text, 'UTF8'))`,
  'a shared obstacle says what its owner logged': `
    SELECT s.id FROM obstacles.shared s JOIN obstacles.entries e ON e.id = s.id
    WHERE s.state <> 'WITHDRAWN' AND (s.code, s.other_codes, s.began_month, s.text, s.delay_days, s.cost_minor, s.cost_currency, s.hours_lost)
      IS DISTINCT FROM (e.code, e.other_codes, e.began_month, e.text, e.delay_days, e.cost_minor, e.cost_currency, e.hours_lost)`,
  'the numbers of an owner of obstacles have no gap': `
    SELECT t.reader_id FROM obstacles.streams t LEFT JOIN LATERAL (
      SELECT count(DISTINCT CASE WHEN t.reader_id = t.organization_id THEN v.seq ELSE v.sub END) AS told
      FROM obstacles.events v WHERE v.reader_id = t.reader_id) AS v ON true
    WHERE v.told <> t.last_seq`,
  'a published head lies in the history': `
    SELECT h.day FROM history_heads h LEFT JOIN event_seals s ON s.position = h.position
    WHERE s.hash IS DISTINCT FROM h.hash
      OR h.digest <> sha256(convert_to(to_char(h.day, 'YYYY-MM-DD') || ':' || h.position || ':' || encode(h.hash, 'hex'), 'UTF8'))
    UNION ALL SELECT h.day FROM history_heads h JOIN history_heads p ON p.day < h.day AND p.position > h.position`,
};
