/**
 * What must always be true, each as one query for the rows that break it. Most are also constraints; here they are
 * asked of all data at once, after faults and restores. From the rules of the domain; nothing here names a grantee.
 */
export const INVARIANTS: Readonly<Record<string, string>> = {
  'installments sum to what is committed': `
    SELECT a.id FROM agreements a LEFT JOIN installments i ON i.agreement_id = a.id AND i.state <> 'RELEASED'
    WHERE a.state IN ('OFFERED', 'CHANGES_REQUESTED', 'ACTIVE', 'COMPLETED', 'RELEASED', 'DECLINED', 'WITHDRAWN')
    GROUP BY a.id HAVING coalesce(sum(i.amount_minor), 0) <> a.committed_minor`,
  'payments stay within what is committed': `
    SELECT a.id FROM agreements a JOIN disbursements d ON d.agreement_id = a.id AND d.state IN ('SENT', 'RECEIVED') AND NOT d.is_surplus
    GROUP BY a.id HAVING sum(d.amount_minor - d.repaid_minor) > a.committed_minor`,
  'an installment is received when confirmed payments cover it': `
    SELECT i.id FROM installments i JOIN agreements a ON a.id = i.agreement_id AND a.state <> 'RELEASED'
    LEFT JOIN disbursements d ON d.installment_id = i.id AND d.state = 'RECEIVED' AND NOT d.is_surplus
    WHERE i.state <> 'RELEASED'
    GROUP BY i.id HAVING (i.state = 'RECEIVED') <> (coalesce(sum(d.amount_minor - d.repaid_minor), 0) >= i.amount_minor)`,
  'a received payment says what its last receipt says': `
    SELECT d.id FROM disbursements d LEFT JOIN LATERAL (SELECT r.received_on, r.received_minor, r.received_currency
      FROM disbursement_receipts r WHERE r.disbursement_id = d.id ORDER BY r.number DESC LIMIT 1) AS r ON true
    WHERE (d.received_on, d.received_minor, d.received_currency) IS DISTINCT FROM (r.received_on, r.received_minor, r.received_currency)`,
  'what went back from a payment is the sum of its repayments': `
    SELECT d.id FROM disbursements d LEFT JOIN repayments r ON r.disbursement_id = d.id
    GROUP BY d.id HAVING d.repaid_minor <> coalesce(sum(r.amount_minor), 0)`,
  'an installment has at most one open hold': `
    SELECT (array_agg(h.id))[1] FROM legal_holds h WHERE h.lifted_at IS NULL GROUP BY h.installment_id HAVING count(*) > 1`,
  'an installment that nothing excuses is late from the end of its day': `
    SELECT i.id FROM installments i WHERE i.late_at IS NOT NULL AND i.state IN ('SCHEDULED', 'SENT') AND i.late_from IS DISTINCT FROM i.late_at
    AND NOT EXISTS (SELECT 1 FROM legal_holds h WHERE h.installment_id = i.id)
    AND NOT EXISTS (SELECT 1 FROM repayments r WHERE r.installment_id = i.id)`,
  'nothing is late under an open hold': `
    SELECT i.id FROM installments i JOIN legal_holds h ON h.installment_id = i.id AND h.lifted_at IS NULL WHERE i.late_from IS NOT NULL`,
  'an agreement shows its earliest installment and the country of its grantee': `
    SELECT a.id FROM agreements a JOIN organizations o ON o.id = a.grantee_id
    LEFT JOIN installments i ON i.agreement_id = a.id AND i.late_at IS NOT NULL AND i.state IN ('SCHEDULED', 'SENT')
    GROUP BY a.id, o.id HAVING (a.next_due_on, a.late_from, a.grantee_country) IS DISTINCT FROM (min(i.due_on), min(i.late_from), o.country)`,
  'a completed agreement has nothing left': `
    SELECT a.id FROM agreements a JOIN installments i ON i.agreement_id = a.id AND i.state IN ('SCHEDULED', 'SENT')
    WHERE a.state = 'COMPLETED'`,
  'parties of an agreement and its rows are the same': `
    SELECT x.id FROM (
      SELECT id, agreement_id, funder_id, grantee_id, offered_to FROM installments
      UNION ALL SELECT id, agreement_id, funder_id, grantee_id, offered_to FROM disbursements
      UNION ALL SELECT id, agreement_id, funder_id, grantee_id, offered_to FROM legal_holds
      UNION ALL SELECT id, agreement_id, funder_id, grantee_id, offered_to FROM repayments
      UNION ALL SELECT id, agreement_id, funder_id, grantee_id, offered_to FROM past_due_days
      UNION ALL SELECT disbursement_id, agreement_id, funder_id, grantee_id, offered_to FROM disbursement_receipts
      UNION ALL SELECT id, agreement_id, funder_id, grantee_id, offered_to FROM reporting_expectations) AS x
    JOIN agreements a ON a.id = x.agreement_id
    WHERE (x.funder_id, x.grantee_id) <> (a.funder_id, a.grantee_id) OR x.offered_to IS DISTINCT FROM a.offered_to`,
  'the sponsor of an agreement and of its rows is the same': `
    SELECT x.id FROM (
      SELECT id, agreement_id, fiscal_sponsor_id FROM installments
      UNION ALL SELECT id, agreement_id, fiscal_sponsor_id FROM disbursements
      UNION ALL SELECT id, agreement_id, fiscal_sponsor_id FROM legal_holds
      UNION ALL SELECT id, agreement_id, fiscal_sponsor_id FROM repayments
      UNION ALL SELECT id, agreement_id, fiscal_sponsor_id FROM past_due_days
      UNION ALL SELECT disbursement_id, agreement_id, fiscal_sponsor_id FROM disbursement_receipts
      UNION ALL SELECT id, agreement_id, fiscal_sponsor_id FROM reporting_expectations
      UNION ALL SELECT id, agreement_id, fiscal_sponsor_id FROM amendments
      UNION ALL SELECT id, agreement_id, fiscal_sponsor_id FROM report_shares
      UNION ALL SELECT id, agreement_id, fiscal_sponsor_id FROM dissolutions
      UNION ALL SELECT agreement_id, agreement_id, fiscal_sponsor_id FROM agreement_revisions WHERE offered_to IS NOT NULL) AS x
    JOIN agreements a ON a.id = x.agreement_id WHERE x.fiscal_sponsor_id IS DISTINCT FROM a.fiscal_sponsor_id`,
  'a sponsored project has the sponsor that its terms name': `
    SELECT a.id FROM agreements a JOIN agreement_revisions r ON r.agreement_id = a.id AND r.number = a.revision
    WHERE a.origin = 'LIVE' AND a.offered_to IS NOT NULL AND (a.fiscal_sponsor_id::text IS DISTINCT FROM r.terms #>> '{fiscalSponsor,id}'
      OR (a.restriction = 'SPONSORED_PROJECT') <> (a.fiscal_sponsor_id IS NOT NULL))`,
  'a sponsor is apart from both parties': `
    SELECT a.id FROM agreements a WHERE a.fiscal_sponsor_id IN (a.funder_id, a.grantee_id)`,
  'a sponsored project was accepted by group and sponsor': `
    SELECT a.id FROM agreements a WHERE a.fiscal_sponsor_id IS NOT NULL AND a.state IN ('ACTIVE', 'COMPLETED', 'RELEASED')
    AND (a.accepted_by_name IS NULL OR a.sponsor_accepted_by_name IS NULL)`,
  'an amendment is accepted by all whose consent it takes': `
    SELECT m.id FROM amendments m WHERE m.state = 'ACCEPTED' AND NOT (m.agreed_by @> CASE
      WHEN m.kind = 'CHANGE_SPONSOR' THEN ARRAY['FUNDER', 'GRANTEE', 'NEW_SPONSOR']
      WHEN m.effective_on IS NULL THEN ARRAY['FUNDER']
      WHEN m.fiscal_sponsor_id IS NULL THEN ARRAY['FUNDER', 'GRANTEE']
      ELSE ARRAY['FUNDER', 'GRANTEE', 'SPONSOR'] END)`,
  'an agreement that goes on knows when the first amendment that waits takes effect': `
    SELECT a.id FROM agreements a LEFT JOIN (SELECT agreement_id, min(takes_effect_at) AS first FROM amendments
      WHERE state = 'ACCEPTED' AND revision IS NULL GROUP BY agreement_id) w ON w.agreement_id = a.id
    WHERE a.state <> 'RELEASED' AND a.amends_at IS DISTINCT FROM w.first`,
  'a revision that a sponsor was shown keeps its name': `
    SELECT r.agreement_id FROM agreement_revisions r WHERE r.offered_to IS NOT NULL
    AND r.shown_to_sponsor_id::text IS DISTINCT FROM r.terms #>> '{fiscalSponsor,id}'`,
  'a released agreement ended by consent or by a dissolution after its notice': `
    SELECT a.id FROM agreements a WHERE a.state = 'RELEASED'
    AND NOT EXISTS (SELECT 1 FROM amendments m WHERE m.agreement_id = a.id AND m.kind = 'RELEASE' AND m.revision IS NOT NULL)
    AND NOT EXISTS (SELECT 1 FROM dissolutions d WHERE d.agreement_id = a.id AND d.state = 'RECORDED' AND d.recorded_on >= d.announced_on + 60)`,
  'a draft was never shown to the grantee': `
    SELECT a.id FROM agreements a WHERE a.state = 'DRAFT' AND (a.offered_to IS NOT NULL OR a.offered_at IS NOT NULL)`,
  'an accepted agreement says who accepted which text': `
    SELECT a.id FROM agreements a WHERE a.state IN ('ACTIVE', 'COMPLETED', 'RELEASED')
    AND NOT EXISTS (SELECT 1 FROM agreement_revisions r WHERE r.agreement_id = a.id AND r.accepted_at IS NOT NULL)`,
  'a report met by a share belongs to its agreement': `
    SELECT x.id FROM reporting_expectations x JOIN report_shares s ON s.id = x.met_by_share_id
    WHERE s.agreement_id <> x.agreement_id OR s.expectation_id IS DISTINCT FROM x.id`,
  'a submitted report has its version kept': `
    SELECT r.id FROM narrative_reports r WHERE r.state = 'SUBMITTED' AND NOT EXISTS
    (SELECT 1 FROM narrative_report_versions v WHERE v.report_id = r.id AND v.number = r.content_version)`,
  'a share is answered by its answer': `
    SELECT s.id FROM report_shares s LEFT JOIN report_responses p ON p.share_id = s.id
    WHERE (s.state = 'ANSWERED') <> (p.id IS NOT NULL)`,
  'what is searched is what is shown': `
    SELECT s.id FROM report_shares s WHERE s.words IS DISTINCT FROM
      report_words(s.content -> 'sections', s.content -> 'conversation', s.content -> 'links')
    UNION ALL SELECT r.id FROM narrative_reports r WHERE r.words IS DISTINCT FROM report_words(r.sections, r.conversation, r.links)`,
  'a live share is the only one of its version and agreement, and the only one of its report that is awaited': `
    SELECT (array_agg(s.id))[1] FROM report_shares s WHERE s.unshared_at IS NULL
      GROUP BY s.report_id, s.agreement_id, s.report_version HAVING count(*) > 1
    UNION ALL SELECT (array_agg(s.id))[1] FROM report_shares s WHERE s.unshared_at IS NULL AND s.state = 'AWAITING_RESPONSE'
      GROUP BY s.report_id, s.agreement_id HAVING count(*) > 1`,
  'notes of a conversation have their newest text, and a report that tells of one when they are confirmed': `
    SELECT n.id FROM conversation_notes n WHERE NOT EXISTS
      (SELECT 1 FROM conversation_note_versions v WHERE v.notes_id = n.id AND v.number = n.version)
    UNION ALL SELECT n.id FROM conversation_notes n JOIN narrative_reports r ON r.id = n.report_id
      WHERE r.state <> 'SUBMITTED' OR NOT EXISTS (SELECT 1 FROM narrative_report_versions v
        WHERE v.report_id = r.id AND v.number = 1 AND v.content ->> 'format' = 'CONVERSATION')`,
  'an attachment belongs to versions that there are': `
    SELECT a.id FROM report_attachments a JOIN narrative_reports r ON r.id = a.report_id
    WHERE greatest(a.added_in, a.removed_in) > greatest(r.content_version, 1) OR (r.state = 'DRAFT' AND a.removed_in IS NOT NULL)`,
  'a share has the visible attachments of its version': `
    SELECT s.id FROM report_shares s
    LEFT JOIN LATERAL (SELECT array_agg(a.file_id ORDER BY a.file_id) AS files FROM report_attachments a
      WHERE a.report_id = s.report_id AND a.is_visible AND a.added_in <= s.report_version AND coalesce(a.removed_in > s.report_version, true)) AS had ON true
    LEFT JOIN LATERAL (SELECT array_agg(c.file_id ORDER BY c.file_id) AS files FROM report_share_attachments c WHERE c.share_id = s.id) AS has ON true
    WHERE had.files IS DISTINCT FROM has.files`,
  'a shared obstacle and its entry are of one owner': `
    SELECT s.id FROM obstacles.shared s LEFT JOIN obstacles.entries e ON e.id = s.id
    WHERE e.id IS NULL OR e.tier <> 'SHARED' OR e.organization_id <> s.organization_id`,
  'a fact that was logged names an entry of its owner, and one for statistics alone to its lineage alone': `
    SELECT h.fact_id AS id FROM obstacles.handled_facts h JOIN obstacles.entries e ON e.id = h.obstacle_id
    WHERE e.organization_id <> h.organization_id OR e.code <> h.code OR (e.tier = 'AGGREGATE_ONLY' AND h.reader_id <> e.reader_id)`,
  'an organization that the network or a steward’s key names is closed to the steward': `
    SELECT x.id FROM (SELECT k.organization_id AS id FROM api_keys k WHERE k.role = 'STEWARD'
      UNION SELECT n.steward_organization_id FROM network n) AS x
    WHERE x.id IS NOT NULL AND NOT x.id = ANY (closed_to_steward())`,
  'no confidential entry that the steward reads concerns an organization of the steward': `
    SELECT e.id FROM obstacles.entries e JOIN organizations c ON c.id = ANY (ARRAY[e.funder_id, e.sponsor_id])
    JOIN organizations o ON coalesce(o.merged_into, o.id) = coalesce(c.merged_into, c.id)
    WHERE e.tier = 'CONFIDENTIAL' AND NOT ARRAY[e.funder_id, e.sponsor_id] && closed_to_steward()
    AND o.id IN (SELECT k.organization_id FROM api_keys k WHERE k.role = 'STEWARD' UNION SELECT n.steward_organization_id FROM network n)`,
  'a rotated key has one heir, of its role and organization': `
    SELECT k.id FROM api_keys k LEFT JOIN api_keys h ON h.rotated_from = k.id
    WHERE (k.rotated_at IS NULL) <> (h.id IS NULL) OR h.role <> k.role
      OR (h.id IS NOT NULL AND h.organization_id IS DISTINCT FROM k.organization_id)
      OR (h.lineage_id <> k.lineage_id) <> (k.role = 'GRANTEE' AND k.issued_by_other)
    UNION ALL SELECT h.rotated_from FROM api_keys h WHERE h.rotated_from IS NOT NULL GROUP BY h.rotated_from HAVING count(*) > 1`,
  'no lineage of which somebody else saw a secret has what is for a lineage alone': `
    SELECT k.id FROM api_keys k WHERE k.role = 'GRANTEE' AND k.issued_by_other AND (
      EXISTS (SELECT 1 FROM obstacles.entries e WHERE e.reader_id = k.lineage_id)
      OR EXISTS (SELECT 1 FROM obstacles.events e WHERE e.reader_id = k.lineage_id)
      OR EXISTS (SELECT 1 FROM obstacles.handled_facts h WHERE h.reader_id = k.lineage_id))`,
  'an entry for statistics alone names its lineage': `
    SELECT e.id FROM obstacles.entries e
    WHERE (e.tier = 'AGGREGATE_ONLY') = (e.reader_id = e.organization_id)`,
  'statistics of a year spend at most 2.0': `
    SELECT l.year FROM statistics.ledger l GROUP BY l.year HAVING sum(l.epsilon) > 2000`,
  'a release has figures for exactly what it spent': `
    SELECT r.period FROM statistics.releases r
    WHERE (r.state = 'SEALED' OR EXISTS (SELECT 1 FROM statistics.cells c WHERE c.period = r.period))
    AND ARRAY(SELECT l.view FROM statistics.ledger l WHERE l.period = r.period ORDER BY 1)
      IS DISTINCT FROM ARRAY(SELECT DISTINCT c.view FROM statistics.cells c WHERE c.period = r.period ORDER BY 1)
    UNION ALL SELECT l.period FROM statistics.ledger l
    WHERE NOT EXISTS (SELECT 1 FROM statistics.releases r WHERE r.period = l.period AND r.state = 'SEALED')`,
  'an entry is counted in a quarter that is closed': `
    SELECT e.counted_in FROM obstacles.entries e WHERE e.counted_in IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM statistics.releases r WHERE r.period = e.counted_in)`,
  'a confirmed identifier has one holder, in one spelling, which is no merged record': `
    SELECT (array_agg(i.organization_id))[1] FROM organization_identifiers i
      GROUP BY upper(i.scheme), CASE WHEN i.scheme = '360G' THEN i.value ELSE upper(i.value) END HAVING count(*) > 1
    UNION ALL SELECT o.id FROM organizations o WHERE o.merged_into IS NOT NULL
      AND (EXISTS (SELECT 1 FROM organization_identifiers i WHERE i.organization_id = o.id)
        OR EXISTS (SELECT 1 FROM identifier_claims c WHERE c.organization_id = o.id))`,
  'what an organization claims is not confirmed for it already': `
    SELECT c.organization_id FROM identifier_claims c JOIN organization_identifiers i ON (i.scheme, i.value) = (c.scheme, c.value)
    WHERE i.organization_id = c.organization_id`,
  'imported history is attached to the holder of its confirmed identifier': `
    SELECT g.agreement_id FROM imported_grants g CROSS JOIN LATERAL (VALUES (g.funder_id, g.funder_scheme, g.funder_value),
      (g.grantee_id, g.grantee_scheme, g.grantee_value)) AS party (id, scheme, value)
    JOIN organizations o ON o.id = party.id
    LEFT JOIN organization_identifiers i ON (i.scheme, i.value) = (party.scheme, party.value)
    WHERE party.scheme IS NOT NULL AND i.organization_id IS DISTINCT FROM coalesce(o.merged_into, o.id)`,
  'a funder invites a group once, and a link that was claimed made a key': `
    SELECT (array_agg(i.id))[1] FROM invitations i WHERE i.group_digest IS NOT NULL GROUP BY i.funder_id, i.group_digest HAVING count(*) > 1
    UNION ALL SELECT i.id FROM invitations i WHERE i.claimed_at IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM api_keys k WHERE k.organization_id = i.grantee_id AND k.role = 'GRANTEE')`,
};
