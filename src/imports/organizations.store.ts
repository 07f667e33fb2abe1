import type { Tx } from '../platform/db/transaction.js';

/** An organization as an import needs to know it. */
export interface KnownOrganization {
  readonly id: string;
  readonly name: string;
  readonly otherNames: readonly string[];
  readonly isListed: boolean;
  readonly isFunder: boolean;
  readonly isGrantee: boolean;
  /** Whether this import made it. */
  readonly isNew: boolean;
}
export interface IdentifierKey {
  readonly scheme: string;
  readonly value: string;
}
export interface NameKey {
  /** The funder in whose grants the name is met. */
  readonly scopeId: string;
  readonly nameDigest: Buffer;
}
export interface NewOrganization {
  readonly id: string;
  readonly name: string;
  readonly country: string | null;
  readonly isListed: boolean;
}
export interface NewFace {
  readonly organizationId: string;
  readonly name: string;
  readonly isListed: boolean;
}

/** A merged organization is the one it became. `$3` is the moment of the import, at which all that it makes is made. */
const KNOWN = `o.id, o.created_at = $3 AS "isNew", o.name, o.other_names AS "otherNames", o.is_listed AS "isListed",
    EXISTS (SELECT 1 FROM funders f WHERE f.organization_id = o.id) AS "isFunder",
    EXISTS (SELECT 1 FROM grantees t WHERE t.organization_id = o.id) AS "isGrantee"`;
const CURRENT = `JOIN organizations held ON held.id = found.organization_id
    JOIN organizations o ON o.id = coalesce(held.merged_into, held.id)`;

/** Answers each found one with the place of its key in the list. */
export function findByIdentifiers(tx: Tx, keys: readonly IdentifierKey[]): Promise<(KnownOrganization & Place)[]> {
  return tx.rows(
    `SELECT given.place::integer AS "place", ${KNOWN}
     FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS given (scheme, value, place)
     JOIN organization_identifiers found ON found.scheme = given.scheme AND found.value = given.value ${CURRENT}`,
    [keys.map(({ scheme }) => scheme), keys.map(({ value }) => value), tx.now],
  );
}

/** Organizations that give themselves these numbers: history is attached to none of them. */
export function findClaimants(tx: Tx, keys: readonly IdentifierKey[]): Promise<({ claimantId: string } & Place)[]> {
  return tx.rows(
    `SELECT given.place::integer AS "place", claim.organization_id AS "claimantId"
     FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS given (scheme, value, place)
     JOIN LATERAL (SELECT c.organization_id FROM identifier_claims c
       WHERE c.scheme = given.scheme AND c.value = given.value ORDER BY c.claimed_at, c.id LIMIT ${MOST_CLAIMANTS}) AS claim ON true
     ORDER BY given.place`,
    [keys.map(({ scheme }) => scheme), keys.map(({ value }) => value)],
  );
}
/** Of one number; the steward's list of claims has them all. */
const MOST_CLAIMANTS = 10;

export function findByNames(tx: Tx, keys: readonly NameKey[]): Promise<(KnownOrganization & Place)[]> {
  return tx.rows(
    `SELECT given.place::integer AS "place", ${KNOWN}
     FROM unnest($1::uuid[], $2::bytea[]) WITH ORDINALITY AS given (scope_id, name_digest, place)
     JOIN imported_names found ON found.scope_id = given.scope_id AND found.name_digest = given.name_digest ${CURRENT}`,
    [keys.map(({ scopeId }) => scopeId), keys.map(({ nameDigest }) => nameDigest), tx.now],
  );
}
/** Counted from 1, as PostgreSQL does. */
interface Place {
  readonly place: number;
}

export function addOrganizations(tx: Tx, organizations: readonly NewOrganization[]): void {
  if (organizations.length === 0) return;
  tx.later(
    `INSERT INTO organizations (id, name, country, is_listed, created_at, updated_at)
     SELECT n.id, n.name, n.country, n.is_listed, $1, $1
     FROM unnest($2::uuid[], $3::text[], $4::text[], $5::boolean[]) AS n (id, name, country, is_listed)`,
    [
      tx.now,
      organizations.map(({ id }) => id),
      organizations.map(({ name }) => name),
      organizations.map(({ country }) => country),
      organizations.map(({ isListed }) => isListed),
    ],
  );
}

