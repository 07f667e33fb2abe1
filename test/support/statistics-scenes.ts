import { Clock } from '../../src/platform/clock/clock.js';
import { Entropy } from '../../src/platform/clock/entropy.js';
import type { Network, ToldNotice } from './network.js';
import { NOTICES, TestClock, startNetwork } from './network.js';
import { seededBytes } from './seeded.js';

/** Noise is asked for by this many bytes at once, and nothing else is. */
const NOISE_BLOCK = 4_096;

/** Random bytes with a seed for all, so that a run can be repeated. */
export class SeededEntropy extends Entropy {
  override readonly bytes: (size: number) => Buffer;

  constructor(seed: number) {
    super(new Clock());
    this.bytes = seededBytes(seed);
  }
}

/**
 * Draws of which all noise is zero, so that a test sees what was counted. One draw of zero takes five words: the rest,
 * one that is not looked at, the first step of the multiple, the odd one that ends it, and the sign.
 */
export class SilentEntropy extends Entropy {
  constructor() {
    super(new Clock());
  }

  /** A block is enough for some two hundred cells. */
  override bytes(size: number): Buffer {
    if (size !== NOISE_BLOCK) return super.bytes(size);
    const block = Buffer.alloc(size);
    for (let word = 3; word < size / 4; word += 5) block.writeUInt32LE(1, 4 * word);
    return block;
  }
}

const uuidOf = (n: string): string => `('a0000000-0000-7000-8000-' || lpad((${n})::text, 12, '0'))::uuid`;
export const granteeUuid = (n: number): string => `a0000000-0000-7000-8000-${String(n).padStart(12, '0')}`;

interface Grantees {
  readonly from: number;
  readonly count: number;
  readonly country?: string | null;
  readonly funder?: 'funder' | 'secondFunder';
  readonly since?: string;
  readonly keysRevokedAt?: string | null;
}
interface Reports {
  readonly from: number;
  readonly count: number;
  readonly code: string;
  readonly at: string;
  readonly tier?: 'AGGREGATE_ONLY' | 'CONFIDENTIAL';
  readonly funder?: 'funder' | 'secondFunder' | null;
}

/** A network that began with the year 2026: what is asked as at the end of a period must have been there then. */
export function startSealingNetwork(entropy: Entropy, env: Record<string, string> = {}): Promise<Network> {
  const clock = new TestClock();
  clock.set('2026-01-01T00:00:00Z');
  return startNetwork({ clock, entropy, env });
}

/** Grantees by the hundred, and what they report, in a few statements; and sealing as callers do it. */
export class SealingScenes {
  constructor(private readonly network: Pick<Network, 'sql' | 'mutate' | 'keys' | 'ids'>) {}

  /** Grantees numbered from `from` on, each with an agreement and a key. */
  async addGrantees({
    from,
    count,
    country = 'VN',
    funder = 'funder',
    since = '2026-01-01',
    ...rest
  }: Grantees): Promise<void> {
    const { sql, ids } = this.network;
    const numbers = `generate_series(${from}, ${from + count - 1}) AS n`;
    await sql(`
      INSERT INTO organizations (id, name, country, is_listed, created_at, updated_at)
        SELECT ${uuidOf('n')}, 'Group ' || n, ${country === null ? 'NULL' : `'${country}'`}, true, '${since}', '${since}' FROM ${numbers};
      INSERT INTO grantees (organization_id, legal_form, name, is_listed, updated_at)
        SELECT ${uuidOf('n')}, 'REGISTERED', 'Group ' || n, true, '${since}' FROM ${numbers};
      INSERT INTO api_keys (id, secret_digest, role, organization_id, lineage_id, label, created_at, revoked_at)
        SELECT gen_random_uuid(), sha256(''), 'GRANTEE', ${uuidOf('n')}, gen_random_uuid(), 'x', '${since}',
          ${rest.keysRevokedAt ? `'${rest.keysRevokedAt}'` : 'NULL'} FROM ${numbers}`);
    await this.addAgreements({ from, count, funder: ids[funder].slice(4), since });
  }

