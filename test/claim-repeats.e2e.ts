import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { findBreaches } from '../src/doctor/doctor.js';
import { KeyCalls, ownSecret } from './support/key-scenes.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import { digestOfEverything } from './support/whole-database.js';

interface Claim {
  readonly secret: string | null;
  readonly apiKey: { readonly id: string; readonly version: number } | null;
  readonly grantee: { readonly id: string } | null;
  readonly userErrors: readonly { readonly code: string; readonly path: readonly string[] | null }[];
}

let network: Network;
let keys: KeyCalls;
let turn = 0;
beforeAll(async () => {
  network = await startNetwork();
  keys = new KeyCalls(network);
});
afterAll(() => network.stop());

/** The token of a fresh claim link. */
async function link(): Promise<string> {
  const input = { name: `Tổ ${++turn}`, grantee: { legalForm: 'REGISTERED' }, claimLink: true };
  const made = await network.mutate(network.keys.steward, 'registerOrganization', input, 'claimToken');
  return (made as unknown as { claimToken: string }).claimToken;
}
const claim = async (token: string, input: object = { idempotencyKey: 'first' }): Promise<Claim> =>
  network.mutate(null, 'claimInvitation', { token, ...input }, 'secret apiKey { id version } grantee { id }');
const codes = ({ userErrors }: Claim): string[] => userErrors.map(({ code }) => code);
const REFUSED = { secret: null, apiKey: null, grantee: null };
const eventsOf = async ({ apiKey }: Claim): Promise<string[]> =>
  (
    await network.sql<{ type: string }>('SELECT type FROM events WHERE subject_id = $1 ORDER BY at, id', [
      apiKey!.id.slice(4),
    ])
  ).map(({ type }) => type);

