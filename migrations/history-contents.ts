/**
 * What an event vouches for, as SQL that reads it from the rows: the columns that change only together with an event of
 * the same subject. What follows from others (`late_from`), what counts changes (`version`) and what is written without
 * an event (`stale_at`) is left out. Columns are named one by one, so that a new column does not change old digests.
 */
const array = (alias: string, columns: string): string =>
  `jsonb_build_array(${columns
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((column) => `${alias}.${column}`)
    .join(', ')})`;
const one = (table: string, columns: string, where: string): string =>
  `(SELECT ${array('x', columns)} FROM ${table} x WHERE ${where})`;
const many = (table: string, columns: string, where: string, order = 'x.id'): string =>
  `(SELECT jsonb_agg(${array('x', columns)} ORDER BY ${order}) FROM ${table} x WHERE ${where})`;

const FILE = 'id, file_id, name, media_type, size, sha256';
const PARTS = 'x.agreement_id = of_id';

/** By kind of content. `of_id` is what it is of, `part` the number of a revision or version, else 0. */
export const CONTENTS: Readonly<Record<string, readonly string[]>> = {
  AGREEMENT: [
    one(
      'agreements',
      `id, funder_id, grantee_id, offered_to, fiscal_sponsor_id, state, origin, restriction, committed_minor, currency,
       awarded_on, starts_on, ends_on, notice_days, response_days, lobbying_clause, lobbying_reason, note, time_zone,
       revision, changes_requested, renews_id, accepted_by_name, accepted_by_title, sponsor_accepted_by_name,
       sponsor_accepted_by_title, accepted_digest, offered_at, accepted_at, ended_at, created_at`,
      'x.id = of_id',
    ),
    many('installments', 'id, number, due_on, amount_minor, currency, state, late_at, received_on', PARTS),
    many('reporting_expectations', 'id, due_on, moved_to, waived_at, overdue_at', PARTS),
    many(
      'disbursements',
      `id, installment_id, state, sent_on, amount_minor, currency, reference, received_on, received_minor,
       received_currency, is_surplus, repaid_minor, created_at`,
      PARTS,
    ),
    many(
      'disbursement_receipts',
      'disbursement_id, number, received_on, received_minor, received_currency, reason, told_at',
      PARTS,
      'x.disbursement_id, x.number',
    ),
    many(
      'repayments',
      'id, disbursement_id, installment_id, amount_minor, currency, repaid_on, covered_from, reason, created_at',
      PARTS,
    ),
    many('legal_holds', 'id, installment_id, ground, legal_basis, placed_at, placed_on, lifted_at, lifted_on', PARTS),
    one(
      'imported_grants',
      'funder_id, grantee_id, source_id, digest, title, description, program_title, source',
      PARTS,
    ),
  ],
  REVISION: [
    one(
      'agreement_revisions',
      'number, terms, created_at, offered_at, accepted_at, accepted_text, changes_requested, agreed_names',
      'x.agreement_id = of_id AND x.number = part',
    ),
  ],
  AMENDMENT: [
    one(
      'amendments',
      `id, agreement_id, funder_id, grantee_id, kind, state, proposed_by, base_revision, change, shown, message,
       effective_on, notice_until, notice_waived, takes_effect_at, proposed_at, decided_at, agreed_by, new_sponsor_id, proposed_text`,
      'x.id = of_id',
    ),
  ],
  DISSOLUTION: [
    one(
      'dissolutions',
      `id, agreement_id, funder_id, grantee_id, ceased, legal_basis, state, announced_at, announced_on, earliest_on,
       decided_at, recorded_on`,
      'x.id = of_id',
    ),
  ],
  REPORT: [
    one(
      'narrative_reports',
      `id, organization_id, state, format, language, period_start, period_end, sections, minutes_spent, people_involved,
       content_version, client_submission_id, submission_hash, submitted_at, created_at, links, conversation`,
      'x.id = of_id',
    ),
    many('report_attachments', `${FILE}, is_visible, added_in, removed_in, created_at`, 'x.report_id = of_id'),
  ],
  REPORT_VERSION: [
    one(
      'narrative_report_versions',
      'organization_id, number, content, submitted_at',
      'x.report_id = of_id AND x.number = part',
    ),
  ],
  SHARE: [
    one(
      'report_shares',
      `id, grantee_id, funder_id, agreement_id, report_id, report_version, expectation_id, content, shared_at, respond_by,
       respond_by_at, state, unshared_at`,
      'x.id = of_id',
    ),
    many('report_share_attachments', `${FILE}, position`, 'x.share_id = of_id'),
    one('report_responses', 'id, kind, text, responded_at', 'x.share_id = of_id'),
    many('report_replies', 'number, author, text, written_at', 'x.share_id = of_id', 'x.number'),
    many('report_ratings', 'number, helped, rated_at', 'x.share_id = of_id', 'x.number'),
  ],
  NOTES: [
    one('conversation_notes', 'id, agreement_id, funder_id, grantee_id, drafted_at', 'x.id = of_id'),
    one(
      'conversation_note_versions',
      'number, written_by, content, written_at',
      'x.notes_id = of_id AND x.number = part',
    ),
  ],
  OBSTACLE: [
    one(
      'obstacles.shared',
      `id, funder_id, organization_id, agreement_id, state, code, other_codes, began_month, text, delay_days, cost_minor,
       cost_currency, hours_lost, shared_at, response_days, time_zone, respond_by, respond_by_at, acknowledged_at, answer,
       change_by, answered_at, earlier_answers, resolved_at, withdrawn_at`,
      'x.id = of_id',
    ),
  ],
  PRACTICE_CHANGE: [
    one(
      'practice_changes',
      'id, funder_id, codes, you_said, we_did, effective_month, published_at, retracted_at',
      'x.id = of_id',
    ),
  ],
  RELEASE: [
    one(
      'statistics.releases',
      'id, period, state, epsilon_category, epsilon_region, epsilon_funder, sealed_at',
      'x.id = of_id',
    ),
    many(
      'statistics.ledger',
      'period, view, year, epsilon, spent_at',
      'x.period = (SELECT r.period FROM statistics.releases r WHERE r.id = of_id)',
      'x.view',
    ),
    many(
      'statistics.cells',
      'view, place, kind, category, region, funder_id, label_en, label_vi, value',
      `x.release_id = of_id AND x.period = (SELECT r.period FROM statistics.releases r WHERE r.id = of_id)`,
      'x.view, x.place',
    ),
  ],
  NETWORK: [one('network', 'id, steward_organization_id, steward_declared_at', 'x.id = of_id')],
  ORGANIZATION: [one('organizations', 'id, name, country, registered_by', 'x.id = of_id')],
  API_KEY: [
    one(
      'api_keys',
      'id, role, organization_id, lineage_id, secret_digest, issued_by_other, rotated_from, created_at',
      'x.id = of_id',
    ),
  ],
};

