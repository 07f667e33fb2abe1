import type { Network } from './network.js';

/** A row of a 360Giving file. */
export interface Grant {
  id: string;
  [field: string]: unknown;
}

export function grant(id: string, fields: object = {}): Grant {
  return {
    id: `360G-test-${id}`,
    title: 'A year of rent',
    description: 'For whatever the year brings.',
    currency: 'GBP',
    amountAwarded: 1500.5,
    awardDate: '2019-04-01',
    fundingOrganization: [{ id: 'GB-CHC-7000001', name: 'Harbor Fund' }],
    recipientOrganization: [{ id: 'GB-CHC-7000002', name: 'Kite Makers' }],
    ...fields,
  };
}

export const file = (...grants: unknown[]): string => JSON.stringify({ grants });

export interface Sent {
  readonly status: number;
  readonly type: string | null;
  // What is answered depends on what was sent; tests assert on it.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
}

export async function send(
  network: Network,
  body: string | Uint8Array | ReadableStream,
  {
    key = network.keys.steward,
    query = '',
    headers = {},
  }: { key?: string | null; query?: string; headers?: object } = {},
): Promise<Sent> {
  const response = await fetch(`${network.url}/v1/imports/360giving${query}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(key !== null && { authorization: `Bearer ${key}` }),
      ...headers,
    },
    body: body as RequestInit['body'],
    ...(body instanceof ReadableStream && { duplex: 'half' }),
  });
  return { status: response.status, type: response.headers.get('content-type'), body: await response.json() };
}

const TABLES = [
  'agreements',
  'imported_grants',
  'imported_names',
  'organizations',
  'organization_identifiers',
  'identifier_claims',
  'funders',
  'grantees',
  'acquaintances',
  'events',
];

/** Everything an import could touch, as it is. */
export async function everything(network: Network): Promise<Record<string, unknown>> {
  const contents = await Promise.all(
    TABLES.map(async (table) => [table, await network.sql(`SELECT t::text FROM ${table} t ORDER BY t::text`)]),
  );
  return Object.fromEntries(contents) as Record<string, unknown>;
}
