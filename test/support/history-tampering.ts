import { ROW_TAMPERING } from './row-tampering.js';
import type { HistoryTampering } from './tampering-names.js';
import { ACTIVE, CHAIN, FEEDS, GAP, HEADS, MISSING, ROWS, TIMES, TOLD, WAITS } from './tampering-names.js';

/** An event in the middle, of a kind that many saw and that was not the last of its subject. */
const ACCEPTED = `(SELECT id FROM events WHERE type = 'AGREEMENT_ACCEPTED' AND subject_id = ${ACTIVE})`;
const LAST = (n: number): string =>
  `(SELECT event_id FROM event_seals WHERE position > (SELECT max(position) - ${n} FROM event_seals))`;
/** The chain made anew from the first event on, and all that is told of it. */
const MADE_ANEW = `
  DO $$ DECLARE s record; chain bytea := ''; BEGIN
    FOR s IN SELECT e, x.position FROM event_seals x JOIN events e ON e.id = x.event_id ORDER BY x.position LOOP
      chain := event_digest(chain, s.e, contents_digest((s.e).id));
      UPDATE event_seals SET hash = chain WHERE position = s.position;
    END LOOP; END $$;`;
const HEADS_ANEW = `
  UPDATE history_heads h SET hash = s.hash, digest = sha256(convert_to(to_char(h.day, 'YYYY-MM-DD') || ':' || h.position || ':' || encode(s.hash, 'hex'), 'UTF8'))
    FROM event_seals s WHERE s.position = h.position;`;
const FEED_TOO = `UPDATE event_feed SET at = at - interval '1 day' WHERE event_id = ${ACCEPTED};`;
const A_DAY_BEFORE = `UPDATE events SET at = at - interval '1 day' WHERE id = ${ACCEPTED};`;
const GONE = (events: string): string => `
  CREATE TEMPORARY TABLE gone ON COMMIT DROP AS SELECT id FROM events WHERE id IN ${events};
  DELETE FROM event_feed WHERE event_id IN (SELECT id FROM gone); DELETE FROM event_contents WHERE event_id IN (SELECT id FROM gone);
  DELETE FROM event_seals WHERE event_id IN (SELECT id FROM gone); DELETE FROM events WHERE id IN (SELECT id FROM gone);`;
