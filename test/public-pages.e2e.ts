import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import { QUARTER, publish } from './support/published-scenes.js';

const FILES = 40;
let network: Network;
beforeAll(async () => {
  // Behind a proxy that is believed, so that one test can come from many addresses.
  const env = { RATE_PER_ADDRESS: '5', RATE_PER_ADDRESS_FILES: String(FILES), RATE_PER_KEY: '77', TRUST_PROXY: '1' };
  network = await startNetwork({ env });
  await publish(network, '2026-Q3', 'CATEGORY', 350, QUARTER);
});
afterAll(() => network.stop());

let addresses = 0;
const newAddress = (): string => `192.0.2.${++addresses}`;
const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8';

const get = async (path: string, headers: Record<string, string> = {}, address = newAddress()) => {
  const response = await fetch(`${network.url}${path}`, { headers: { 'x-forwarded-for': address, ...headers } });
  const { status, headers: answered } = response;
  return { status, header: (name: string) => answered.get(name), text: await response.text() };
};

describe('a language that the page does not speak', () => {
  it.each([
    ['fr', 'de', 'en'],
    ['fr', 'vi-VN,vi;q=0.9', 'vi'],
    ['xx', undefined, 'en'],
    ['', 'vi', 'vi'],
    ['vi-VN', 'en', 'vi'],
    ['EN-us', 'vi', 'en'],
  ])('"%s" to a reader of %s is answered in %s', async (asked, reads, answered) => {
    const { status, text } = await get(`/insights?language=${asked}`, reads ? { 'accept-language': reads } : {});
    expect([status, /<html lang="(\w+)">/.exec(text)?.[1]]).toEqual([200, answered]);
  });

  it('named twice is answered too', async () => {
    expect((await get('/insights?language=fr&language=vi')).status).toBe(200);
  });

  it.each(['/', '/insights', '/insights/dictionary', '/docs', '/docs/portals'])('is told on %s', async (path) => {
    const asked = async (query: string): Promise<string> => (await get(path + query)).text;
    expect(await asked('?language=fr')).toContain(
      'There is no version of this page in the language that was asked for',
    );
    for (const query of ['', '?language=', '?language=en', '?language=vi-VN'])
      expect(await asked(query)).not.toMatch(/There is no version of this page|Trang này không có/);
  });

  it('is one answer for each reader, and is kept as such', async () => {
    expect((await get('/insights?language=fr')).header('vary')).toBe('Accept-Language, Authorization');
    expect((await get('/insights?language=vi-VN')).header('vary')).toBe('Authorization');
  });
});

