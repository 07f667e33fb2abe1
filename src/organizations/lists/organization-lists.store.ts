import type { ListRequest } from '../../platform/api/page.js';
import { among, between } from '../../platform/db/conditions.js';
import type { Condition, KeyColumn } from '../../platform/db/keyset.js';
import type { Identifier } from '../identifier.rules.js';
import { ORGANIZATION_COLUMNS } from '../organizations.store.js';
import type { OrganizationKind, OrganizationOrderField } from './organization-list.inputs.js';

export interface OrganizationListQuery {
  readonly order: { readonly field: OrganizationOrderField; readonly descending: boolean };
  readonly kinds: readonly OrganizationKind[];
  readonly countries: readonly string[] | null;
  readonly identifier: Identifier | null;
  readonly isListed: boolean | null;
  readonly isMerged: boolean | null;
  readonly createdAt: { readonly gte?: Date | null; readonly lte?: Date | null };
}

const FACES = {
  FUNDER: { table: 'funders', alias: 'f' },
  GRANTEE: { table: 'grantees', alias: 'g' },
} as const satisfies Record<OrganizationKind, object>;

/**
 * All organizations, for the steward. Each kind that is asked for is joined. A face repeats the name of its organization,
 * so that a list of one kind by name is a run of the index of that face.
 */
export function organizationList(query: OrganizationListQuery): Omit<ListRequest, 'arguments'> {
  const faces = [...new Set(query.kinds)].sort().map((kind) => FACES[kind]);
  const joins = faces.map(({ table, alias }) => `JOIN ${table} ${alias} ON ${alias}.organization_id = o.id`);
  const first = faces.at(0);
  const byName: KeyColumn[] = [
    { sql: first ? `${first.alias}.name` : 'o.name', alias: 'name', type: 'text' },
    { sql: first ? `${first.alias}.organization_id` : 'o.id', alias: 'id', type: 'uuid' },
  ];
  const byCreation: KeyColumn[] = [
    { sql: 'o.created_at', alias: 'createdAt', type: 'timestamptz' },
    { sql: 'o.id', alias: 'id', type: 'uuid' },
  ];
  return {
    name: 'organizations',
    select: ORGANIZATION_COLUMNS,
    from: ['organizations o', ...joins].join(' '),
    key: query.order.field === 'NAME' ? byName : byCreation,
    descending: query.order.descending,
    where: conditions(query),
  };
}

function conditions({ countries, identifier, isListed, isMerged, createdAt }: OrganizationListQuery): Condition[] {
  return [
    ...among('o.country', countries),
    ...(identifier ? [holdsNumber(identifier)] : []),
    ...(isListed === null ? [] : [{ sql: () => (isListed ? 'o.is_listed' : 'NOT o.is_listed') }]),
    ...(isMerged === null ? [] : [{ sql: () => `o.merged_into IS ${isMerged ? 'NOT ' : ''}NULL` }]),
    ...between('o.created_at', 'timestamptz', createdAt),
  ];
}

/** The holders are found first: a number has few of them, whatever else is asked for. */
function holdsNumber({ scheme, value }: Identifier): Condition {
  const holders = (place: string, table: string): string =>
    `SELECT h.organization_id FROM ${table} h WHERE h.scheme = (${place}::text[])[1] AND h.value = (${place}::text[])[2]`;
  return {
    sql: (place) =>
      `o.id = ANY (ARRAY(${holders(place, 'organization_identifiers')} UNION ALL ${holders(place, 'identifier_claims')}))`,
    value: [scheme, value],
  };
}