const EVENTS: readonly HistoryTampering[] = [
  {
    did: 'an event says that something else happened',
    sql: `UPDATE events SET type = 'AGREEMENT_DECLINED' WHERE id = ${ACCEPTED}`,
    noticedBy: [CHAIN, FEEDS],
  },
  { did: 'an event happened a day earlier', sql: A_DAY_BEFORE, noticedBy: [CHAIN, FEEDS] },
  {
    did: 'an event happened a day earlier, and its feeds say so too',
    sql: FEED_TOO + A_DAY_BEFORE,
    noticedBy: [CHAIN],
  },
  {
    did: 'an event was there to read a day later than it was',
    sql: `UPDATE event_seals SET sealed_at = sealed_at + interval '1 day' WHERE event_id = ${ACCEPTED}`,
    noticedBy: [TIMES],
  },
  {
    did: 'somebody else did it',
    sql: `UPDATE events SET actor_organization_id = funder_id WHERE id = ${ACCEPTED}`,
    noticedBy: [CHAIN, FEEDS],
  },
  {
    did: 'another key did it',
    sql: `UPDATE events SET key_id = gen_random_uuid() WHERE id = (SELECT id FROM events WHERE key_id IS NOT NULL ORDER BY id LIMIT 1)`,
    noticedBy: [CHAIN, FEEDS],
  },
  {
    did: 'an event speaks of another revision',
    sql: `UPDATE events SET revision = 7 WHERE id = ${ACCEPTED}`,
    noticedBy: [CHAIN, FEEDS],
  },
  {
    did: 'the steward was never told',
    sql: `DELETE FROM event_feed WHERE reader = 'STEWARD' AND event_id = ${ACCEPTED}; UPDATE events SET for_steward = false WHERE id = ${ACCEPTED}`,
    noticedBy: [CHAIN],
  },
  {
    did: 'an event is called one from before digests',
    sql: `UPDATE events SET form = 1 WHERE id = ${ACCEPTED}`,
    noticedBy: [CHAIN],
  },
  {
    did: 'an event is deleted',
    sql: `DELETE FROM events WHERE id = ${ACCEPTED}`,
    noticedBy: [MISSING, FEEDS],
  },
  {
    did: 'an event is deleted with its place and its copies',
    sql: GONE(ACCEPTED),
    noticedBy: [CHAIN, GAP, ROWS],
  },
  {
    did: 'an event is deleted, and those after it move up',
    sql: `CREATE TEMPORARY TABLE place ON COMMIT DROP AS SELECT position FROM event_seals WHERE event_id = ${ACCEPTED};
      ${GONE(ACCEPTED)}
      UPDATE event_seals SET position = -position WHERE position > (SELECT position FROM place);
      UPDATE event_seals SET position = -position - 1 WHERE position < 0;
      UPDATE event_feed SET position = -position WHERE position > (SELECT position FROM place);
      UPDATE event_feed SET position = -position - 1 WHERE position < 0`,
    noticedBy: [CHAIN, ROWS, HEADS],
    breaksKeptHead: true,
  },
  {
    did: 'the last events are deleted, and what they changed is left',
    sql: GONE(LAST(12)),
    noticedBy: [ROWS, TOLD, HEADS],
    breaksKeptHead: true,
  },
  {
    did: 'the last event is deleted and what it changed undone, and no head is published',
    sql: `DELETE FROM history_heads; DELETE FROM practice_changes WHERE id = (SELECT subject_id FROM events WHERE id IN ${LAST(1)}); ${GONE(LAST(1))}`,
    noticedBy: [],
    breaksKeptHead: true,
  },
  {
    did: 'the end of history waits to be sealed again',
    sql: `INSERT INTO event_queue SELECT event_id FROM event_seals WHERE event_id IN ${LAST(3)};
      DELETE FROM event_feed WHERE event_id IN ${LAST(3)}; DELETE FROM event_seals WHERE event_id IN ${LAST(3)}; DELETE FROM history_heads`,
    noticedBy: [],
    breaksKeptHead: true,
  },
  {
    did: 'two events change places',
    sql: `UPDATE event_seals SET sealed_at = (SELECT max(sealed_at) FROM event_seals);
      UPDATE event_seals SET position = -position WHERE position IN (5, 6);
      UPDATE event_seals SET position = 11 + position WHERE position < 0;
      UPDATE event_feed SET position = -position WHERE position IN (5, 6);
      UPDATE event_feed SET position = 11 + position WHERE position < 0`,
    noticedBy: [CHAIN],
  },
  {
    did: 'an event is written into the past',
    sql: `INSERT INTO events SELECT (jsonb_populate_record(e, jsonb_build_object('id', gen_random_uuid(), 'at', e.at - interval '1 day'))).* FROM events e WHERE e.id = ${ACCEPTED}`,
    noticedBy: [WAITS],
  },
  {
    did: 'an event is forged and waits to be sealed as any other',
    sql: `INSERT INTO events SELECT (jsonb_populate_record(e, jsonb_build_object('id', '00000000-0000-7000-8000-000000000001'))).* FROM events e WHERE e.id = ${ACCEPTED};
      INSERT INTO event_queue VALUES ('00000000-0000-7000-8000-000000000001')`,
    noticedBy: [],
  },
  {
    did: 'an event is sealed twice',
    sql: `INSERT INTO event_queue VALUES (${ACCEPTED})`,
    noticedBy: [WAITS],
  },
  {
    did: 'a place waits for an event that never was',
    sql: `INSERT INTO event_queue VALUES (gen_random_uuid())`,
    noticedBy: [MISSING],
  },
  {
    did: 'a hash is another',
    sql: `UPDATE event_seals SET hash = sha256(hash) WHERE position = 9`,
    noticedBy: [CHAIN],
  },
  {
    did: 'an event is rewritten, with its feeds, and the chain is made anew to the end',
    sql: A_DAY_BEFORE + FEED_TOO + MADE_ANEW,
    noticedBy: [HEADS],
    breaksKeptHead: true,
  },
  {
    did: 'an event is rewritten, with its feeds, the chain and the published heads',
    sql: A_DAY_BEFORE + FEED_TOO + MADE_ANEW + HEADS_ANEW,
    noticedBy: [],
    breaksKeptHead: true,
  },
  {
    did: 'a row is rewritten, with its digest, the chain and the published heads',
    sql: `UPDATE agreements SET note = 'Another note.' WHERE id = ${ACTIVE};
      UPDATE event_contents SET digest = content_digest(kind, subject_id, part, salt)
        WHERE number = (SELECT max(number) FROM event_contents WHERE kind = 'AGREEMENT' AND subject_id = ${ACTIVE});
      ${MADE_ANEW} ${HEADS_ANEW}`,
    noticedBy: [],
    breaksKeptHead: true,
  },
  {
    did: 'a row is rewritten, and its digest with it',
    sql: `UPDATE agreements SET note = 'Another note.' WHERE id = ${ACTIVE};
      UPDATE event_contents SET digest = content_digest(kind, subject_id, part, salt)
        WHERE number = (SELECT max(number) FROM event_contents WHERE kind = 'AGREEMENT' AND subject_id = ${ACTIVE})`,
    noticedBy: [CHAIN],
  },
  {
    did: 'what an event vouched for is deleted',
    sql: `UPDATE agreements SET note = 'Another note.' WHERE id = ${ACTIVE}; DELETE FROM event_contents WHERE subject_id = ${ACTIVE}`,
    noticedBy: [CHAIN],
  },
  {
    did: 'an older event vouches last',
    sql: `ALTER TABLE event_contents ALTER COLUMN number DROP IDENTITY;
      UPDATE event_contents SET number = number + 1000000 WHERE event_id = ${ACCEPTED}`,
    noticedBy: [CHAIN, ROWS],
  },
  {
    did: 'the salt of a digest is another',
    sql: `UPDATE event_contents SET salt = gen_random_uuid() WHERE number = (SELECT max(number) FROM event_contents WHERE kind = 'SHARE')`,
    noticedBy: [ROWS],
  },
  {
    did: 'a published head is another',
    sql: 'ALTER TABLE history_heads DROP CONSTRAINT history_heads_digest; UPDATE history_heads SET digest = sha256(digest)',
    noticedBy: [HEADS],
  },
  { did: 'a published head is gone', sql: 'DELETE FROM history_heads', noticedBy: [] },
];

