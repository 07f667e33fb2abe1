import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import type { GraphQLInputObjectType } from 'graphql';
import { guaranteeOfReporting, percent } from '../src/statistics/guarantee.rules.js';
import { STANDARD } from '../src/statistics/views.rules.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import { FUNDERS, QUARTER, REGIONS, publish, refuseForSize } from './support/published-scenes.js';

let network: Network;
beforeAll(async () => {
  network = await startNetwork();
});
afterAll(() => network.stop());

const get = async (path: string, headers: Record<string, string> = {}) => {
  const response = await fetch(`${network.url}${path}`, { headers });
  const { status, headers: answered } = response;
  return { status, header: (name: string) => answered.get(name), text: await response.text() };
};
const vietnamese = { 'accept-language': 'vi-VN,vi;q=0.9,en;q=0.5' };

describe('while nothing is sealed', () => {
  it('the page says so, and why a small network publishes nothing', async () => {
    const { status, text } = await get('/insights');
    expect(status).toBe(200);
    expect(text).toContain('Nothing has been sealed yet');
    expect(text).toContain('A small network publishes nothing at all: at least 200 organizations');
    expect(text).not.toContain('<svg');
    expect((await get('/insights', vietnamese)).text).toContain('Chưa có số liệu nào được niêm phong');
  });

  it('and what it promises are the percentages of the standard', async () => {
    expect(guaranteeOf((await get('/insights')).text)).toEqual(STANDARD_GUARANTEE);
  });

  it('the index is empty and no file is there', async () => {
    expect(JSON.parse((await get('/v1/statistics')).text)).toMatchObject({ releases: [] });
    expect((await get('/v1/statistics/2026-Q3/category.csv')).status).toBe(404);
  });
});

/** What whoever reads can find out at most: whether an organization reported, and about what. */
const STANDARD_GUARANTEE = [
  ['59 %', '67 %'],
  ['72 %', '87 %'],
  ['88 %', '98 %'],
  ['98 %', '&gt; 99 %'],
];
function guaranteeOf(page: string): string[][] {
  const table = page.slice(page.indexOf('class="guarantee"')).replaceAll('\u00a0', ' ');
  const cells = [...table.matchAll(/<td class="number">([^<]*)<\/td>/g)].map(([, text]) => text);
  return [0, 2, 4, 6].map((i) => cells.slice(i, i + 2));
}