describe('a person before a browser', () => {
  it.each([
    ['/nothing', 'en-US,en;q=0.5', 'There is no such page', 'Nothing is at this address.'],
    ['/v1/statistics/2026-Q2/category.csv', 'vi', 'Không có trang này', 'Không có gì ở địa chỉ này.'],
    ['/v1/statistics/2026-Q2/category.csv?language=vi', 'en', 'Không có trang này', 'Không có gì ở địa chỉ này.'],
  ])('reads a page where there is none: %s in %s', async (path, language, title, message) => {
    const { status, text, header } = await get(path, { accept: BROWSER, 'accept-language': language });
    expect([status, header('content-type'), header('cache-control')]).toEqual([
      404,
      'text/html; charset=utf-8',
      'no-store',
    ]);
    expect(text).toContain(`<h1>${title}</h1>`);
    expect(text).toContain(message);
    expect(text).toContain(header('x-request-id')!);
    expect(text).not.toMatch(/<script|<img| style="/);
    expect(header('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(header('vary')).toBe('Accept, Accept-Language, Authorization');
    expect(text).not.toContain('hoặc không thuộc về bạn');
    const links = [...text.matchAll(/<a href="([^"]+)"/g)].map(([, link]) => link);
    const other = links.find((link) => link.startsWith('?'))!;
    const translated = await get(path.split('?')[0] + other, { accept: BROWSER });
    expect(translated.text).toMatch(/<html lang="(en|vi)">/);
    expect(translated.text.includes(`<h1>${title}</h1>`)).toBe(false);
    expect(links).toEqual(expect.arrayContaining([expect.stringMatching(/^\/\?language=/)]));
    for (const link of links.filter((each) => each.startsWith('/'))) expect((await get(link)).status).toBe(200);
  });

  it('reads a page too where the method is wrong', async () => {
    const response = await fetch(`${network.url}/insights`, {
      method: 'POST',
      headers: { accept: BROWSER, 'x-forwarded-for': newAddress() },
    });
    expect([response.status, await response.text()]).toEqual([
      404,
      expect.stringContaining('Nothing is at this address.'),
    ]);
  });

  it('with a key is told that it may be another’s', async () => {
    const headers = { accept: BROWSER, authorization: `Bearer ${network.keys.analyst}` };
    expect((await get('/nothing', headers)).text).toContain('Not found, or not yours.');
  });

  it.each([
    '/insights/',
    '/insights/dictionary/',
    '/docs/',
    '/docs/portals/',
    '/docs/rest/',
    '/graphql/',
    '/v1/statistics/',
  ])('is answered with a slash at the end as without one: %s', async (path) => {
    const [slashed, plain] = await Promise.all([path, path.slice(0, -1)].map((each) => get(each, { accept: BROWSER })));
    expect([slashed.status, slashed.text]).toEqual([200, plain.text]);
  });

  it('reads a page when it asked too often, and when to come back', async () => {
    const address = newAddress();
    for (let i = 0; i < 5; i++) expect((await get('/insights', { accept: BROWSER }, address)).status).toBe(200);
    const { status, text, header } = await get('/insights', { accept: BROWSER }, address);
    expect([status, header('content-type')]).toEqual([429, 'text/html; charset=utf-8']);
    expect(text).toContain('<h1>Please wait a moment</h1>');
    expect(text).toMatch(/Try again in \d+ seconds\./);
    expect(Number(header('retry-after'))).toBeGreaterThan(0);
    const vietnamese = await get('/insights', { accept: BROWSER, 'accept-language': 'vi' }, address);
    expect(vietnamese.text).toContain('<h1>Vui lòng chờ một lát</h1>');
  });

  it.each([
    ['no word about it', undefined],
    ['anything', '*/*'],
    ['JSON', 'application/json'],
    ['JSON before HTML', 'application/json, text/html;q=0.5'],
    ['no HTML', 'text/html;q=0, */*'],
  ])('is not who accepts %s: that is a program', async (_, accept) => {
    const { status, text, header } = await get('/nothing', accept ? { accept } : {});
    expect([status, header('content-type')]).toEqual([404, 'application/problem+json; charset=utf-8']);
    expect(JSON.parse(text)).toMatchObject({ code: 'NOT_FOUND', requestId: header('x-request-id') });
  });

  it('is shown no markup of an address', async () => {
    const { text } = await get('/%3Cscript%3Ealert(1)%3C/script%3E?language=%3Cb%3E', { accept: BROWSER });
    expect(text).not.toMatch(/<script|<b>/);
  });
});

describe('a newsroom behind one address', () => {
  const FILE = '/v1/statistics/2026-Q3/category.csv';

  it('reads sealed files beside the pages and lists, which count for themselves', async () => {
    const address = newAddress();
    for (let i = 0; i < FILES; i++) {
      const { status, header } = await get(FILE, {}, address);
      expect([status, header('ratelimit-limit'), header('ratelimit-remaining')]).toEqual([
        200,
        String(FILES),
        String(FILES - 1 - i),
      ]);
    }
    const limited = await get(FILE, {}, address);
    expect([limited.status, JSON.parse(limited.text)]).toEqual([
      429,
      expect.objectContaining({ code: 'RATE_LIMITED' }),
    ]);
    const page = await get('/insights', {}, address);
    expect([page.status, page.header('ratelimit-limit'), page.header('ratelimit-remaining')]).toEqual([200, '5', '4']);
  });

  it.each([
    '/v1/statistics/2026-Q3/category.json',
    '/v1/statistics/2026-Q3/category.svg',
    '/v1/statistics/2026-Q3/funder-share.svg',
    '/v1/history/heads/2026-01-01',
  ])('%s is such a file', async (path) => {
    expect((await get(path)).header('ratelimit-limit')).toBe(String(FILES));
  });

  it('who reads with a key is counted by the key', async () => {
    const headers = { authorization: `Bearer ${network.keys.analyst}` };
    expect((await get(FILE, headers)).header('ratelimit-limit')).toBe('77');
  });

  it('who guesses keys is counted as the address, and reads no more files for it', async () => {
    const address = newAddress();
    const statuses: number[] = [];
    for (let i = 0; i < 5; i++) {
      statuses.push((await get('/v1/statistics', { authorization: `Bearer gf_guess${i}` }, address)).status);
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401]);
    const { header } = await get('/v1/statistics', { authorization: 'Bearer gf_another' }, address);
    expect(header('ratelimit-limit')).toBe('5');
  });
});
