import { HEIR, KEYS } from './tampering-keys.js';
import { ORGANIZATIONS } from './tampering-organizations.js';
import type { Tampering } from './tampering-statements.js';
import { again, one, without } from './tampering-statements.js';

const ACTIVE = `(SELECT id FROM agreements WHERE state = 'ACTIVE' AND fiscal_sponsor_id IS NULL ORDER BY id LIMIT 1)`;
const SPONSORED = `(SELECT id FROM agreements WHERE state = 'ACTIVE' AND fiscal_sponsor_id IS NOT NULL LIMIT 1)`;
const SHOWN = 'an agreement shows its earliest installment and the country of its grantee';
const COVERED = 'an installment is received when confirmed payments cover it';
const SPONSOR_OF_TERMS = 'a sponsored project has the sponsor that its terms name';
const SPONSOR_OF_ROWS = 'the sponsor of an agreement and of its rows is the same';
const RELEASED = 'a released agreement ended by consent or by a dissolution after its notice';
const ANSWERED = 'a share is answered by its answer';
const SEARCHED = 'what is searched is what is shown';
const ONE_SHARE =
  'a live share is the only one of its version and agreement, and the only one of its report that is awaited';
const NOTES = 'notes of a conversation have their newest text, and a report that tells of one when they are confirmed';
const ATTACHED = 'an attachment belongs to versions that there are';
const COPIED = 'a share has the visible attachments of its version';
const LOGGED = 'a fact that was logged names an entry of its owner, and one for statistics alone to its lineage alone';
const CLOSED = 'an organization that the network or a steward’s key names is closed to the steward';
const READ = 'no confidential entry that the steward reads concerns an organization of the steward';
const SPENT = 'a release has figures for exactly what it spent';

const MONEY: readonly Tampering[] = [
  {
    did: 'an installment is worth a cent more',
    sql: `UPDATE installments SET amount_minor = amount_minor + 1 WHERE ${one('installments', `agreement_id = ${ACTIVE} AND number = 2`)}`,
    breaks: ['installments sum to what is committed'],
  },
  {
    did: 'a payment is more than was ever promised',
    sql: `UPDATE disbursements SET amount_minor = 30051 + repaid_minor WHERE agreement_id = ${ACTIVE}`,
    breaks: ['payments stay within what is committed', COVERED],
  },
  {
    did: 'an installment is called received that nobody confirmed',
    sql: `UPDATE installments SET state = 'RECEIVED', received_on = '2027-01-01' WHERE ${one('installments', `agreement_id = ${ACTIVE} AND number = 2`)}`,
    breaks: [COVERED],
  },
  {
    did: 'a payment says that more arrived',
    sql: `UPDATE disbursements SET received_minor = received_minor + 1 WHERE ${one('disbursements', `state = 'RECEIVED'`)}`,
    breaks: ['a received payment says what its last receipt says'],
  },
  {
    did: 'a repayment is forgotten',
    sql: `DELETE FROM repayments WHERE ${one('repayments', 'true')}`,
    breaks: ['what went back from a payment is the sum of its repayments'],
  },
  {
    did: 'an installment is held twice',
    sql: `DROP INDEX legal_holds_one_open; ${again('legal_holds', one('legal_holds', 'lifted_at IS NULL'), `'{}'`)}`,
    breaks: ['an installment has at most one open hold'],
  },
  {
    did: 'a hold is gone, and its installment waits all the same',
    sql: 'DELETE FROM legal_holds WHERE lifted_at IS NULL',
    breaks: ['an installment that nothing excuses is late from the end of its day'],
  },
  {
    did: 'what is held is late all the same',
    sql: `UPDATE installments SET late_from = late_at WHERE id = (SELECT installment_id FROM legal_holds WHERE agreement_id = ${ACTIVE})`,
    breaks: ['nothing is late under an open hold'],
  },
  {
    did: 'an agreement shows another next day',
    sql: `UPDATE agreements SET next_due_on = next_due_on + 1 WHERE id = ${ACTIVE}`,
    breaks: [SHOWN],
  },
  {
    did: 'a grantee moves, and its agreements do not notice',
    sql: `UPDATE agreements SET grantee_country = 'LA' WHERE id = ${ACTIVE}`,
    breaks: [SHOWN],
  },
];

