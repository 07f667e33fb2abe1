import type { HistoryTampering } from './tampering-names.js';
import { ACTIVE, DIGEST, NUMBERS, OWN_WORDS, REVOKED, ROWS, TEXT, TOLD } from './tampering-names.js';

const first = (table: string, where = 'true'): string =>
  `ctid = (SELECT ctid FROM ${table} WHERE ${where} ORDER BY 1 LIMIT 1)`;
/** A thing is done to one row of a table: its digest is another, or its digest is gone. */
const row = (did: string, table: string, set: string, where?: string, ...also: string[]): HistoryTampering => ({
  did,
  sql: `UPDATE ${table} SET ${set} WHERE ${first(table, where)}`,
  noticedBy: [ROWS, ...also],
});

const AGREEMENTS: readonly HistoryTampering[] = [
  {
    did: 'the agreed text is another',
    sql: `UPDATE agreement_revisions SET accepted_text = replace(accepted_text, '300.50', '300.00') WHERE agreement_id = ${ACTIVE} AND accepted_text IS NOT NULL`,
    noticedBy: [ROWS, DIGEST, TEXT],
  },
  {
    did: 'the agreed text and its digest are others',
    sql: `UPDATE agreement_revisions SET accepted_text = 'We agreed to nothing.' WHERE agreement_id = ${ACTIVE} AND accepted_text IS NOT NULL;
      UPDATE agreements SET accepted_digest = sha256(convert_to('We agreed to nothing.', 'UTF8')) WHERE id = ${ACTIVE}`,
    noticedBy: [ROWS, TEXT],
  },
  {
    did: 'the agreed terms are others',
    sql: `UPDATE agreement_revisions SET terms = jsonb_set(terms, '{noticeDays}', '1') WHERE agreement_id = ${ACTIVE} AND number = 1`,
    noticedBy: [ROWS, TEXT],
  },
  row('somebody else accepted', 'agreements', `accepted_by_name = 'Nobody'`, `id = ${ACTIVE}`),
  row('it was accepted earlier', 'agreements', `accepted_at = accepted_at - interval '1 day'`, `id = ${ACTIVE}`),
  row('the notice owed is shorter', 'agreements', 'notice_days = 1', `id = ${ACTIVE}`),
  {
    did: 'a cent goes from one installment to the other',
    sql: `UPDATE installments SET amount_minor = amount_minor + CASE number WHEN 1 THEN -1 ELSE 1 END WHERE agreement_id = ${ACTIVE}`,
    noticedBy: [ROWS],
  },
  row(
    'an installment was due later',
    'installments',
    `due_on = due_on + 1, late_at = late_at + interval '1 day', late_from = late_from + interval '1 day'`,
    `agreement_id = ${ACTIVE} AND number = 1`,
  ),
  {
    did: 'a payment was received earlier',
    sql: `UPDATE disbursement_receipts SET received_on = received_on - 1; UPDATE disbursements SET received_on = received_on - 1 WHERE received_on IS NOT NULL`,
    noticedBy: [ROWS],
  },
  row('a payment was sent earlier', 'disbursements', 'sent_on = sent_on - 7'),
  {
    did: 'the grantee said that more arrived',
    sql: `UPDATE disbursement_receipts SET received_minor = received_minor + 1; UPDATE disbursements SET received_minor = received_minor + 1 WHERE received_minor IS NOT NULL`,
    noticedBy: [ROWS],
  },
  row('money went back for another reason', 'repayments', `reason = 'We asked for it.'`),
  row('a day that was missed is another', 'past_due_days', 'due_on = due_on + 1'),
  row('a hold was placed earlier', 'legal_holds', 'placed_on = placed_on - 30'),
  row('a hold has another basis', 'legal_holds', `legal_basis = 'None.'`),
  row(
    'a report was moved without being moved',
    'reporting_expectations',
    'moved_to = due_on + 30, expected_on = due_on + 30',
  ),
  row('an amendment was proposed with other words', 'amendments', `message = 'You wanted this.'`),
  row('an amendment was proposed earlier', 'amendments', `proposed_at = proposed_at - interval '90 days'`),
  row(
    'a dissolution was announced earlier',
    'dissolutions',
    'announced_on = announced_on - 60, earliest_on = earliest_on - 60',
  ),
  {
    did: 'an imported grant says another amount',
    sql: `UPDATE agreements SET committed_minor = committed_minor + 1 WHERE origin = 'IMPORTED'`,
    noticedBy: [ROWS],
  },
  {
    did: 'an agreement is there that nobody drafted',
    sql: `INSERT INTO agreements SELECT (jsonb_populate_record(a, jsonb_build_object('id', gen_random_uuid()))).* FROM agreements a WHERE a.state = 'DRAFT' LIMIT 1`,
    noticedBy: [TOLD],
  },
  {
    did: 'a draft is gone',
    sql: `DELETE FROM agreements WHERE state = 'DRAFT'`,
    noticedBy: [ROWS],
  },
];