export function addIdentifiers(tx: Tx, keys: readonly (IdentifierKey & { organizationId: string })[]): void {
  if (keys.length === 0) return;
  tx.later(
    `INSERT INTO organization_identifiers (scheme, value, organization_id) SELECT * FROM unnest($1::text[], $2::text[], $3::uuid[])`,
    [
      keys.map(({ scheme }) => scheme),
      keys.map(({ value }) => value),
      keys.map(({ organizationId }) => organizationId),
    ],
  );
}

export function addNames(tx: Tx, keys: readonly (NameKey & { organizationId: string })[]): void {
  if (keys.length === 0) return;
  tx.later(
    `INSERT INTO imported_names (scope_id, name_digest, organization_id) SELECT * FROM unnest($1::uuid[], $2::bytea[], $3::uuid[])`,
    [
      keys.map(({ scopeId }) => scopeId),
      keys.map(({ nameDigest }) => nameDigest),
      keys.map(({ organizationId }) => organizationId),
    ],
  );
}

export function addFunders(tx: Tx, faces: readonly NewFace[]): void {
  if (faces.length === 0) return;
  tx.later(
    `INSERT INTO funders (organization_id, name, is_listed, updated_at)
     SELECT n.id, n.name, n.is_listed, $1 FROM unnest($2::uuid[], $3::text[], $4::boolean[]) AS n (id, name, is_listed)
     ON CONFLICT (organization_id) DO NOTHING`,
    [tx.now, ...faceColumns(faces)],
  );
}

export function addGrantees(tx: Tx, faces: readonly (NewFace & { readonly legalForm: string })[]): void {
  if (faces.length === 0) return;
  tx.later(
    `INSERT INTO grantees (organization_id, name, is_listed, legal_form, updated_at)
     SELECT n.id, n.name, n.is_listed, n.legal_form, $1
     FROM unnest($2::uuid[], $3::text[], $4::boolean[], $5::text[]) AS n (id, name, is_listed, legal_form)
     ON CONFLICT (organization_id) DO NOTHING`,
    [tx.now, ...faceColumns(faces), faces.map(({ legalForm }) => legalForm)],
  );
}

function faceColumns(faces: readonly NewFace[]): unknown[] {
  return [
    faces.map(({ organizationId }) => organizationId),
    faces.map(({ name }) => name),
    faces.map(({ isListed }) => isListed),
  ];
}

/** Unlisted organizations are seen by those who know them. */
export function acquaintAll(tx: Tx, pairs: readonly (readonly [string, string])[]): void {
  if (pairs.length === 0) return;
  tx.later(
    `INSERT INTO acquaintances (viewer_id, known_id) SELECT * FROM unnest($1::uuid[], $2::uuid[]) ON CONFLICT DO NOTHING`,
    [pairs.flatMap(([one, other]) => [one, other]), pairs.flatMap(([one, other]) => [other, one])],
  );
}

export function noteSpellings(tx: Tx, spellings: readonly { organizationId: string; name: string }[]): void {
  if (spellings.length === 0) return;
  tx.later(`INSERT INTO import_spellings (organization_id, name) SELECT * FROM unnest($1::uuid[], $2::text[])`, [
    spellings.map(({ organizationId }) => organizationId),
    spellings.map(({ name }) => name),
  ]);
}

/**
 * Adds the spellings met to the organizations' other names, at the end, so that nobody waits for a long import to edit
 * an organization. Answers the organizations that were there before.
 */
export function keepSpellings(tx: Tx, mostNames: number): Promise<{ id: string }[]> {
  return tx.rows(
    `WITH spelled AS (
       SELECT s.organization_id, array_agg(s.name ORDER BY s.first) AS names
       FROM (SELECT organization_id, name, min(place) AS first FROM import_spellings GROUP BY organization_id, name) AS s
       GROUP BY s.organization_id
     ), changed AS (
       UPDATE organizations o SET other_names = (o.other_names || spelled.names)[1:$2], updated_at = $1,
         version = CASE WHEN o.created_at = $1 THEN o.version ELSE o.version + 1 END
       FROM spelled WHERE o.id = spelled.organization_id AND cardinality(o.other_names) < $2
       RETURNING o.id, o.created_at
     )
     SELECT changed.id FROM changed WHERE changed.created_at <> $1`,
    [tx.now, mostNames],
  );
}
