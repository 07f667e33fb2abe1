/**
 * Which rows each caller may see: a condition on the table, written by hand from the rules and apart from the
 * policies, so that a slip in those shows. `$T` is the caller's organizations, `$L` its lineage, `$K` its key; no
 * entry means no right to the table at all.
 */
export type ReadingRole = 'funder' | 'grantee' | 'steward' | 'analyst' | 'public';
export const READING_ROLES: readonly ReadingRole[] = ['funder', 'grantee', 'steward', 'analyst', 'public'];
type Rule = Readonly<Partial<Record<ReadingRole, string>>>;

const all = (rule: string): Rule => Object.fromEntries(READING_ROLES.map((role) => [role, rule]));
const known = 'SELECT a.known_id FROM acquaintances a WHERE a.viewer_id = ANY ($T)';
const directory = (id: string): Rule => {
  const party = `is_listed OR ${id} = ANY ($T) OR ${id} IN (${known})`;
  return { funder: party, grantee: party, steward: 'true', analyst: 'is_listed', public: 'is_listed' };
};
const STEWARDS = 'id = (SELECT n.steward_organization_id FROM network n)';
const holder = (role: ReadingRole): string =>
  `organization_id IN (SELECT o.id FROM organizations o WHERE ${directory('o.id')[role]!} OR o.${STEWARDS})`;
const ofHolder: Rule = {
  funder: holder('funder'),
  grantee: holder('grantee'),
  steward: 'true',
  analyst: holder('analyst'),
  public: holder('public'),
};
const agreementPart: Rule = {
  funder: 'funder_id = ANY ($T)',
  grantee: 'offered_to = ANY ($T) OR fiscal_sponsor_id = ANY ($T)',
  steward: 'offered_to IS NOT NULL',
  analyst: 'false',
  public: 'false',
};
const ownLineage = 'lineage_id = $L';
const logged = 'organization_id = ANY ($T) AND (reader_id = ANY ($T) OR reader_id = $L)';

