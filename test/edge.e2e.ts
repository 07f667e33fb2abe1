import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Jobs } from '../src/platform/jobs/jobs.service.js';
import { post } from './support/client.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';

const PER_KEY = 30;
let network: Network;
beforeAll(async () => {
  const env = {
    RATE_PER_KEY: String(PER_KEY),
    RATE_PER_ADDRESS: '200',
    TRUST_PROXY: '203.0.113.0/24',
    BODY_SECONDS: '1',
  };
  network = await startNetwork({ env });
});
afterAll(() => network.stop());

const remaining = async (address: string): Promise<number> => {
  const answer = await fetch(`${network.url}/openapi.json`, { headers: { 'x-forwarded-for': address } });
  await answer.text();
  return Number(answer.headers.get('ratelimit-remaining'));
};

it('a caller that is no proxy of ours cannot say that it is somebody else', async () => {
  const first = await remaining('198.51.100.1');
  expect(await remaining('198.51.100.2')).toBe(first - 1);
  expect(await remaining('203.0.113.5, 198.51.100.3')).toBe(first - 2);
});

describe('what is kept on the way', () => {
  const kept = async (path: string, init: RequestInit = {}): Promise<(string | null)[]> => {
    const answer = await fetch(`${network.url}${path}`, init);
    await answer.text();
    return [answer.headers.get('cache-control'), answer.headers.get('vary')];
  };

  it('is nothing that a caller with a key is told, and no answer with a new key', async () => {
    const headers = { authorization: `Bearer ${network.keys.analyst}`, 'content-type': 'application/json' };
    const graphql = (body: string, more = headers as Record<string, string>): Promise<(string | null)[]> =>
      kept('/graphql', { method: 'POST', headers: more, body });
    const answers = [
      await graphql('{"query":"{ viewer { role } }"}'),
      await graphql('{"query":"{ nothing }"}'),
      await graphql('{'),
      await graphql('{"query":"mutation { claimInvitation(input: { token: \\"none\\" }) { secret } }"}', {
        'content-type': 'application/json',
      }),
      await kept('/v1/statistics', { headers }),
      await kept('/v1/reports/export', { headers }),
      await kept('/v1/nothing', { headers }),
      await kept('/insights', { headers }),
      await kept('/openapi.json', { headers: { authorization: 'Bearer gf_none' } }),
    ];
    for (const [cache, vary] of answers) {
      expect(cache).toBe('no-store');
      expect(vary).toMatch(/\bAuthorization\b/);
    }
  });

  it('is what is public, for callers without a key', async () => {
    expect(await kept('/v1/statistics')).toEqual(['public, no-cache', expect.stringMatching(/Authorization/)]);
    expect(await kept('/insights')).toEqual([
      'public, no-cache',
      expect.stringMatching(/Accept-Language.*Authorization/),
    ]);
  });
});

describe('mutations of one request', () => {
  const many = (count: number, input = '{ text: "no" }'): string =>
    `mutation { ${Array.from({ length: count }, (_, i) => `m${i}: draftReport(input: ${input}) { narrativeReport { id } }`).join(' ')} }`;
  const drafts = async (): Promise<number> =>
    (await network.sql<{ n: number }>('SELECT count(*)::int AS n FROM narrative_reports'))[0].n;

  it('count one each, and are refused before the first runs', async () => {
    const { secondGrantee } = network.keys;
    const before = Number(
      (await post(network.url, secondGrantee, '{ viewer { role } }')).headers.get('ratelimit-remaining'),
    );
    const first = await post(network.url, secondGrantee, many(20, '{}'));
    expect([first.status, first.headers.get('ratelimit-remaining')]).toEqual([200, String(before - 20)]);
    expect(await drafts()).toBe(20);
    const second = await post(
      network.url,
      secondGrantee,
      `mutation { ...More } fragment More on Mutation ${many(20, '{}').slice(9)}`,
    );
    expect([second.status, second.errors![0].extensions.code, second.errors![0].extensions.retryable]).toEqual([
      429,
      'RATE_LIMITED',
      true,
    ]);
    expect([second.headers.get('ratelimit-remaining'), Number(second.headers.get('retry-after')) > 0]).toEqual([
      '0',
      true,
    ]);
    expect(await drafts()).toBe(20);
    expect((await post(network.url, secondGrantee, '{ viewer { role } }')).status).toBe(429);
  });
});

