import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';

let network: Network;
beforeAll(async () => {
  network = await startNetwork();
});
afterAll(() => network.stop());

const get = (path: string, language = 'en'): Promise<Response> =>
  fetch(network.url + path, { headers: { accept: 'text/html,*/*;q=0.8', 'accept-language': language } });

describe('a person who opens the address of the service', () => {
  it.each([
    ['en', 'The backend for trust-based grantmaking'],
    ['vi', 'Hệ thống phía sau cho tài trợ dựa trên lòng tin'],
  ])('reads in %s what it is, and is led on to addresses that answer', async (language, title) => {
    const answer = await get('/', language);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    const page = await answer.text();
    expect(page).toContain(`<html lang="${language}">`);
    expect(page).toContain(title);
    const ways = [...page.matchAll(/<a href="([^"]+)"/g)].map(([, href]) => href);
    expect(ways).toEqual(
      expect.arrayContaining(['/insights', '/graphql', '/schema.graphql', '/openapi.json', '/health/ready']),
    );
    for (const way of ways) expect([way, (await get(way, language)).status]).toEqual([way, 200]);
  });

  it('finds the other language by a link, and an icon for the tab', async () => {
    expect(await (await get('/?language=vi')).text()).toContain('<html lang="vi">');
    const icon = await get('/favicon.ico');
    expect([icon.status, icon.headers.get('content-type')]).toEqual([200, 'image/svg+xml']);
  });

  it('is asked no second time for what has not changed', async () => {
    const etag = (await get('/schema.graphql')).headers.get('etag')!;
    const again = await fetch(`${network.url}/schema.graphql`, { headers: { 'if-none-match': etag } });
    expect(again.status).toBe(304);
  });
});

it('the contract that is served is the one in the repository', async () => {
  expect(await (await get('/schema.graphql')).text()).toBe(readFileSync('schema.graphql', 'utf8'));
});