const AGREEMENTS: readonly Tampering[] = [
  {
    did: 'an agreement is called complete before all has come',
    sql: `UPDATE agreements SET state = 'COMPLETED' WHERE id = ${ACTIVE}`,
    breaks: ['a completed agreement has nothing left'],
  },
  {
    did: 'an installment belongs to another funder',
    sql: `UPDATE installments SET funder_id = grantee_id WHERE ${one('installments', `agreement_id = ${ACTIVE}`)}`,
    breaks: ['parties of an agreement and its rows are the same'],
  },
  ...[
    'installments',
    'disbursements',
    'legal_holds',
    'repayments',
    'past_due_days',
    'disbursement_receipts',
    'reporting_expectations',
    'amendments',
    'report_shares',
    'agreement_revisions',
  ].map((table): Tampering => ({
    did: `rows of ${table} are closed to the sponsor`,
    sql: `UPDATE ${table} SET fiscal_sponsor_id = NULL WHERE agreement_id = ${SPONSORED}`,
    breaks: [SPONSOR_OF_ROWS],
  })),
  {
    did: 'a sponsored project is called unrestricted',
    sql: `${without('agreements', 'agreements_sponsored_project')}
      UPDATE agreements SET restriction = 'UNRESTRICTED' WHERE id = ${SPONSORED}`,
    breaks: [SPONSOR_OF_TERMS],
  },
  {
    did: 'a group is its own sponsor',
    sql: `${without('agreements', 'agreements_sponsor_apart')}
      UPDATE agreements SET fiscal_sponsor_id = grantee_id WHERE id = ${SPONSORED}`,
    breaks: ['a sponsor is apart from both parties', SPONSOR_OF_ROWS, SPONSOR_OF_TERMS],
  },
  {
    did: 'the group alone accepted a sponsored project',
    sql: `${without('agreements', 'agreements_sponsor_accepted')}
      UPDATE agreements SET sponsor_accepted_by_name = NULL WHERE id = ${SPONSORED}`,
    breaks: ['a sponsored project was accepted by group and sponsor'],
  },
  {
    did: 'another sponsor took over without a word of its own',
    sql: `${without('amendments', 'amendments_consent')}
      UPDATE amendments SET agreed_by = array_remove(agreed_by, 'NEW_SPONSOR') WHERE kind = 'CHANGE_SPONSOR' AND state = 'ACCEPTED'`,
    breaks: ['an amendment is accepted by all whose consent it takes'],
  },
  {
    did: 'an agreement forgets the day of what was agreed for later',
    sql: `UPDATE agreements SET amends_at = '2031-01-01' WHERE id = ${ACTIVE}`,
    breaks: ['an agreement that goes on knows when the first amendment that waits takes effect'],
  },
  {
    did: 'nobody knows any more which sponsor was shown a revision',
    sql: `UPDATE agreement_revisions SET shown_to_sponsor_id = NULL WHERE agreement_id = ${SPONSORED} AND number = 1`,
    breaks: ['a revision that a sponsor was shown keeps its name'],
  },
  {
    did: 'an agreement is over without a reason',
    sql: `UPDATE agreements SET state = 'RELEASED' WHERE id = ${ACTIVE}`,
    breaks: [RELEASED],
  },
  {
    did: 'an agreement ended 59 days after the notice',
    sql: `${without('dissolutions', 'dissolutions_recorded')}
      UPDATE dissolutions SET state = 'RECORDED', decided_at = announced_at, recorded_on = announced_on + 59 WHERE agreement_id = ${ACTIVE};
      UPDATE agreements SET state = 'RELEASED' WHERE id = ${ACTIVE}`,
    breaks: [RELEASED],
  },
  {
    did: 'a draft was offered',
    sql: `UPDATE agreements SET offered_at = created_at WHERE ${one('agreements', `state = 'DRAFT'`)}`,
    breaks: ['a draft was never shown to the grantee'],
  },
  {
    did: 'nobody knows which text was accepted',
    sql: `UPDATE agreement_revisions SET accepted_at = NULL WHERE agreement_id = ${ACTIVE}`,
    breaks: ['an accepted agreement says who accepted which text'],
  },
];

