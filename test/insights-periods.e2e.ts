import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Jobs } from '../src/platform/jobs/jobs.service.js';
import { EventSealer } from '../src/platform/events/event-sealer.service.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import { FUNDERS, QUARTER, REGIONS, publish, refuseForSize } from './support/published-scenes.js';

let network: Network;
beforeAll(async () => {
  network = await startNetwork();
  const grown = (by: number) => QUARTER.map((cell) => ({ ...cell, value: cell.value + by }));
  await publish(network, '2025-Q4', 'CATEGORY', 350, grown(-20));
  await publish(network, '2025', 'KIND_BY_REGION', 200, REGIONS);
  await publish(network, '2025', 'FUNDER', 400, FUNDERS);
  await publish(network, '2026-Q1', 'CATEGORY', 175, grown(0));
  await refuseForSize(network, '2026-Q2');
  await publish(network, '2026-Q3', 'CATEGORY', 350, grown(30));
});
afterAll(() => network.stop());

const get = async (path: string, headers: Record<string, string> = {}) => {
  const response = await fetch(`${network.url}${path}`, { headers });
  return { status: response.status, etag: response.headers.get('etag'), text: await response.text() };
};
const sectionOf = (page: string, id: string): string => {
  const from = page.indexOf(`<section aria-labelledby="${id}"`);
  return from === -1 ? '' : page.slice(from, page.indexOf('</section>', from));
};
const cellsOf = (html: string, label: string): string[] => {
  const from = html.indexOf(`scope="row">${label}</th>`);
  const row = html.slice(from, html.indexOf('</tr>', from));
  return [...row.matchAll(/<td [^>]*class="number"[^>]*>([^<]*)<\/td>/g)].map(([, text]) =>
    text.replaceAll('\u00a0', ' '),
  );
};

describe('the page over time', () => {
  it('shows each category quarter after quarter, with a place for the quarter that was not published', async () => {
    const trend = sectionOf((await get('/insights?language=en')).text, 'trend');
    expect(cellsOf(trend, 'How and when the funder pays')).toEqual(['111', '131', 'not published', '161']);
    expect(cellsOf(trend, 'Property and equipment')).toEqual(['fewer than 19', 'fewer than 36', 'not published', '27']);
    for (const quarter of ['Q4 2025', 'Q1 2026', 'Q2 2026', 'Q3 2026']) expect(trend).toContain(quarter);
    expect(trend.match(/<svg [^>]*role="img"/g)).toHaveLength(2);
    expect(trend).toContain('How and when the funder pays: Q4 2025 111 (102 to 120), Q1 2026 131 (');
  });

  it('names the quarter of each figure where a narrow screen shows no columns', async () => {
    const trend = sectionOf((await get('/insights?language=en')).text, 'trend');
    const [, row] = trend.split('How and when the funder pays</th>');
    const quarters = [...row.split('</tr>')[0].matchAll(/data-quarter="([^"]*)"/g)].map(([, quarter]) => quarter);
    expect(quarters).toEqual(['Q4 2025', 'Q1 2026', 'Q2 2026', 'Q3 2026']);
  });

  it('shows how much of it came from funders, quarter after quarter', async () => {
    const trend = sectionOf((await get('/insights?language=vi')).text, 'trend');
    // 214 of 405, 294 of 565, and 414 of 805.
    expect(cellsOf(trend, 'Quý 4/2025')[0]).toBe('53 %');
    expect(cellsOf(trend, 'Quý 1/2026')[0]).toBe('52 %');
    expect(cellsOf(trend, 'Quý 2/2026')).toEqual(['quá ít để kết luận', 'không nêu']);
    expect(cellsOf(trend, 'Quý 3/2026')[0]).toBe('51 %');
  });

  it('holds no figure that the sealed files do not hold', async () => {
    const { text } = await get('/insights?language=en');
    const sealed = new Set<string>();
    for (const period of ['2025-Q4', '2026-Q1', '2026-Q3']) {
      const file = JSON.parse((await get(`/v1/statistics/${period}/category.json`)).text) as {
        cells: { value: number }[];
      };
      for (const { value } of file.cells) sealed.add(String(value));
    }
    const table = sectionOf(text, 'trend').split('<table ')[2];
    const shown = [...table.matchAll(/<td [^>]*>(\d+)<\/td>/g)].map(([, value]) => value);
    expect(shown.length).toBeGreaterThan(15);
    for (const value of shown) expect(sealed).toContain(value);
  });
});

