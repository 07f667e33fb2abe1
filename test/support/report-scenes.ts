import { randomUUID } from 'node:crypto';
import type { Network } from './network.js';

type Party = 'funder' | 'secondFunder' | 'grantee' | 'secondGrantee';
interface Scene {
  readonly state?: string;
  /** Due days of its reporting expectations. */
  readonly expects?: readonly string[];
  readonly responseDays?: number;
}

/** An agreement in some state between two parties, as its whole negotiation would have left it; answers its id. */
export async function makeAgreement(
  network: Network,
  funder: Party | `fun_${string}`,
  grantee: Party,
  { state = 'ACTIVE', expects = [], responseDays = 30 }: Scene = {},
): Promise<string> {
  const id = randomUUID();
  const funderId = (funder.startsWith('fun_') ? funder : network.ids[funder as Party]).slice(4);
  const granteeId = network.ids[grantee].slice(4);
  await network.sql(
    `WITH agreement AS (
       INSERT INTO agreements (id, funder_id, grantee_id, offered_to, state, origin, restriction, committed_minor, currency, starts_on,
         ends_on, notice_days, response_days, time_zone, accepted_at, accepted_by_name, accepted_digest, created_at, updated_at)
       VALUES ($1, $2, $3, $3, $4, 'LIVE', 'UNRESTRICTED', 1000, 'VND', '2026-01-01', '2028-12-31', 365, $5, 'Asia/Ho_Chi_Minh',
         CASE WHEN $6 THEN now() END, CASE WHEN $6 THEN 'Lê Thị Hoa' END, CASE WHEN $6 THEN decode(repeat('00', 32), 'hex') END, now(), now()))
     INSERT INTO installments (id, agreement_id, funder_id, grantee_id, offered_to, number, due_on, amount_minor, currency, state, late_at)
     VALUES (gen_random_uuid(), $1, $2, $3, $3, 1, '2026-02-01', 1000, 'VND', 'SCHEDULED', '2026-02-01T17:00:00Z')`,
    [id, funderId, granteeId, state, responseDays, ['ACTIVE', 'COMPLETED', 'RELEASED'].includes(state)],
  );
  await network.sql(
    `INSERT INTO reporting_expectations (id, agreement_id, funder_id, grantee_id, offered_to, due_on, overdue_at)
     SELECT gen_random_uuid(), $1, $2, $3, $3, due_on, due_on + 1 FROM unnest($4::date[]) AS due_on`,
    [id, funderId, granteeId, expects],
  );
  return `agr_${id.replaceAll('-', '')}`;
}

/** More funders, each with a key. */
export async function moreFunders(
  network: Network,
  count: number,
): Promise<{ readonly id: `fun_${string}`; readonly key: string }[]> {
  const made = [];
  for (let i = 1; i <= count; i++) {
    const input = { name: `Quỹ ${i}`, funder: {}, timeZone: 'Asia/Ho_Chi_Minh' };
    const { organization } = (await network.mutate(
      network.keys.steward,
      'registerOrganization',
      input,
      'organization { id }',
    )) as { organization: { id: string } };
    const { secret } = (await network.mutate(
      network.keys.steward,
      'createApiKey',
      { role: 'FUNDER', organizationId: organization.id, label: 'grants system' },
      'secret',
    )) as { secret: string };
    made.push({ id: `fun_${organization.id.slice(4)}` as const, key: secret });
  }
  return made;
}