export const VISIBLE: Readonly<Record<string, Rule>> = {
  'public.migrations': {},
  'public.currencies': { funder: 'true', grantee: 'true', steward: 'true' },
  'public.network': all('true'),
  'public.steward_organizations': { grantee: 'true', steward: 'true' },
  // Everybody may know who the steward is.
  'public.organizations': Object.fromEntries(
    READING_ROLES.map((role) => [role, `${directory('id')[role]} OR ${STEWARDS}`]),
  ),
  'public.funders': directory('organization_id'),
  'public.grantees': directory('organization_id'),
  'public.organization_contacts': {
    funder: `organization_id = ANY ($T) OR organization_id IN (${known})`,
    grantee: `organization_id = ANY ($T) OR organization_id IN (${known})`,
    steward: 'true',
    analyst: 'false',
    public: 'false',
  },
  'public.organization_identifiers': ofHolder,
  'public.identifier_claims': ofHolder,
  'public.acquaintances': { funder: 'viewer_id = ANY ($T)', grantee: 'viewer_id = ANY ($T)', steward: 'true' },
  'public.duty_record_years': {},
  'public.duty_records': all('true'),
  'public.invitations': { funder: 'funder_id = ANY ($T)' },
  'public.api_keys': {
    funder: 'organization_id = ANY ($T)',
    grantee: 'organization_id = ANY ($T)',
    steward: 'true',
    analyst: 'id = $K',
    public: 'false',
  },
  'public.idempotency_outcomes': { funder: ownLineage, grantee: ownLineage, steward: ownLineage, analyst: ownLineage },
  'public.events': {},
  'public.event_queue': {},
  'public.event_seals': {},
  'public.event_contents': {},
  'public.history_heads': all('true'),
  'public.event_feed': {
    funder: "reader = 'FUNDER' AND organization_id = ANY ($T)",
    grantee: "reader = 'GRANTEE' AND organization_id = ANY ($T)",
    steward: "reader = 'STEWARD'",
  },
  'public.agreements': agreementPart,
  // What a sponsor agreed to it reads also when it is the sponsor no more.
  'public.agreement_revisions': {
    ...agreementPart,
    grantee: `${agreementPart.grantee} OR shown_to_sponsor_id = ANY ($T)`,
  },
  'public.installments': agreementPart,
  'public.amendments': {
    ...agreementPart,
    grantee: 'grantee_id = ANY ($T) OR fiscal_sponsor_id = ANY ($T) OR new_sponsor_id = ANY ($T)',
    steward: 'true',
  },
  'public.dissolutions': {
    ...agreementPart,
    grantee: 'grantee_id = ANY ($T) OR fiscal_sponsor_id = ANY ($T)',
    steward: 'true',
  },
  'public.disbursements': agreementPart,
  'public.reporting_expectations': agreementPart,
  'public.legal_holds': agreementPart,
  'public.reminders': {},
  'public.disbursement_receipts': agreementPart,
  'public.repayments': agreementPart,
  'public.past_due_days': agreementPart,
  'public.imported_grants': { funder: 'funder_id = ANY ($T)', grantee: 'grantee_id = ANY ($T)', steward: 'true' },
  'public.imported_names': { steward: 'true' },
  'public.narrative_reports': { grantee: 'organization_id = ANY ($T)' },
  'public.narrative_report_versions': { grantee: 'organization_id = ANY ($T)' },
  'public.report_shares': {
    funder: 'funder_id = ANY ($T) AND unshared_at IS NULL',
    grantee: 'grantee_id = ANY ($T) OR (fiscal_sponsor_id = ANY ($T) AND unshared_at IS NULL)',
  },
  'public.report_attachments': { grantee: 'organization_id = ANY ($T)' },
  'public.report_share_attachments': {
    funder: 'funder_id = ANY ($T) AND share_id IN (SELECT id FROM report_shares WHERE unshared_at IS NULL)',
    grantee: `grantee_id = ANY ($T)
      OR share_id IN (SELECT id FROM report_shares WHERE unshared_at IS NULL AND fiscal_sponsor_id = ANY ($T))`,
  },
  'public.report_replies': { funder: 'funder_id = ANY ($T)', grantee: 'grantee_id = ANY ($T)' },
  'public.report_ratings': { funder: 'funder_id = ANY ($T)', grantee: 'grantee_id = ANY ($T)' },
  'public.report_response_reminders': {},
  'public.report_responses': { funder: 'funder_id = ANY ($T)', grantee: 'grantee_id = ANY ($T)' },
  'obstacles.categories': all('true'),
  'public.conversation_notes': { funder: 'funder_id = ANY ($T)', grantee: 'grantee_id = ANY ($T)' },
  'public.conversation_note_versions': { funder: 'funder_id = ANY ($T)', grantee: 'grantee_id = ANY ($T)' },
  'public.practice_changes': { ...all('retracted_at IS NULL'), funder: 'retracted_at IS NULL OR funder_id = ANY ($T)' },
  'obstacles.codes': all('true'),
  'obstacles.entries': {
    grantee: logged,
    steward:
      "tier = 'SHARED' OR (tier = 'CONFIDENTIAL' AND coalesce(funder_id NOT IN (SELECT s.organization_id FROM steward_organizations s), true))",
  },
  'obstacles.shared': { funder: 'funder_id = ANY ($T)', grantee: 'organization_id = ANY ($T)', steward: 'true' },
  'obstacles.handled_facts': { grantee: logged },
  'obstacles.streams': { grantee: logged },
  'obstacles.events': { grantee: logged },
  'obstacles.submissions': { grantee: logged },
  'obstacles.idempotency_outcomes': { grantee: ownLineage },
  'statistics.releases': all('true'),
  'statistics.ledger': all('true'),
  'statistics.cells': all('true'),
  'statistics.regions': all('true'),
  'statistics.region_countries': all('true'),
  'statistics.organization_attributes': {},
};

/** What holds no tenant's data: everybody may know it, or nobody reads it over the API. */
export const WITHOUT_ROW_SECURITY: Readonly<Record<string, string>> = {
  'public.migrations': 'which migrations ran',
  'public.currencies': 'ISO 4217',
  'obstacles.categories': 'the reference table of their categories',
  'obstacles.codes': 'the reference table of obstacle codes',
  'statistics.releases': 'which periods are sealed',
  'statistics.ledger': 'what sealing them has spent',
  'statistics.cells': 'the published figures',
  'statistics.regions': 'regions of the UN M49',
  'statistics.region_countries': 'which countries they have',
};

/** Rows a party may write without reading them: who it got to know, and what it did. */
export const WRITTEN_UNREAD: Readonly<Record<string, string>> = {
  'public.acquaintances': 'known_id = ANY ($T)',
  'public.events': 'actor_organization_id = ANY ($T)',
};