describe('a clock that disagrees with the database', () => {
  afterEach(() => {
    network.clock.skew = 0;
  });

  it.each([61_500, -61_500])('by over a minute seals nothing: %i ms', async (skew) => {
    network.clock.skew = skew;
    const seal = async (): Promise<string[]> => {
      const { userErrors } = (await network.mutate(
        network.keys.steward,
        'sealObstacleRelease',
        { period: '2999' },
        'isDone',
      )) as {
        userErrors: { code: string }[];
      };
      return userErrors.map(({ code }) => code);
    };
    expect(await seal()).toEqual(['CLOCKS_DISAGREE']);
    network.clock.skew = Math.sign(skew) * 30_000;
    expect(await seal()).toEqual(['PERIOD_STILL_OPEN']);
    network.clock.skew = skew;
    network.clock.set('2027-01-20T12:00:00Z');
    await expect(network.app.get(Jobs).runScheduled('seal_obstacle_releases')).rejects.toThrow('CLOCKS_DISAGREE');
    network.clock.set(new Date().toISOString());
    expect(await network.sql('SELECT FROM statistics.releases')).toEqual([]);
  });
});

it('says in both languages that what is shared is outside of what statistics promise', async () => {
  const page = async (language: string): Promise<string> =>
    (await fetch(`${network.url}/insights?language=${language}`)).text();
  expect(await page('en')).toContain('records of how funders answer them, which count shared obstacles as they are');
  expect(await page('vi')).toContain('hồ sơ đó đếm đúng số trở ngại đã chia sẻ, không thêm số ngẫu nhiên');
  expect(readFileSync('docs/statistics.md', 'utf8')).toContain('**What you share is outside of this.**');
});

describe('a body', () => {
  const send = (
    head: string,
    feed: (write: (text: string) => void) => void,
  ): Promise<{ said: string; closed: boolean }> =>
    new Promise((resolve) => {
      const { port } = new URL(network.url);
      const socket = connect(Number(port), '127.0.0.1');
      let said = '';
      const give = setTimeout(() => (socket.destroy(), resolve({ said, closed: false })), 10_000);
      socket.on('data', (chunk: Buffer) => (said += chunk.toString()));
      socket.on('error', () => undefined);
      socket.on('close', () => (clearTimeout(give), resolve({ said, closed: true })));
      socket.write(head);
      feed((text) => socket.write(text));
    });
  const head = (length: number, path = '/graphql', more = ''): string =>
    `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n${more}\r\n`;

  it('that never comes, or all but never, is closed', async () => {
    expect(await send(head(500), () => undefined)).toEqual({
      said: expect.stringMatching(/^HTTP\/1\.1 408 /),
      closed: true,
    });
    const trickle = await send(head(500), (write) => {
      for (let i = 0; i < 40; i++) setTimeout(() => write(' '), i * 100);
    });
    expect(trickle).toEqual({ said: expect.stringMatching(/^HTTP\/1\.1 408 /), closed: true });
  });

  it('that goes on coming is taken, however long it takes', async () => {
    const body = JSON.stringify({ query: `{ funders(first: 1) { totalCount } } #${'x'.repeat(40_000)}` });
    const { said } = await send(head(body.length, '/graphql', 'connection: close\r\n'), (write) => {
      for (let i = 0; i < 20; i++) {
        setTimeout(() => write(body.slice((i * body.length) / 20, ((i + 1) * body.length) / 20)), i * 200);
      }
    });
    expect(said).toMatch(/^HTTP\/1\.1 200 /);
  });
});
