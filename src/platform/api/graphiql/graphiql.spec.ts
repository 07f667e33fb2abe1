import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { registerGraphiql } from './graphiql.js';

const app = new FastifyAdapter({ forceCloseConnections: true }).getInstance();
let origin: string;
beforeAll(async () => {
  registerGraphiql(app, '/graphql');
  app.route({ method: ['GET', 'POST'], url: '/graphql', handler: async () => ({ from: 'apollo' }) });
  origin = await app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => app.close());

/** Node's fetch sends `Accept: *\/*` when nothing is said. */
const get = async (url: string, accept?: string, method = 'GET') => {
  const response = await fetch(origin + url, { method, headers: accept ? { accept } : {} });
  return { status: response.status, headers: response.headers, body: await response.text() };
};

describe('GraphiQL', () => {
  it('is what a browser sees on the endpoint', async () => {
    const answer = await get('/graphql?query=%7Ba%7D', 'text/html,application/xhtml+xml,*/*;q=0.8');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.body).toContain('id="graphiql"');
  });

  it.each([['application/json'], ['application/graphql-response+json'], ['*/*'], [undefined]])(
    'is not shown for Accept: %s',
    async (accept) => {
      expect((await get('/graphql?query=%7Ba%7D', accept)).body).toBe('{"from":"apollo"}');
    },
  );

  it('leaves POST and other paths alone', async () => {
    expect((await get('/graphql', 'text/html', 'POST')).body).toBe('{"from":"apollo"}');
    expect((await get('/graphqlx', 'text/html')).status).toBe(404);
  });

  it('loads nothing from elsewhere, and its policy would not let it', async () => {
    const { body, headers } = await get('/graphql', 'text/html');
    const policy = String(headers.get('content-security-policy'));
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/https?:|\*|unsafe-eval|script-src[^;]*unsafe/);
    const addresses = [...body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address);
    expect(addresses.length).toBeGreaterThan(5);
    for (const address of addresses.filter((each) => each !== 'data:,')) {
      expect(address).toMatch(/^\/graphiql\/assets\/\d+\.\d+\.\d+\/[a-z.-]+$/);
      const file = await get(address);
      expect([address, file.status]).toEqual([address, 200]);
      expect(file.headers.get('content-type')).toMatch(address.endsWith('.css') ? /^text\/css/ : /^text\/javascript/);
    }
  });

  it('serves those files only', async () => {
    const { body } = await get('/graphql', 'text/html');
    const folder = /\/graphiql\/assets\/[^/]+/.exec(body)?.[0];
    for (const file of ['package.json', '..%2fpackage.json', 'toString', '__proto__']) {
      expect([file, (await get(`${folder}/${file}`)).status]).toEqual([file, 404]);
    }
    expect((await get(`${folder}/graphiql.min.js`)).headers.get('cache-control')).toContain('immutable');
  });
});
