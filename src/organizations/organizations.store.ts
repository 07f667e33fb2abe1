import { columnsOf } from '../platform/db/columns.js';
import type { Tx } from '../platform/db/transaction.js';
import type { LegalForm } from './face.entity.js';
import { ContactRow, OrganizationRow } from './organization.entity.js';

export const ORGANIZATION_COLUMNS = columnsOf(OrganizationRow, 'o', [
  'id',
  'name',
  'otherNames',
  'country',
  'website',
  'locale',
  'timeZone',
  'isListed',
  'mergedInto',
  'version',
  'createdAt',
  'updatedAt',
]);

/** What others may know of an organization; what they may reach is row security's business. */
export type Organization = Omit<OrganizationRow, 'registeredBy'>;

export const ORGANIZATIONS_BY_ID = `SELECT ${ORGANIZATION_COLUMNS} FROM organizations o WHERE o.id = ANY ($1)`;
export const CONTACTS_BY_ORGANIZATION = `SELECT ${columnsOf(ContactRow, 'c')} FROM organization_contacts c WHERE c.organization_id = ANY ($1)`;

export async function lockOrganization(tx: Tx, id: string): Promise<Organization | null> {
  const [row] = await tx.rows<Organization>(
    `SELECT ${ORGANIZATION_COLUMNS} FROM organizations o WHERE o.id = $1 FOR NO KEY UPDATE`,
    [id],
  );
  return row ?? null;
}

export function saveContact(tx: Tx, { organizationId, person, email, phone }: ContactRow): void {
  tx.later(
    `INSERT INTO organization_contacts (organization_id, person, email, phone) VALUES ($1, $2, $3, $4)
     ON CONFLICT (organization_id) DO UPDATE SET person = excluded.person, email = excluded.email, phone = excluded.phone`,
    [organizationId, person, email, phone],
  );
}

/** Each sees the other's contact details from now on. */
export function acquaint(tx: Tx, one: string, other: string): void {
  tx.later('INSERT INTO acquaintances (viewer_id, known_id) VALUES ($1, $2), ($2, $1) ON CONFLICT DO NOTHING', [
    one,
    other,
  ]);
}

/** The directory lists a face by its organization's name. */
export function renameFaces(tx: Tx, organizationId: string, name: string, isListed: boolean): void {
  for (const table of ['funders', 'grantees']) {
    tx.later(`UPDATE ${table} SET name = $2, is_listed = $3, updated_at = $4 WHERE organization_id = $1`, [
      organizationId,
      name,
      isListed,
      tx.now,
    ]);
  }
}

export interface GranteeStanding {
  readonly legalForm: LegalForm;
  readonly place: string | null;
  readonly fiscalSponsorId: string | null;
  readonly hasContact: boolean;
  /** Of a grantee, or of an agreement that is not over. */
  readonly isSponsor: boolean;
}

/** Of the caller's own organization; null when it is no grantee. What was queued before, such as a contact, counts. */
export async function granteeStanding(tx: Tx, organizationId: string): Promise<GranteeStanding | null> {
  const [row] = await tx.rows<GranteeStanding>(
    `SELECT g.legal_form AS "legalForm", g.place, g.fiscal_sponsor_id AS "fiscalSponsorId",
       EXISTS (SELECT 1 FROM organization_contacts c WHERE c.organization_id = g.organization_id) AS "hasContact",
       EXISTS (SELECT 1 FROM grantees s WHERE s.fiscal_sponsor_id = g.organization_id)
         OR EXISTS (SELECT 1 FROM agreements a WHERE a.fiscal_sponsor_id = g.organization_id
           AND a.state IN ('OFFERED', 'CHANGES_REQUESTED', 'ACTIVE')) AS "isSponsor"
     FROM grantees g WHERE g.organization_id = $1`,
    [organizationId],
  );
  return row ?? null;
}

/** One that became part of another is none any more. */
export async function isRegisteredGrantee(tx: Tx, organizationId: string): Promise<boolean> {
  const rows = await tx.rows(
    `SELECT 1 FROM grantees g WHERE g.organization_id = $1 AND g.legal_form = 'REGISTERED'
     AND NOT EXISTS (SELECT 1 FROM organizations o WHERE o.id = g.organization_id AND o.merged_into IS NOT NULL)`,
    [organizationId],
  );
  return rows.length > 0;
}
