import { expect } from '@jest/globals';
import type { Network, ToldNotice } from './network.js';
import { NOTICES } from './network.js';

type Party = 'funder' | 'secondFunder' | 'grantee' | 'secondGrantee';

/** An agreement on record between two parties: the least that grounds an obstacle. */
export async function recordAgreement(network: Network, funder: Party, grantee: Party): Promise<void> {
  await network.sql(
    `INSERT INTO agreements (id, funder_id, grantee_id, offered_to, state, origin, restriction, committed_minor, currency, created_at, updated_at)
     SELECT md5($1 || $2)::uuid, $1::uuid, $2::uuid, $2::uuid, 'RECORDED', 'IMPORTED', 'UNSTATED', 1000, 'VND', $3, $3`,
    [network.ids[funder].slice(4), network.ids[grantee].slice(4), '2026-01-01T00:00:00Z'],
  );
}

export const FIELDS = `id tier state code otherCodes beganMonth text version loggedAt sharedAt respondBy isOverdue resolvedAt withdrawnAt
  updatedAt availableActions impact { delayDays hoursLost cost { amount currency } } funder { id } grantee { id }
  response { acknowledgedAt text changeBy answeredAt } earlierResponses { text } codes { code label kind }`;
export const ONE = `query ($id: ID!) { obstacle(id: $id) { ${FIELDS} } }`;
const LIST = `query ($filter: ObstacleFilter) { obstacles(filter: $filter) { totalCount nodes { ${FIELDS} } pageInfo { hasNextPage } } }`;
export const HIDDEN = { code: 'CURRENCY_DEVALUATION', beganMonth: '2026-09-17', text: 'Đồng tiền mất giá quá nhanh.' };
export const ABOUT_FUNDER = {
  code: 'DISBURSEMENT_DELAY',
  beganMonth: '2026-10-01',
  text: 'The second installment came late.',
};

export type Fields = Record<string, unknown> & { id: string; version: number };
interface Payload {
  obstacle: Fields | null;
  userErrors: { code: string; path: string[] | null }[];
  notices: ToldNotice[];
}

/** What callers do with obstacles, each in one call. */
export class ObstacleCalls {
  constructor(private readonly network: Network) {}

  async act(key: string, name: string, input: object): Promise<Payload> {
    return (await this.network.mutate(key, name, input, `obstacle { ${FIELDS} } ${NOTICES}`)) as Payload;
  }

  async done(key: string, name: string, input: object): Promise<Fields> {
    const { obstacle, userErrors } = await this.act(key, name, input);
    expect(userErrors).toEqual([]);
    return obstacle!;
  }

  /** Code and path of each reason. */
  async refused(key: string, name: string, input: object): Promise<string[]> {
    const { obstacle, userErrors } = await this.act(key, name, input);
    expect(obstacle).toBeNull();
    return userErrors.map(({ code, path }) => `${code} ${path?.join('.') ?? ''}`);
  }

  log(input: object, key = this.network.keys.grantee): Promise<Fields> {
    return this.done(key, 'logObstacle', input);
  }

  async see(key: string, id: string): Promise<Fields | null> {
    return ((await this.network.call(key, ONE, { id })).data as { obstacle: Fields | null }).obstacle;
  }

  async list(key: string, filter?: object): Promise<{ totalCount: number; nodes: Fields[] }> {
    const { data } = await this.network.call(key, LIST, { filter });
    return (data as { obstacles: { totalCount: number; nodes: Fields[] } }).obstacles;
  }
}

/** How much is stored of what a call could change, with a digest: what a refusal must leave as it is. */
export function stored(network: Network): Promise<object[]> {
  const hidden = ['entries', 'shared', 'streams', 'events', 'submissions', 'handled_facts', 'idempotency_outcomes'];
  const tables = [...hidden.map((name) => `obstacles.${name}`), 'events', 'idempotency_outcomes', 'organizations'];
  const digest = tables.map(
    (table) =>
      `SELECT '${table}' AS name, count(*)::int AS rows, md5(string_agg(t::text, '|' ORDER BY t::text)) AS digest FROM ${table} t`,
  );
  return network.sql(digest.join(' UNION ALL '));
}
