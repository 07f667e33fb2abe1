import { readFileSync, readdirSync } from 'node:fs';
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
      expect.arrayContaining([
        `/insights?language=${language}`,
        `/docs?language=${language}`,
        '/graphql',
        '/schema.graphql',
        '/openapi.json',
        '/health/ready',
      ]),
    );
    for (const way of ways) expect([way, (await get(way, language)).status]).toEqual([way, 200]);
  });

  it.each(['en', 'vi'])('stays in %s on the way down and back', async (language) => {
    // Whatever the browser says: the address was chosen.
    const other = language === 'vi' ? 'en' : 'vi';
    for (const path of ['/', '/insights', '/insights/dictionary', '/docs', '/docs/portals', '/nothing']) {
      const page = await (await get(`${path}?language=${language}`, other)).text();
      expect([path, page]).toEqual([path, expect.stringContaining(`<html lang="${language}">`)]);
      expect([path, page]).toEqual([path, expect.stringContaining(`<a href="/?language=${language}">`)]);
      const ways = [...page.matchAll(/<a href="(\/(?:insights|docs)?[^"#]*)"/g)].map(([, href]) => href);
      const pages = ways.filter((href) => /^\/(insights|docs(?!\/rest)|\?|$)/.test(href));
      const told = pages.filter((href) => !href.includes(`language=${language}`));
      expect([path, told.filter((href) => !href.includes(`language=${other}`))]).toEqual([path, []]);
    }
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

describe('the guides', () => {
  const pathOf = (href: string): string => href.split('#')[0];
  const anchorOf = (href: string): string | undefined => href.split('#')[1];
  const linksOf = (page: string): string[] => [...page.matchAll(/<a href="([^"]+)"/g)].map(([, href]) => href);

  it('are listed in both languages, and every link on every page leads to what it names', async () => {
    const pages = new Map<string, string>();
    const waiting = ['/docs', '/docs?language=vi'];
    for (const path of waiting) {
      const answer = await get(path);
      expect([path, answer.status]).toEqual([path, 200]);
      const page = await answer.text();
      pages.set(path, page);
      if (!path.startsWith('/docs') || path.startsWith('/docs/rest')) continue;
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
      const next = linksOf(page).filter((href) => href.startsWith('/'));
      for (const href of next.map(pathOf)) if (!waiting.includes(href)) waiting.push(href);
    }
    expect(pages.get('/docs?language=vi')).toContain('<html lang="vi">');
    const files = [...readdirSync('docs'), ...readdirSync('docs/adr').map((file) => `adr/${file}`)];
    const guides = files.filter((file) => file.endsWith('.md')).map((file) => `/docs/${file.slice(0, -3)}?language=vi`);
    expect(guides.length).toBeGreaterThan(60);
    expect([...pages.keys()]).toEqual(expect.arrayContaining(guides));
    const anchors = [...pages].flatMap(([path, page]) =>
      linksOf(page)
        .filter((href) => anchorOf(href) !== undefined && !/^https?:/.test(href))
        .map((href) => [pathOf(href) || path, anchorOf(href)!] as const),
    );
    for (const [path, anchor] of anchors) expect(pages.get(path)).toContain(`id="${anchor}"`);
  });

  it('show what the files say, and nothing but these files', async () => {
    const portals = await (await get('/docs/portals')).text();
    expect(portals).toContain(`<h1 id="`);
    expect(portals).toContain('<div class="wide"><table>');
    expect(await (await get('/docs/examples/portal.sh')).text()).toContain('#!/usr/bin/env bash');
    for (const wrong of ['nothing', 'adr/nothing', '..%2fpackage.json', 'adr/..%2f..%2fpackage.json', '__proto__']) {
      expect([wrong, (await get(`/docs/${wrong}`)).status]).toEqual([wrong, 404]);
    }
  });

  it('describe REST from the contract that is served, with no script from elsewhere', async () => {
    const page = await (await get('/docs/rest')).text();
    const loaded = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address);
    const ours = loaded.filter((address) => address !== 'data:,' && !['/', '/docs'].includes(address));
    expect(ours).toHaveLength(3);
    for (const address of ours) expect([address, (await get(address)).status]).toEqual([address, 200]);
    const start = await (await get(ours.find((address) => address.endsWith('start.js'))!)).text();
    expect(start).toContain('url: "/openapi.json"');
  });
});
