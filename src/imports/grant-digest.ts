import { createHash } from 'node:crypto';
import type { ImportedGrant } from './grant-row.rules.js';
import { type ImportedOrganization } from './organization.rules.js';

/**
 * SHA-256 (hex) of what a grant says: equal for rows that would be recorded alike. Where and when the row was published
 * is left out, because publishers stamp every row anew with each export.
 */
export function digestOf(grant: ImportedGrant): string {
  const content = [
    // Rows recorded under another version of this list count as changed.
    1,
    grant.sourceId,
    grant.title,
    grant.description,
    grant.amount,
    grant.currency,
    grant.awardDate,
    grant.startsOn,
    grant.endsOn,
    ...organization(grant.funder),
    ...organization(grant.grantee),
    grant.programTitle,
    grant.restriction,
    // Added later: rows without one count as before.
    ...(grant.durationMonths === null ? [] : [grant.durationMonths]),
  ];
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}

function organization({ identifier, name, country }: ImportedOrganization): (string | null)[] {
  return [identifier?.scheme ?? null, identifier?.value ?? null, name, country];
}