const REPORTS: readonly HistoryTampering[] = [
  row('a report says something else', 'narrative_reports', 'minutes_spent = 1', `state = 'SUBMITTED'`),
  row(
    'a version of a report says something else',
    'narrative_report_versions',
    `content = content || '{"minutesSpent": 1}'`,
  ),
  {
    did: 'a version is there that nobody wrote',
    sql: `INSERT INTO narrative_report_versions SELECT v.report_id, v.number + 1, v.organization_id, v.content, v.submitted_at
      FROM narrative_report_versions v WHERE v.number = 1 LIMIT 1`,
    noticedBy: [TOLD],
  },
  row('the copy of a share says something else', 'report_shares', `content = content || '{"minutesSpent": 1}'`),
  row(
    'an answer was owed later',
    'report_shares',
    `respond_by = respond_by + 30, respond_by_at = respond_by_at + interval '30 days'`,
  ),
  row('a funder answered something else', 'report_responses', `text = 'We learned nothing at all.'`),
  row('a funder answered earlier', 'report_responses', `responded_at = responded_at - interval '30 days'`),
  row('a grantee replied something else', 'report_replies', `text = 'Thank you, thank you.'`),
  row('it did not help', 'report_ratings', 'helped = NOT helped'),
  row('an attached file is another', 'report_attachments', 'sha256 = sha256(sha256)'),
  row('the copy of a file is another', 'report_share_attachments', 'sha256 = sha256(sha256)'),
  row(
    'notes of a conversation say something else',
    'conversation_note_versions',
    `content = content || '{"minutes": 1}'`,
  ),
];

const OBSTACLES: readonly HistoryTampering[] = [
  row(
    'a shared obstacle says something else',
    'obstacles.shared',
    `text = 'All is well.'`,
    `state = 'OPEN'`,
    OWN_WORDS,
  ),
  {
    did: 'a shared obstacle and its entry say something else',
    sql: `UPDATE obstacles.shared SET text = 'All is well.' WHERE text IS NOT NULL; UPDATE obstacles.entries SET text = 'All is well.' WHERE tier = 'SHARED'`,
    noticedBy: [ROWS],
  },
  row('an answer to an obstacle was owed later', 'obstacles.shared', 'respond_by = respond_by + 30'),
  {
    did: 'a funder answered an obstacle that it never answered',
    sql: `UPDATE obstacles.shared SET state = 'ANSWERED', answer = 'We pay on time now.', answered_at = shared_at, acknowledged_at = shared_at`,
    noticedBy: [ROWS],
  },
  {
    did: 'an entry that only its owner reads says something else',
    sql: `UPDATE obstacles.entries SET text = 'All is well.' WHERE tier <> 'SHARED'`,
    noticedBy: [],
  },
  {
    did: "an event of an owner's own is gone",
    sql: `DELETE FROM obstacles.events WHERE id = (SELECT v.id FROM obstacles.events v WHERE v.reader_id = v.organization_id ORDER BY v.seq DESC LIMIT 1)`,
    noticedBy: [NUMBERS],
  },
  row('a funder published another change', 'practice_changes', `we_did = 'Nothing.'`),
  {
    did: 'a change that was taken back is public again',
    sql: 'UPDATE practice_changes SET retracted_at = NULL',
    noticedBy: [ROWS],
  },
  row('a published figure is another', 'statistics.cells', 'value = value + 1'),
  row('a view has spent less', 'statistics.ledger', 'epsilon = 1'),
  row('a release was sealed with less noise', 'statistics.releases', 'epsilon_category = 1'),
];

const OTHERS: readonly HistoryTampering[] = [
  row(
    'the steward is another organization',
    'network',
    'steward_organization_id = (SELECT id FROM organizations ORDER BY id LIMIT 1)',
  ),
  row('an organization has another name', 'organizations', `name = 'Another'`),
  row('a key is of another line', 'api_keys', 'lineage_id = gen_random_uuid()', `label = 'told of'`),
  row('a key has another secret', 'api_keys', 'secret_digest = sha256(secret_digest)', `label = 'told of'`),
  {
    did: 'a revoked key is good again',
    sql: `UPDATE api_keys SET revoked_at = NULL WHERE label = 'told of'`,
    noticedBy: [REVOKED],
  },
  {
    did: 'the same call is answered with something else',
    sql: `UPDATE idempotency_outcomes SET entity_id = gen_random_uuid()`,
    noticedBy: [],
  },
  {
    did: 'a contact is another person',
    sql: `UPDATE organization_contacts SET person = 'Another', email = 'another@example.org'`,
    noticedBy: [],
  },
];

/** Rows are changed, and the events that speak of them are left. */
export const ROW_TAMPERING: readonly HistoryTampering[] = [...AGREEMENTS, ...REPORTS, ...OBSTACLES, ...OTHERS];
