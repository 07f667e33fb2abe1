import type { ListRequest } from '../../platform/api/page.js';
import { columnsOf, insertRow } from '../../platform/db/columns.js';
import type { Tx } from '../../platform/db/transaction.js';
import type { Identifier } from '../identifier.rules.js';
import { IdentifierRow } from '../organization.entity.js';
import { IdentifierClaimRow } from './identifier-claim.entity.js';

export type IdentifierStanding = 'UNCONFIRMED' | 'CONFIRMED';
export interface HeldIdentifier extends Identifier {
  readonly organizationId: string;
  readonly standing: IdentifierStanding;
}
/** A claim as the steward sees it. */
export interface IdentifierClaim extends Identifier {
  readonly id: string;
  readonly organizationId: string;
  readonly claimedAt: Date;
  readonly confirmedHolderId: string | null;
  readonly isClaimedByOthers: boolean;
}

export const IDENTIFIERS_BY_ORGANIZATION = `SELECT ${columnsOf(IdentifierRow, 'i')}, 'CONFIRMED' AS "standing"
  FROM organization_identifiers i WHERE i.organization_id = ANY ($1)
  UNION ALL SELECT c.scheme, c.value, c.organization_id, 'UNCONFIRMED' FROM identifier_claims c WHERE c.organization_id = ANY ($1)
  ORDER BY 1, 2`;

/** Claims of the whole network, the oldest first, with what stands against confirming each. */
export function claimList(identifier: Identifier | null): Omit<ListRequest, 'arguments'> {
  return {
    name: 'identifierClaims',
    select: `${columnsOf(IdentifierClaimRow, 'c')},
      (SELECT i.organization_id FROM organization_identifiers i WHERE i.scheme = c.scheme AND i.value = c.value) AS "confirmedHolderId",
      EXISTS (SELECT 1 FROM identifier_claims o WHERE o.scheme = c.scheme AND o.value = c.value AND o.id <> c.id) AS "isClaimedByOthers"`,
    from: 'identifier_claims c',
    key: [
      { sql: 'c.claimed_at', alias: 'claimedAt', type: 'timestamptz' },
      { sql: 'c.id', alias: 'id', type: 'uuid' },
    ],
    descending: false,
    where: identifier
      ? [
          { sql: (scheme) => `c.scheme = ${scheme}::text`, value: identifier.scheme },
          { sql: (value) => `c.value = ${value}::text`, value: identifier.value },
        ]
      : [],
  };
}

export function ownIdentifiers(tx: Tx, organizationId: string): Promise<HeldIdentifier[]> {
  return tx.rows(IDENTIFIERS_BY_ORGANIZATION, [[organizationId]]);
}

type Holder = Pick<IdentifierRow, 'scheme' | 'value' | 'organizationId'>;
const asColumns = (identifiers: readonly Identifier[]): [string[], string[]] => [
  identifiers.map(({ scheme }) => scheme),
  identifiers.map(({ value }) => value),
];

/** Who holds one of these numbers CONFIRMED. For the steward, who may see every organization. */
export async function holderOf(tx: Tx, identifiers: readonly Identifier[]): Promise<Holder | null> {
  const [row] = await tx.rows<Holder>(
    `SELECT ${columnsOf(IdentifierRow, 'i')} FROM organization_identifiers i
     JOIN unnest($1::text[], $2::text[]) AS wanted (scheme, value) ON (i.scheme, i.value) = (wanted.scheme, wanted.value)
     ORDER BY i.scheme, i.value LIMIT 1`,
    asColumns(identifiers),
  );
  return row ?? null;
}

/** Who holds one of these numbers CONFIRMED and is listed, or known to the caller. Costs the same for an unseen holder as for none. */
export async function visibleHolderOf(tx: Tx, identifiers: readonly Identifier[]): Promise<Holder | null> {
  const [row] = await tx.rows<Holder>(
    `SELECT h.scheme, h.value, h.organization_id AS "organizationId" FROM visible_holders($1, $2) h
     ORDER BY h.scheme, h.value LIMIT 1`,
    asColumns(identifiers),
  );
  return row ?? null;
}

export function addIdentifier(tx: Tx, organizationId: string, { scheme, value }: Identifier): void {
  insertRow(tx, IdentifierRow, { scheme, value, organizationId });
}

export function addClaim(tx: Tx, organizationId: string, { scheme, value }: Identifier): void {
  insertRow(tx, IdentifierClaimRow, { id: tx.newId(), organizationId, scheme, value, claimedAt: tx.now });
}

export function dropClaim(tx: Tx, organizationId: string, { scheme, value }: Identifier): void {
  tx.later('DELETE FROM identifier_claims WHERE organization_id = $1 AND scheme = $2 AND value = $3', [
    organizationId,
    scheme,
    value,
  ]);
}

/** False while an import, which may attach history by the number, has it in use. */
export async function lockConfirmed(tx: Tx, { scheme, value }: Identifier): Promise<boolean> {
  const rows = await tx.rows(
    'SELECT 1 FROM organization_identifiers i WHERE i.scheme = $1 AND i.value = $2 FOR UPDATE SKIP LOCKED',
    [scheme, value],
  );
  return rows.length > 0;
}

/** Sent at once: a foreign key of imported history may refuse it. */
export async function dropConfirmed(tx: Tx, { scheme, value }: Identifier): Promise<void> {
  await tx.rows('DELETE FROM organization_identifiers WHERE scheme = $1 AND value = $2', [scheme, value]);
}

/** A number that either record had CONFIRMED is CONFIRMED for the one that stays; a claim of either stays a claim, once. */
export function moveIdentifiers(tx: Tx, from: string, into: string): void {
  tx.later('UPDATE organization_identifiers SET organization_id = $2 WHERE organization_id = $1', [from, into]);
  tx.later(
    `UPDATE identifier_claims c SET organization_id = $2 WHERE c.organization_id = $1 AND NOT EXISTS
       (SELECT 1 FROM identifier_claims o WHERE o.organization_id = $2 AND o.scheme = c.scheme AND o.value = c.value)`,
    [from, into],
  );
  tx.later(
    `DELETE FROM identifier_claims c WHERE c.organization_id = $1 OR (c.organization_id = $2 AND EXISTS
       (SELECT 1 FROM organization_identifiers i WHERE i.organization_id = $2 AND i.scheme = c.scheme AND i.value = c.value))`,
    [from, into],
  );
}