  /** Live agreements of the same grantees, without the rows of their terms. */
  async addAgreements({
    from,
    count,
    funder,
    since,
  }: {
    from: number;
    count: number;
    funder: string;
    since: string;
  }): Promise<void> {
    await this.network.sql(`
      BEGIN;
      SET LOCAL session_replication_role = replica;
      INSERT INTO agreements (id, funder_id, grantee_id, offered_to, state, origin, restriction, committed_minor, currency, starts_on,
          ends_on, notice_days, response_days, time_zone, accepted_at, accepted_by_name, accepted_digest, created_at, updated_at)
        SELECT gen_random_uuid(), '${funder}', ${uuidOf('n')}, ${uuidOf('n')}, 'ACTIVE', 'LIVE', 'UNRESTRICTED', 100, 'USD',
          '2026-01-01', '2029-01-01', 365, 30, 'UTC', '${since}', 'A', '\\x00', '${since}', '${since}'
        FROM generate_series(${from}, ${from + count - 1}) AS n;
      COMMIT`);
  }

  /** One hidden entry of each of these grantees. */
  async report({ from, count, code, at, tier = 'CONFIDENTIAL', funder = null }: Reports): Promise<void> {
    const reader = tier === 'CONFIDENTIAL' ? uuidOf('n') : 'gen_random_uuid()';
    const concerned = funder && this.network.ids[funder].slice(4);
    await this.network.sql(`
      INSERT INTO obstacles.entries (id, organization_id, reader_id, tier, state, code, other_codes, began_month, text, funder_id, logged_at, updated_at)
        SELECT gen_random_uuid(), ${uuidOf('n')}, ${reader}, '${tier}', 'LOGGED', '${code}', '{}', '2026-01-01', 'Nobody may read this.',
          ${concerned ? `'${concerned}'` : 'NULL'}, '${at}', '${at}'
        FROM generate_series(${from}, ${from + count - 1}) AS n`);
  }

  async seal(period: string, input: object = {}): Promise<SealPayload> {
    const selection = 'isDone release { id period state sealedAt views { view epsilon } ledger { spent } } ' + NOTICES;
    const { keys, mutate } = this.network;
    return (await mutate(keys.steward, 'sealObstacleRelease', { period, ...input }, selection)) as SealPayload;
  }

  /** The codes of why it was refused. */
  async refused(period: string, input: object = {}): Promise<string[]> {
    const { release, isDone, userErrors } = await this.seal(period, input);
    if (release || isDone) throw new Error(`${period} was sealed`);
    return userErrors.map(({ code }) => code);
  }

  /** What a view published in a period, by its cells' names. */
  async published(period: string, view: string): Promise<Record<string, number>> {
    const rows = await this.network.sql<{ name: string; value: number }>(
      `SELECT CASE view WHEN 'KIND_BY_REGION' THEN kind || ' ' ELSE '' END || CASE view WHEN 'CATEGORY' THEN category ELSE label_en END AS name,
         value FROM statistics.cells WHERE period = $1 AND view = $2 ORDER BY place`,
      [period, view],
    );
    return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
  }
}

export interface SealPayload {
  readonly isDone: boolean;
  readonly release: {
    id: string;
    period: string;
    state: string;
    views: { view: string; epsilon: number }[];
    ledger: { spent: number };
  } | null;
  readonly userErrors: { code: string; message: string; path: string[] }[];
  readonly notices: ToldNotice[];
}

/** A digest of all that sealing could change. */
export async function sealingState(network: Network): Promise<string> {
  const tables = [
    'statistics.releases',
    'statistics.ledger',
    'statistics.cells',
    'obstacles.entries',
    'events',
    'idempotency_outcomes',
  ];
  const digests = tables.map(
    (table) => `SELECT '${table}' AS t, md5(string_agg(x::text, '|' ORDER BY x::text)) AS d FROM ${table} x`,
  );
  return JSON.stringify(await network.sql(digests.join(' UNION ALL ')));
}