describe('a claim whose answer was lost', () => {
  it('is answered again with another secret for the same key, and the secret of before ends', async () => {
    const token = await link();
    const first = await claim(token);
    expect(codes(first)).toEqual([]);
    const answers = [first];
    for (let i = 0; i < 3; i++) answers.push(await claim(token));
    const secrets = answers.map(({ secret }) => secret!);
    expect(new Set(secrets).size).toBe(4);
    for (const again of answers) expect({ ...again, secret: null }).toEqual({ ...first, secret: null });
    for (const secret of secrets.slice(0, -1)) expect(await keys.tried(secret)).toEqual([401, 'UNAUTHENTICATED']);
    expect(await keys.tried(secrets.at(-1)!)).toEqual([200]);
    expect(await eventsOf(first)).toEqual(['API_KEY_ISSUED', ...Array<string>(3).fill('API_KEY_ISSUED_AGAIN')]);
    const own = await keys.heard(secrets.at(-1)!, first.apiKey!.id);
    expect(own).toEqual(await keys.heard(network.keys.steward, first.apiKey!.id));
    expect(own).toHaveLength(4);
  });

  it('is refused from the first use of the key on, which changes nothing', async () => {
    const token = await link();
    const { secret } = await claim(token);
    expect(await keys.tried(secret!)).toEqual([200]);
    // Asking for events seals those that there are.
    await network.call(network.keys.steward, '{ events(first: 1) { nodes { id } } }');
    const before = await digestOfEverything(network);
    const late = await claim(token);
    expect([late, codes(late)]).toEqual([expect.objectContaining(REFUSED), ['INVITATION_ALREADY_CLAIMED']]);
    expect((late.userErrors[0] as unknown as { message: string }).message).toContain('only until that key is used');
    expect(await digestOfEverything(network)).toBe(before);
    expect(await keys.tried(secret!)).toEqual([200]);
  });

  it.each([{ idempotencyKey: 'another' }, {}, { secretDigest: ownSecret().digest }])(
    'is refused with %j',
    async (input) => {
      const token = await link();
      const { secret } = await claim(token);
      const other = await claim(token, input);
      expect([other, codes(other)]).toEqual([expect.objectContaining(REFUSED), ['INVITATION_ALREADY_CLAIMED']]);
      expect(await keys.tried(secret!)).toEqual([200]);
    },
  );

  it('without an idempotency key is not answered again, by whatever key comes after it', async () => {
    const token = await link();
    const { secret } = await claim(token, {});
    for (const input of [{}, { idempotencyKey: 'first' }])
      expect(codes(await claim(token, input))).toEqual(['INVITATION_ALREADY_CLAIMED']);
    expect(await keys.tried(secret!)).toEqual([200]);
  });

  it('is answered for a day of the clock of the database, whatever that of the service says', async () => {
    const token = await link();
    await claim(token);
    network.clock.set(new Date(network.clock.now().getTime() + 25 * 3_600_000).toISOString());
    expect(codes(await claim(token))).toEqual([]);
    const [{ left }] = await network.sql<{ left: number }>(
      `SELECT extract(epoch FROM claim_repeatable_until - now())::float8 AS left FROM invitations
       WHERE claim_repeatable_until IS NOT NULL ORDER BY claim_repeatable_until DESC LIMIT 1`,
    );
    expect(Math.round(left / 3_600)).toBe(24);
    // The day has passed.
    await network.sql(`UPDATE invitations SET claim_repeatable_until = claim_repeatable_until - interval '24 hours'`);
    expect(codes(await claim(token))).toEqual(['INVITATION_ALREADY_CLAIMED']);
  });

  it('gives no secret to a key that was revoked', async () => {
    const token = await link();
    const { apiKey } = await claim(token);
    await network.mutate(network.keys.steward, 'revokeApiKey', { id: apiKey!.id }, 'apiKey { id }');
    expect(codes(await claim(token))).toEqual(['INVITATION_ALREADY_CLAIMED']);
  });

  it('with a secret of its own keeps that secret', async () => {
    const token = await link();
    const { text, digest } = ownSecret();
    const input = { secretDigest: digest, idempotencyKey: 'first' };
    const first = await claim(token, input);
    expect((await claim(token, input)).apiKey).toEqual(first.apiKey);
    expect(codes(await claim(token))).toEqual(['INVITATION_ALREADY_CLAIMED']);
    const { prefix } = (
      await network.sql<{ prefix: string }>(`SELECT 'gf_' || replace($1, 'key_', '') || '_' AS prefix`, [
        first.apiKey!.id,
      ])
    )[0];
    expect(await keys.tried(`${prefix}${text}`)).toEqual([200]);
  });

  it('with an idempotency key takes no digest later', async () => {
    const token = await link();
    const { secret } = await claim(token);
    const other = await claim(token, { idempotencyKey: 'first', secretDigest: ownSecret().digest });
    expect(other.userErrors).toMatchObject([{ code: 'IDEMPOTENCY_MISMATCH', path: ['idempotencyKey'] }]);
    expect(await keys.tried(secret!)).toEqual([200]);
  });
});