/** Since migration 51: due days that were over when other terms took effect. A kind of its own, so that old digests still hold. */
export const CONTENTS_WITH_PAST_DUE_DAYS: Readonly<Record<string, readonly string[]>> = {
  ...CONTENTS,
  PAST_DUE_DAYS: [many('past_due_days', 'id, installment_id, due_on, late_at, amount_minor, until', PARTS)],
};

const of = (kind: string, part = '0'): string => `('${kind}', event.subject_id, ${part})`;
const ofAgreement = (table: string): string =>
  `SELECT 'AGREEMENT', x.agreement_id, 0 FROM ${table} x WHERE x.id = event.subject_id`;

/** By subject of an event: which contents it vouches for. A payment speaks of its whole agreement. */
export const CONTENTS_OF_SUBJECTS: Readonly<Record<string, string>> = {
  AGREEMENT: `SELECT v.* FROM (VALUES ${of('AGREEMENT')}, ${of('REVISION', 'event.revision')}) AS v (kind, id, part) WHERE v.part IS NOT NULL`,
  ...Object.fromEntries(
    [
      ['DISBURSEMENT', 'disbursements'],
      ['REPAYMENT', 'repayments'],
      ['LEGAL_HOLD', 'legal_holds'],
      ['REPORTING_EXPECTATION', 'reporting_expectations'],
    ].map(([subject, table]) => [subject, ofAgreement(table)]),
  ),
  AMENDMENT: `VALUES ${of('AMENDMENT')}`,
  DISSOLUTION: `VALUES ${of('DISSOLUTION')}`,
  NARRATIVE_REPORT: `VALUES ${of('REPORT')} UNION ALL SELECT 'REPORT_VERSION', r.id, r.content_version
    FROM narrative_reports r WHERE r.id = event.subject_id AND r.content_version IS NOT NULL`,
  REPORT_SHARE: `VALUES ${of('SHARE')}`,
  CONVERSATION_NOTES: `SELECT 'NOTES', n.id, n.version FROM conversation_notes n WHERE n.id = event.subject_id`,
  OBSTACLE: `VALUES ${of('OBSTACLE')}`,
  PRACTICE_CHANGE: `VALUES ${of('PRACTICE_CHANGE')}`,
  OBSTACLE_RELEASE: `VALUES ${of('RELEASE')}`,
  NETWORK: `VALUES ${of('NETWORK')}`,
  ORGANIZATION: `VALUES ${of('ORGANIZATION')}`,
  API_KEY: `VALUES ${of('API_KEY')}`,
};