describe('an earlier period', () => {
  it('is a link on the page, and what was closed without figures says so', async () => {
    const periods = sectionOf((await get('/insights?language=vi')).text, 'periods');
    const links = [...periods.matchAll(/href="([^"]*)"/g)].map(([, link]) => link.replace('&amp;', '&'));
    expect(links).toEqual([
      '/insights?period=2026-Q3&language=vi',
      '/insights?period=2026-Q1&language=vi',
      '/insights?period=2025-Q4&language=vi',
      '/insights?period=2025&language=vi',
    ]);
    for (const link of links) expect([link, (await get(link)).status]).toEqual([link, 200]);
    expect(periods).toContain('Quý 2/2026: đóng, không có số liệu');
  });

  it('shows a quarter as it was published, with the promise of its own epsilons', async () => {
    const { text } = await get('/insights?period=2026-Q1&language=en');
    expect(text).toContain('<h1>What gets in the way: January to March 2026</h1>');
    expect(cellsOf(sectionOf(text, 'category'), 'How and when the funder pays')[0]).toBe('131');
    expect(text).toContain('href="/v1/statistics/2026-Q1/category.csv"');
    expect(text).toContain('<strong aria-current="page">Q1 2026</strong>');
    expect(text).toContain('href="/insights?language=en"');
    expect(text).toContain('href="/insights?period=2026-Q1&amp;language=vi"');
    // Half the epsilon: 1 / (1 + e^-0.175) = 0.544.
    expect(sectionOf(text, 'protection')).toContain('54\u00a0%');
    for (const id of ['trend', 'kind-by-region', 'funder']) expect(sectionOf(text, id)).toBe('');
  });

  it('shows a year by region and by funder', async () => {
    const { text } = await get('/insights?period=2025&language=en');
    expect(text).toContain('Sealed figures for 2025');
    expect(sectionOf(text, 'kind-by-region')).toContain('South-eastern Asia');
    expect(sectionOf(text, 'funder')).toContain('Ánh Dương Fund');
    expect(sectionOf(text, 'funder-share')).toContain('href="/v1/statistics/2025/funder-share.svg');
  });

  it('says why nothing of it was published', async () => {
    const { status, text } = await get('/insights?period=2026-Q2&language=en');
    expect(status).toBe(200);
    expect(text).toContain('This period is not published');
    expect(text).toContain('In April to June 2026 too few organizations could have reported');
    expect(text).not.toContain('<svg');
  });

  it.each(['2026-Q4', '2026', '2031-Q1', '2026-q1', 'banana', '', '2026-Q1&period=2026-Q3', '%00', '<b>'])(
    'that is not closed, or is none, has no figures, and those that have are listed: "%s"',
    async (period) => {
      const address = `/insights?period=${encodeURI(period)}`;
      const { status, text } = await get(`${address}&language=vi`, { accept: 'text/html' });
      expect([status, text.includes('<h1>Không có số liệu cho kỳ này</h1>')]).toEqual([404, true]);
      expect(text).not.toContain('<b>');
      const links = [...sectionOf(text, 'periods').matchAll(/href="([^"]*)"/g)].map(([, link]) => link);
      expect(links).toHaveLength(4);
      for (const link of ['/?language=vi', '/insights?language=en']) expect(text).toContain(`href="${link}"`);
      expect(JSON.parse((await get(address)).text)).toMatchObject({ code: 'NOT_FOUND' });
    },
  );
});

describe('what the page says of heads', () => {
  it('is what they are, in both languages, while there is none', async () => {
    const english = sectionOf((await get('/insights?language=en')).text, 'heads');
    expect(english).toContain('No head has been published yet.');
    expect(english).toContain('Whoever keeps a head has a proof');
    expect(english).toContain('What a grantee says in confidence is not in this chain');
    expect(sectionOf((await get('/insights?language=vi')).text, 'heads')).toContain('Chưa có mã đầu chuỗi');
  });

  it('and the latest one, as it was published', async () => {
    await network.app.get(EventSealer).catchUp();
    network.clock.set('2027-01-02T00:30:00Z');
    await network.app.get(Jobs).runScheduled('publish_head');
    const { heads } = JSON.parse((await get('/v1/history/heads')).text) as {
      heads: { date: string; digest: string }[];
    };
    const [{ date, digest }] = heads;
    const section = sectionOf((await get('/insights?language=en')).text, 'heads');
    expect(section).toContain(`The head of ${date}:`);
    expect(section).toContain(`<code>${digest}</code>`);
  });
});