describe('what is sealed', () => {
  beforeAll(async () => {
    await publish(network, '2026-Q3', 'CATEGORY', 350, QUARTER);
    await publish(network, '2026', 'KIND_BY_REGION', 200, REGIONS);
    await publish(network, '2026', 'FUNDER', 400, FUNDERS);
    await refuseForSize(network, '2026-Q4');
  });

  it('is listed with the addresses of its files, which all answer', async () => {
    const { releases } = JSON.parse((await get('/v1/statistics')).text) as {
      releases: {
        period: string;
        state: string;
        labelVi: string;
        views: Record<string, string>[];
        funderShareSvg: string | null;
      }[];
    };
    expect(releases.map(({ period, state, views }) => [period, state, views.map(({ view }) => view)])).toEqual([
      ['2026-Q4', 'REFUSED_FOR_SIZE', []],
      ['2026-Q3', 'SEALED', ['category']],
      ['2026', 'SEALED', ['kind-by-region', 'funder']],
    ]);
    expect(releases[1].labelVi).toBe('tháng 7 đến tháng 9 năm 2026');
    const files = releases.flatMap(({ views, funderShareSvg }) => [
      ...views.flatMap(({ csv, csvMetadata, json, svg }) => [csv, csvMetadata, json, svg]),
      ...(funderShareSvg ? [funderShareSvg] : []),
    ]);
    expect(files).toHaveLength(14);
    for (const file of files) expect([file, (await get(file)).status]).toEqual([file, 200]);
  });

  it('is CSV by RFC 4180, with signed numbers and without formulas', async () => {
    const { text, header } = await get('/v1/statistics/2026-Q3/category.csv');
    expect(header('content-type')).toBe('text/csv; charset=utf-8; header=present');
    expect(header('content-disposition')).toBe('attachment; filename="goodfaith-2026-Q3-category.csv"');
    const lines = text.split('\r\n');
    expect(lines).toHaveLength(QUARTER.length + 2);
    expect(lines[0]).toBe(
      'period,starts_on,ends_on,view,kind,category,region,funder_id,label_en,label_vi,value,lower_95,upper_95,threshold,epsilon',
    );
    expect(lines).toContain(
      '2026-Q3,2026-07-01,2026-09-30,CATEGORY,EXTERNAL,EXTERNAL_ECONOMY,,,"Economy, law and other outside causes","Kinh tế, pháp luật và nguyên nhân bên ngoài khác",105,96,114,19,0.35',
    );
    // A number stays one: an apostrophe would turn it into a text, and a sum of the column would be wrong.
    expect(lines.at(-2)).toMatch(/,Property and equipment,Tài sản và thiết bị,-3,-12,6,19,0\.35$/);
    const funders = (await get('/v1/statistics/2026/funder.csv')).text;
    expect(funders).toContain(`"'=HYPERLINK(""http://x"",""y"")"`);
    expect(funders).toContain('"Zephyr ""Bold"" <Trust>, Inc."');
    expect(funders).not.toMatch(/(^|,)"?[=+@\t]/m);
  });

  it('is the same in JSON', async () => {
    const { text, header } = await get('/v1/statistics/2026-Q3/category.json');
    expect(header('content-type')).toBe('application/json; charset=utf-8');
    const { cells, ...about } = JSON.parse(text) as { cells: Record<string, unknown>[] };
    expect(about).toEqual({
      period: '2026-Q3',
      startsOn: '2026-07-01',
      endsOn: '2026-09-30',
      sealedAt: '2027-01-20T03:00:00.000Z',
      view: 'CATEGORY',
      unit: 'organizations',
    });
    expect(cells.map(({ value }) => value)).toEqual(QUARTER.map(({ value }) => value));
    expect(cells[7]).toEqual({
      kind: 'ORGANIZATION',
      category: 'ORGANIZATION_ASSETS',
      region: null,
      funderId: null,
      labelEn: 'Property and equipment',
      labelVi: 'Tài sản và thiết bị',
      value: -3,
      lower95: -12,
      upper95: 6,
      threshold: 19,
      epsilon: 0.35,
    });
  });

  it('never ranks funders: they stand in the order of the alphabet in every form', async () => {
    const names = ['=HYPERLINK', 'Ánh Dương', 'Zephyr', 'Other funders'];
    for (const file of ['funder.csv', 'funder.json', 'funder.svg?language=en']) {
      const { text } = await get(`/v1/statistics/2026/${file}`);
      const places = names.map((name) => text.indexOf(name));
      expect([file, places]).toEqual([file, [...places].sort((a, b) => a - b)]);
      expect(places).not.toContain(-1);
    }
  });

  it('may be kept for good, and is not sent twice', async () => {
    for (const file of ['category.csv', 'category.json', 'category.svg']) {
      const { header } = await get(`/v1/statistics/2026-Q3/${file}`);
      expect(header('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(header('access-control-allow-origin')).toBe('*');
      const again = await get(`/v1/statistics/2026-Q3/${file}`, { 'if-none-match': `"other", W/${header('etag')}` });
      expect([again.status, again.text, again.header('etag')]).toEqual([304, '', header('etag')]);
    }
    const index = await get('/v1/statistics');
    expect(index.header('cache-control')).toBe('public, no-cache');
    expect((await get('/v1/statistics', { 'if-none-match': index.header('etag')! })).status).toBe(304);
  });

  it('is drawn with labels in the language of the address, or else of the reader', async () => {
    const file = '/v1/statistics/2026-Q3/category.svg';
    const english = await get(file);
    expect(english.header('content-type')).toBe('image/svg+xml; charset=utf-8');
    expect(english.header('vary')).toBe('Accept-Language, Authorization');
    expect(english.text).toContain('How and when the funder pays: 131 (122 to 140).');
    expect(english.text).toContain('Property and equipment: fewer than 19.');
    const asked = await get(`${file}?language=vi`, { 'accept-language': 'en' });
    expect(asked.text).toContain('Cách thức và thời điểm nhà tài trợ chi trả: 131 (122 đến 140).');
    expect(asked.header('vary')).toBe('Authorization');
    expect((await get(file, vietnamese)).text).toBe(asked.text);
    const refused = await get(`${file}?language=fr`);
    expect([refused.status, (JSON.parse(refused.text) as { code: string }).code]).toEqual([422, 'INVALID_VALUE']);
  });

  it('is shown beside what a study found elsewhere', async () => {
    const { text } = await get('/v1/statistics/2026-Q3/funder-share.svg?language=en');
    // 294 of 565.
    expect(text).toContain(
      'This network, July to September 2026: 52 % (50 to 54 %). Open Road Alliance, 102 projects: 46 %.',
    );
    expect((await get('/v1/statistics/2026/funder-share.svg')).text).toContain('46 %');
  });

  it.each([
    ['a period that is open', '2026-Q2/category.csv'],
    ['a period that was refused', '2026-Q4/category.csv'],
    ['a period that is none', '2026-Q5/category.csv'],
    ['a release that is none', '%00/category.json'],
    ["a year's view of a quarter", '2026-Q3/funder.svg'],
    ["a quarter's view of a year", '2026/category.json'],
    ['a view that is none', '2026-Q3/toString.csv'],
    ['a share of a quarter that was refused', '2026-Q4/funder-share.svg'],
    ['a share as a table', '2026-Q3/funder-share.csv'],
    ['a form that is none', '2026-Q3/category.pdf'],
    ['no form', '2026-Q3/category'],
  ])('is not found as %s', async (_, path) => {
    const { status, text, header } = await get(`/v1/statistics/${path}`, vietnamese);
    expect(status).toBe(404);
    expect(header('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(header('cache-control')).toBe('no-store');
    expect(JSON.parse(text)).toMatchObject({ code: 'NOT_FOUND', detail: 'Không tìm thấy, hoặc không thuộc về bạn.' });
  });
});

describe('the page', () => {
  it('shows every figure as a picture and as a table, with links that answer', async () => {
    const { text, header } = await get('/insights?language=en');
    expect(header('content-type')).toBe('text/html; charset=utf-8');
    expect(text).toContain('<html lang="en">');
    expect(text.match(/<svg /g)).toHaveLength(4);
    expect(text.match(/<h1>/g)).toHaveLength(1);
    for (const { labelEn, value } of QUARTER) {
      const row = new RegExp(
        `<th scope="row">${labelEn.replace("'", '&#39;')}</th>\\s*<td class="number">([^<]*)</td>`,
      );
      expect([labelEn, row.exec(text)?.[1]]).toEqual([labelEn, value >= 19 ? String(value) : 'fewer than 19']);
    }
    expect(text).toContain('Zephyr &quot;Bold&quot; &lt;Trust&gt;, Inc.');
    const links = [...text.matchAll(/href="(\/[^"]*)"/g)].map(([, link]) => link);
    expect(links.length).toBeGreaterThan(10);
    for (const link of links) expect([link, (await get(link)).status]).toEqual([link, 200]);
  });

  it('says why the latest quarter is missing', async () => {
    expect((await get('/insights')).text).toContain(
      'In October to December 2026 too few organizations could have reported',
    );
  });

  it('speaks Vietnamese when asked, or when the reader does', async () => {
    const { text } = await get('/insights?language=vi', { 'accept-language': 'en' });
    expect(text).toContain('<html lang="vi">');
    expect(text).toContain('ai quản trị cơ sở dữ liệu thì đọc được những gì trong đó');
    expect(text).toContain('href="/insights?language=en"');
    expect((await get('/insights', vietnamese)).text).toBe(text);
  });

  it('runs no script and loads nothing; its own style is the only one allowed', async () => {
    const { text, header } = await get('/insights');
    expect(text).not.toMatch(/<script|<img|<iframe|<object|<form|<link rel="stylesheet"| on[a-z]+="| style="/);
    const policy = header('content-security-policy')!;
    const [, style] = /<style>([^]*?)<\/style>/.exec(text)!;
    expect(policy).toContain(`style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`);
    expect(policy).toMatch(/^default-src 'none';/);
    expect(policy).not.toMatch(/script-src|unsafe|https?:/);
  });

  it('promises what the epsilons of its release give, computed by the one function', async () => {
    const { text } = await get('/insights');
    expect(guaranteeOf(text)).toEqual(STANDARD_GUARANTEE);
    expect(text).toContain('whoever administers it can read what is in it');
    // Half the epsilon in a later quarter: 1 / (1 + e^-0.175) = 0.544, and so on.
    await publish(network, '2027-Q1', 'CATEGORY', 175, QUARTER);
    expect(guaranteeOf((await get('/insights')).text)[0]).toEqual(['54 %', '59 %']);
  });
});

describe('what a grantee is promised where it logs', () => {
  it.each(['LogObstacleInput', 'LogSuggestedObstacleInput'])('is computed by the same function: %s', (input) => {
    const { schema } = network.app.get(GraphQLSchemaHost);
    const { description } = (schema.getType(input) as GraphQLInputObjectType).getFields().tier;
    const chances = Object.values(guaranteeOfReporting(STANDARD.epsilons)).map((chance: number) => percent(chance));
    expect(chances).toEqual([59, 72, 88, 98]);
    const [quarter, views, year, two] = chances;
    expect(description).toContain(
      `is at most ${quarter} % from one quarter's release, ${views} % with the year's views, ${year} % from a whole year, and ${two} % from two`,
    );
    expect(description).toContain('Whoever administers the database can read it.');
  });
});

describe('whoever asks too often', () => {
  it('is told to wait, without a key', async () => {
    const limited = await startNetwork({ env: { RATE_PER_ADDRESS: '5' } });
    try {
      const statuses: number[] = [];
      for (let i = 0; i < 6; i++) statuses.push((await fetch(`${limited.url}/v1/statistics`)).status);
      expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
      expect((await fetch(`${limited.url}/insights`)).status).toBe(429);
    } finally {
      await limited.stop();
    }
  });
});