describe('at once', () => {
  it('twenty claims make one key, of whose secrets one is valid', async () => {
    const token = await link();
    const claims = await Promise.all(Array.from({ length: 20 }, () => claim(token)));
    expect(claims.flatMap(codes)).toEqual([]);
    expect(new Set(claims.map(({ apiKey }) => apiKey!.id)).size).toBe(1);
    const tried = await Promise.all(claims.map(({ secret }) => keys.tried(secret!)));
    expect(tried.filter(([status]) => status === 200)).toHaveLength(1);
    expect(tried.filter(([status]) => status === 401)).toHaveLength(19);
  });

  /** Both are kept waiting for the row of the key, and go on in the order in which they came. */
  async function inTurn<A, B>(keyId: string, first: () => Promise<A>, second: () => Promise<B>): Promise<[A, B]> {
    const holder = new pg.Client({ connectionString: network.databaseUrls.owner });
    await holder.connect();
    const waiting = async (calls: number): Promise<void> => {
      for (let i = 0; i < 500; i++) {
        const [{ n }] = await network.sql<{ n: number }>(
          `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
        );
        if (n === calls) return;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      throw new Error(`not ${calls} wait`);
    };
    try {
      await holder.query('BEGIN');
      await holder.query('SELECT FROM api_keys WHERE id = $1 FOR UPDATE', [keyId]);
      const one = first();
      await waiting(1);
      const two = second();
      await waiting(2);
      await holder.query('COMMIT');
      return await Promise.all([one, two]);
    } finally {
      await holder.end();
    }
  }

  it.each(['use', 'repeat'])('a use and a repeat have one winner: the %s, which comes first', async (winner) => {
    const token = await link();
    const { secret, apiKey } = await claim(token);
    const [use, repeat] = [() => keys.tried(secret!), () => claim(token)];
    const id = apiKey!.id.slice(4);
    const [used, repeated] =
      winner === 'use' ? await inTurn(id, use, repeat) : (await inTurn(id, repeat, use)).reverse();
    if (winner === 'use') {
      expect([used, codes(repeated as Claim)]).toEqual([[200], ['INVITATION_ALREADY_CLAIMED']]);
      expect(await keys.tried(secret!)).toEqual([200]);
    } else {
      expect([used, codes(repeated as Claim)]).toEqual([[401, 'UNAUTHENTICATED'], []]);
      expect(await keys.tried((repeated as Claim).secret!)).toEqual([200]);
    }
  });
});

describe('a claim that can be sent again', () => {
  const both = (token: string, input: object) =>
    network.call(
      null,
      `mutation ($input: ClaimInvitationInput!) { claimInvitation(input: $input) { secret grantee { id organization { contact { email } } } }
        logObstacle(input: {code: "CURRENCY_DEVALUATION", tier: AGGREGATE_ONLY, beganMonth: "2026-09-01", text: "x"}) { obstacle { id } }
        rotateApiKey(input: {}) { secret } }`,
      { input: { token, ...input } },
    );

  it('stands alone in its call: what the group does next, it does with the key', async () => {
    const token = await link();
    const { data, errors } = await both(token, { idempotencyKey: 'first' });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['CLAIM_STANDS_ALONE']);
    expect(data).toBeNull();
    expect(await network.sql('SELECT FROM obstacles.entries')).toEqual([]);
    const { secret } = await claim(token);
    expect(await keys.tried(secret!)).toEqual([200]);
  });

  it('reads what it answers as the group', async () => {
    const query = `mutation ($input: ClaimInvitationInput!) { claimInvitation(input: $input) { grantee { organization { name contact { email } } } } }`;
    const token = await link();
    const ask = async (input: object) => (await network.call(null, query, { input: { token, ...input } })).data;
    const first = await ask({ idempotencyKey: 'first' });
    expect(first).toMatchObject({ claimInvitation: { grantee: { organization: { name: `Tổ ${turn}` } } } });
    expect(await ask({ idempotencyKey: 'first' })).toEqual(first);
  });

  it('is another than one that cannot, which goes on as the group', async () => {
    const { errors, data } = await both(await link(), {});
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({ logObstacle: { obstacle: { id: expect.any(String) } } });
  });
});

describe('the database', () => {
  it('lets no key that was used have another secret, nor forget that it was', async () => {
    const { secret, apiKey } = await claim(await link());
    await keys.tried(secret!);
    for (const change of [`secret_digest = sha256('x')`, 'last_used_on = NULL'])
      await expect(
        network.sql(`UPDATE api_keys SET ${change} WHERE id = $1`, [apiKey!.id.slice(4)]),
      ).rejects.toMatchObject({ constraint: 'api_keys_used_secret' });
  });

  it('agrees with its history after all of this', async () => {
    const owner = new pg.Client({ connectionString: network.databaseUrls.owner });
    await owner.connect();
    try {
      await network.call(network.keys.steward, '{ events(first: 1) { nodes { id } } }');
      expect((await findBreaches(owner)).filter(({ breaches }) => breaches.length > 0)).toEqual([]);
    } finally {
      await owner.end();
    }
  });
});
