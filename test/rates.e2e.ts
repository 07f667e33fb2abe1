import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { post } from './support/client.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';

const PER_KEY = 20;
const PER_ADDRESS = 5;
const QUERY = '{ funders(first: 1) { nodes { id } } }';

let network: Network;
beforeAll(async () => {
  // Behind a proxy that is believed, so that one test can come from many addresses.
  const env = { RATE_PER_KEY: String(PER_KEY), RATE_PER_ADDRESS: String(PER_ADDRESS), TRUST_PROXY: '1' };
  network = await startNetwork({ env });
});
afterAll(() => network.stop());

interface Sent {
  status: number;
  limit: number;
  remaining: number;
  reset: number;
  retryAfter: string | null;
  body: unknown;
}

async function sent(response: Response): Promise<Sent> {
  const header = (name: string): number => Number(response.headers.get(name) ?? Number.NaN);
  return {
    status: response.status,
    limit: header('ratelimit-limit'),
    remaining: header('ratelimit-remaining'),
    reset: header('ratelimit-reset'),
    retryAfter: response.headers.get('retry-after'),
    body: await response.json(),
  };
}

const from = (address: string): Record<string, string> => ({ 'x-forwarded-for': address });
async function query(address: string, key: string | null, language = 'en'): Promise<Sent> {
  const headers = { ...from(address), 'content-type': 'application/json', 'accept-language': language };
  return sent(
    await fetch(`${network.url}/graphql`, {
      method: 'POST',
      headers: { ...headers, ...(key && { authorization: `Bearer ${key}` }) },
      body: JSON.stringify({ query: QUERY }),
    }),
  );
}
const document = async (address: string, key?: string): Promise<Sent> =>
  sent(
    await fetch(`${network.url}/openapi.json`, {
      headers: { ...from(address), ...(key && { authorization: `Bearer ${key}` }) },
    }),
  );

describe('the rate of a key', () => {
  it('counts GraphQL and REST together, says what is left, and ends in a typed error', async () => {
    const { funder, grantee } = network.keys;
    for (let i = 1; i <= PER_KEY; i++) {
      const answer = i % 2 ? await query('192.0.2.1', funder) : await document('192.0.2.1', funder);
      expect(answer).toMatchObject({ status: 200, limit: PER_KEY, remaining: PER_KEY - i, retryAfter: null });
      expect(answer.reset).toBeGreaterThan(0);
      expect(answer.reset).toBeLessThanOrEqual(60);
    }
    const refused = await query('192.0.2.1', funder);
    expect(refused).toMatchObject({ status: 429, limit: PER_KEY, remaining: 0 });
    expect(Number(refused.retryAfter)).toBeGreaterThan(0);
    expect(Number(refused.retryAfter)).toBeLessThanOrEqual(60);
    expect(refused.body).toEqual({
      errors: [
        {
          message: expect.stringMatching(/^Too many requests\. Try again in \d+ seconds\.$/),
          extensions: { code: 'RATE_LIMITED', requestId: expect.any(String), retryable: true },
        },
      ],
    });
    expect((await query('192.0.2.1', funder, 'vi')).body).toMatchObject({
      errors: [{ message: expect.stringContaining('Quá nhiều yêu cầu') }],
    });
    expect(await document('192.0.2.1', funder)).toMatchObject({
      status: 429,
      retryAfter: expect.any(String),
      body: { code: 'RATE_LIMITED', status: 429, requestId: expect.any(String), retryable: true },
    });

    // From wherever the key is used; other keys, and the address itself, are not concerned.
    expect((await query('192.0.2.99', funder)).status).toBe(429);
    expect((await query('192.0.2.1', grantee)).status).toBe(200);
    expect((await query('192.0.2.1', null)).status).toBe(200);
  });
});

describe('the rate of an address', () => {
  it('holds for those without a key, and for nobody else', async () => {
    for (let i = 1; i <= PER_ADDRESS; i++) {
      const answer = i % 2 ? await query('192.0.2.2', null) : await document('192.0.2.2');
      expect(answer).toMatchObject({ status: 200, limit: PER_ADDRESS, remaining: PER_ADDRESS - i });
    }
    expect(await query('192.0.2.2', null)).toMatchObject({
      status: 429,
      retryAfter: expect.any(String),
      body: { errors: [{ extensions: { code: 'RATE_LIMITED' } }] },
    });
    expect((await query('192.0.2.3', null)).status).toBe(200);
    expect((await query('192.0.2.2', network.keys.grantee)).status).toBe(200);
  });

  it('is that which the proxy saw, whatever the caller says stood before', async () => {
    for (let i = 1; i <= PER_ADDRESS; i++) {
      expect(await query(`198.51.100.${i}, 192.0.2.7`, null)).toMatchObject({
        status: 200,
        remaining: PER_ADDRESS - i,
      });
    }
    expect((await query('198.51.100.99, 192.0.2.7', null)).status).toBe(429);
  });

  it('is not escaped with made-up keys, and they lock nobody out', async () => {
    const { secondGrantee, analyst } = network.keys;
    expect((await query('192.0.2.4', secondGrantee)).status).toBe(200);
    const statuses: number[] = [];
    for (let i = 0; i < 3 * PER_ADDRESS; i++) statuses.push((await query('192.0.2.4', `gf_made_up_${i}`)).status);
    expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(2 * PER_ADDRESS);
    expect(statuses.at(-1)).toBe(429);
    expect((await query('192.0.2.4', secondGrantee)).status).toBe(200);
    expect((await query('192.0.2.5', analyst)).status).toBe(200);
  });
});

describe('without a rate', () => {
  it('are the questions whether the service lives', async () => {
    for (let i = 0; i < 3 * PER_ADDRESS; i++) {
      const response = await fetch(`${network.url}/health/live`, { headers: from('192.0.2.6') });
      expect([response.status, response.headers.get('ratelimit-limit')]).toEqual([200, null]);
    }
    expect((await post(network.url, null, QUERY, {}, from('192.0.2.6'))).status).toBe(200);
  });
});