const COPIES: readonly HistoryTampering[] = [
  {
    did: 'a copy in a feed is another',
    sql: `UPDATE event_feed SET type = 'AGREEMENT_DECLINED' WHERE reader = 'GRANTEE' AND event_id = ${ACCEPTED}`,
    noticedBy: [FEEDS],
  },
  {
    did: 'a copy in a feed is gone',
    sql: `DELETE FROM event_feed WHERE reader = 'GRANTEE' AND event_id = ${ACCEPTED}`,
    noticedBy: [FEEDS],
  },
  {
    did: 'somebody else gets a copy',
    sql: `INSERT INTO event_feed SELECT (jsonb_populate_record(f, jsonb_build_object('organization_id', gen_random_uuid()))).* FROM event_feed f
      WHERE f.reader = 'GRANTEE' AND f.event_id = ${ACCEPTED}`,
    noticedBy: [FEEDS],
  },
  {
    did: 'the other party learns which key did it',
    sql: `UPDATE event_feed f SET key_id = e.key_id FROM events e WHERE e.id = f.event_id AND e.key_id IS NOT NULL
      AND f.reader = 'GRANTEE' AND f.organization_id <> e.actor_organization_id`,
    noticedBy: [FEEDS],
  },
];

export const HISTORY_TAMPERING: readonly HistoryTampering[] = [...EVENTS, ...COPIES, ...ROW_TAMPERING];