export const CONTENTS_OF_SUBJECTS_WITH_PAST_DUE_DAYS: Readonly<Record<string, string>> = {
  ...CONTENTS_OF_SUBJECTS,
  AGREEMENT: `${CONTENTS_OF_SUBJECTS.AGREEMENT} UNION ALL SELECT 'PAST_DUE_DAYS', event.subject_id, 0
    WHERE EXISTS (SELECT 1 FROM past_due_days x WHERE x.agreement_id = event.subject_id)`,
};

/** Since migration 68: what became of an amendment that was accepted and took no effect. Of its own kind, too. */
export const CONTENTS_WITH_ENDED_AMENDMENTS: Readonly<Record<string, readonly string[]>> = {
  ...CONTENTS_WITH_PAST_DUE_DAYS,
  AMENDMENT_END: [one('amendments', 'ended_at, lapsed_because', 'x.id = of_id')],
};
export const CONTENTS_OF_SUBJECTS_WITH_ENDED_AMENDMENTS: Readonly<Record<string, string>> = {
  ...CONTENTS_OF_SUBJECTS_WITH_PAST_DUE_DAYS,
  AMENDMENT: `${CONTENTS_OF_SUBJECTS.AMENDMENT} UNION ALL SELECT 'AMENDMENT_END', event.subject_id, 0
    FROM amendments x WHERE x.id = event.subject_id AND x.ended_at IS NOT NULL`,
};

/**
 * Settings are fixed, so that the same rows are the same bytes to everybody. By index always: a plan that was kept since a
 * table was empty would read the whole of it.
 */
const SAME_FOR_ALL = `SET search_path = public SET timezone = 'UTC' SET bytea_output = 'hex' SET enable_seqscan = off`;

/** What rows say of a thing; answers null for a kind that is not there. */
export const contentOf = (create: string, contents: Readonly<Record<string, readonly string[]>>): string => `
  ${create} FUNCTION content_of(of_kind text, of_id uuid, part integer) RETURNS jsonb LANGUAGE plpgsql STABLE ${SAME_FOR_ALL} AS $$
    BEGIN
      CASE of_kind
        ${Object.entries(contents)
          .map(([kind, parts]) => `WHEN '${kind}' THEN RETURN jsonb_build_array(${parts.join(',\n')});`)
          .join('\n')}
        ELSE RETURN NULL;
      END CASE;
    END $$;`;

/** Which contents an event vouches for. A reminder changes nothing and holds no lock, so it vouches for nothing. */
export const contentsOf = (create: string, subjects: Readonly<Record<string, string>>): string => `
  ${create} FUNCTION contents_of(event events) RETURNS TABLE (kind text, subject_id uuid, part integer, salt uuid)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ${SAME_FOR_ALL} AS $$
    BEGIN
      IF event.type ~ '_(DUE|DUE_SOON|OVERDUE|LATE|ENDING)$' THEN RETURN; END IF;
      CASE event.subject_type
        ${Object.entries(subjects)
          .map(
            ([subject, contents]) =>
              `WHEN '${subject}' THEN RETURN QUERY SELECT c.*, gen_random_uuid() FROM (${contents}) AS c (kind, id, part);`,
          )
          .join('\n')}
        ELSE RETURN;
      END CASE;
    END $$;`;