const REPORTS: readonly Tampering[] = [
  {
    did: 'a share does not know what it met',
    sql: 'UPDATE report_shares SET expectation_id = NULL WHERE expectation_id IS NOT NULL',
    breaks: ['a report met by a share belongs to its agreement'],
  },
  {
    did: 'what was submitted is not kept',
    sql: `DELETE FROM narrative_report_versions WHERE number = 1`,
    breaks: ['a submitted report has its version kept'],
  },
  {
    did: 'an answered share is awaited again',
    sql: `UPDATE report_shares SET state = 'AWAITING_RESPONSE' WHERE state = 'ANSWERED'`,
    breaks: [ANSWERED],
  },
  { did: 'an answer is gone', sql: 'DELETE FROM report_responses', breaks: [ANSWERED] },
  {
    did: 'a share is found by words that it does not show',
    sql: `UPDATE report_shares SET words = to_tsvector('simple', 'hidden')`,
    breaks: [SEARCHED],
  },
  {
    did: 'a report is not found by its words',
    sql: `UPDATE narrative_reports SET words = NULL WHERE ${one('narrative_reports', "sections <> '[]'")}`,
    breaks: [SEARCHED],
  },
  {
    did: 'a version is shared twice',
    sql: `DROP INDEX report_shares_one_of_version, report_shares_one_awaited; ${again('report_shares', one('report_shares', `state = 'ANSWERED'`), `'{"state": "AWAITING_RESPONSE"}'`)}`,
    breaks: [ONE_SHARE],
  },
  {
    did: 'two versions of a report await an answer',
    sql: `DROP INDEX report_shares_one_awaited; ${again('report_shares', one('report_shares', `state = 'AWAITING_RESPONSE'`), `'{"report_version": 2}'`)}`,
    breaks: [ONE_SHARE, COPIED],
  },
  { did: 'a text of notes is gone', sql: 'DELETE FROM conversation_note_versions', breaks: [NOTES] },
  {
    did: 'notes were confirmed by a report of something else',
    sql: `UPDATE conversation_notes n SET confirmed_at = n.drafted_at, report_id =
      (SELECT r.id FROM narrative_reports r WHERE r.organization_id = n.grantee_id AND r.format = 'WRITTEN' AND r.state = 'SUBMITTED')`,
    breaks: [NOTES],
  },
  {
    did: 'a file was attached to a version that never was',
    sql: `UPDATE report_attachments SET added_in = 2 WHERE NOT is_visible`,
    breaks: [ATTACHED],
  },
  { did: 'a share has lost its file', sql: 'DELETE FROM report_share_attachments', breaks: [COPIED] },
  {
    did: 'a hidden file is in a share',
    sql: `UPDATE report_attachments SET is_visible = false WHERE is_visible`,
    breaks: [COPIED],
  },
];

const OTHERS = `(SELECT organization_id FROM grantees WHERE organization_id <> x.organization_id ORDER BY 1 LIMIT 1)`;
const OBSTACLES: readonly Tampering[] = [
  {
    did: 'a shared obstacle is of another grantee than its entry',
    sql: `UPDATE obstacles.shared x SET organization_id = ${OTHERS}`,
    breaks: ['a shared obstacle and its entry are of one owner'],
  },
  {
    did: 'another grantee has logged the fact',
    sql: `UPDATE obstacles.handled_facts x SET organization_id = ${OTHERS} WHERE obstacle_id IS NOT NULL`,
    breaks: [LOGGED],
  },
  {
    did: 'a whole organization knows of an entry for statistics alone',
    sql: `UPDATE obstacles.handled_facts h SET obstacle_id = e.id FROM obstacles.entries e
      WHERE h.obstacle_id IS NOT NULL AND e.organization_id = h.organization_id AND e.tier = 'AGGREGATE_ONLY'`,
    breaks: [LOGGED],
  },
  {
    did: 'an entry for statistics alone is open to all keys of its organization',
    sql: `${without('obstacles.entries', 'entries_reader')} UPDATE obstacles.entries SET reader_id = organization_id WHERE tier = 'AGGREGATE_ONLY'`,
    breaks: ['an entry for statistics alone names its lineage'],
  },
  {
    did: 'a grantee has a steward’s key that nobody noted',
    sql: `UPDATE api_keys SET role = 'STEWARD' WHERE ${one('api_keys', `role = 'GRANTEE'`)}`,
    breaks: [CLOSED, HEIR],
  },
  {
    did: 'the network names a funder that nobody noted, and which is spoken of in confidence',
    sql: `UPDATE network SET steward_organization_id = (SELECT funder_id FROM obstacles.entries
      WHERE tier = 'CONFIDENTIAL' AND NOT funder_id IN (SELECT organization_id FROM steward_organizations) ORDER BY id LIMIT 1)`,
    breaks: [READ, CLOSED],
  },
  {
    did: 'it is forgotten what was the steward’s',
    sql: 'DELETE FROM steward_organizations',
    breaks: [READ, CLOSED],
  },
  {
    did: 'a year has spent too much',
    sql: `${without('statistics.ledger', 'ledger_epsilon')} UPDATE statistics.ledger SET epsilon = 1001`,
    breaks: ['statistics of a year spend at most 2.0'],
  },
  {
    did: 'a release has lost its figures',
    sql: `DELETE FROM statistics.cells WHERE period = '2026-Q2'`,
    breaks: [SPENT],
  },
  {
    did: 'what was spent is forgotten',
    sql: `DELETE FROM statistics.ledger WHERE period = '2026-Q2'`,
    breaks: [SPENT],
  },
  {
    did: 'an entry is counted in a quarter that never was',
    sql: `UPDATE obstacles.entries SET counted_in = '2020-Q1' WHERE tier = 'CONFIDENTIAL'`,
    breaks: ['an entry is counted in a quarter that is closed'],
  },
];

export const TAMPERING: readonly Tampering[] = [
  ...MONEY,
  ...AGREEMENTS,
  ...REPORTS,
  ...OBSTACLES,
  ...KEYS,
  ...ORGANIZATIONS,
];
