import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { COLUMNS } from '../src/statistics/downloads/columns.rules.js';
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
  const bytes = Buffer.from(await response.arrayBuffer());
  const { status, headers: answered } = response;
  return { status, bytes, text: bytes.toString(), header: (name: string) => answered.get(name) };
};
/** A file with quotes nowhere but around whole cells, as rows by the names of its header. */
const rowsOf = (csv: string): Record<string, string>[] => {
  const cells = (line: string): string[] =>
    [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, bare]) =>
      quoted === undefined ? bare : quoted.replaceAll('""', '"'),
    );
  const [header, ...lines] = csv
    .replace(/^\uFEFF/, '')
    .split('\r\n')
    .slice(0, -1)
    .map(cells);
  return lines.map((line) => Object.fromEntries(line.map((cell, i) => [header[i], cell])));
};

describe('all periods of a view in one file', () => {
  it('is a header while nothing is sealed', async () => {
    const { status, text } = await get('/v1/statistics/all/category.csv');
    expect([status, rowsOf(text), text.startsWith('\uFEFFperiod,starts_on,')]).toEqual([200, [], true]);
  });

  it('is what the single files hold, the earliest period first, and nothing else', async () => {
    // More than are read at a time, with a gap, and over a change of the year.
    for (const [year, quarters] of [
      [2023, [1, 2, 3, 4]],
      [2024, [1, 2, 3, 4]],
      [2025, [1, 3]],
    ] as const) {
      for (const quarter of quarters) await publish(network, `${year}-Q${quarter}`, 'CATEGORY', 350, QUARTER);
    }
    await refuseForSize(network, '2025-Q2');
    for (const year of ['2023', '2024']) {
      await publish(network, year, 'KIND_BY_REGION', 200, REGIONS);
      await publish(network, year, 'FUNDER', 400, FUNDERS);
    }
    const periods = [
      '2023-Q1',
      '2023-Q2',
      '2023-Q3',
      '2023-Q4',
      '2024-Q1',
      '2024-Q2',
      '2024-Q3',
      '2024-Q4',
      '2025-Q1',
      '2025-Q3',
    ];
    for (const [view, names] of [
      ['category', periods],
      ['kind-by-region', ['2023', '2024']],
      ['funder', ['2023', '2024']],
    ] as const) {
      const all = await get(`/v1/statistics/all/${view}.csv`);
      const singles = await Promise.all(
        names.map(async (name) => (await get(`/v1/statistics/${name}/${view}.csv`)).text),
      );
      const bodies = singles.map((text) => text.slice(text.indexOf('\r\n') + 2));
      expect(all.text).toBe(`${singles[0].slice(0, singles[0].indexOf('\r\n') + 2)}${bodies.join('')}`);
      expect([all.header('content-type'), all.header('content-disposition')]).toEqual([
        'text/csv; charset=utf-8; header=present',
        `attachment; filename="goodfaith-all-${view}.csv"`,
      ]);
    }
  });

  it('is asked again by its tag, which is another when a period is sealed', async () => {
    const path = '/v1/statistics/all/category.csv';
    const first = await get(path);
    expect([first.header('cache-control'), first.header('transfer-encoding')]).toEqual(['public, no-cache', 'chunked']);
    const again = await get(path, { 'if-none-match': first.header('etag')! });
    expect([again.status, again.text, again.header('etag')]).toEqual([304, '', first.header('etag')]);
    await publish(network, '2025-Q4', 'CATEGORY', 350, QUARTER);
    const later = await get(path, { 'if-none-match': first.header('etag')! });
    expect([later.status, rowsOf(later.text).at(-1)?.period]).toEqual([200, '2025-Q4']);
    expect(later.header('etag')).not.toBe(first.header('etag'));
  });

  it.each(['region.csv', 'CATEGORY.csv', 'category.json', 'category.svg', 'toString.csv'])(
    'is not found as %s',
    async (file) => {
      expect((await get(`/v1/statistics/all/${file}`)).status).toBe(404);
    },
  );
});

describe('a CSV file in a spreadsheet', () => {
  it('keeps the zero of a code, since no cell of a code is a number', async () => {
    const { text, bytes } = await get('/v1/statistics/2024/kind-by-region.csv');
    const rows = rowsOf(text);
    expect(new Set(rows.map(({ region }) => region))).toEqual(new Set(['M49:202', 'M49:035', '']));
    const coded = ['period', 'view', 'kind', 'category', 'region', 'funder_id', 'label_en', 'label_vi'];
    const quarter = rowsOf((await get('/v1/statistics/2024-Q1/category.csv')).text);
    const funders = rowsOf((await get('/v1/statistics/2024/funder.csv')).text);
    for (const row of [...rows, ...quarter, ...funders]) {
      for (const column of coded.slice(1))
        expect([column, row[column]]).not.toEqual([column, expect.stringMatching(/^\s*[-+.]?\d/)]);
    }
    // In JSON a code is a text as it is.
    const { cells } = JSON.parse((await get('/v1/statistics/2024/kind-by-region.json')).text) as {
      cells: { region: string | null }[];
    };
    expect(new Set(cells.map(({ region }) => region))).toEqual(new Set(['202', '035', null]));
    // Excel reads Vietnamese only after the mark.
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  });

  it('runs no formula, and has numbers as numbers', async () => {
    for (const { label_en, value, lower_95 } of rowsOf((await get('/v1/statistics/all/funder.csv')).text)) {
      expect(label_en).not.toMatch(/^[=+\-@\t\r]/);
      expect([value, lower_95]).toEqual([expect.stringMatching(/^-?\d+$/), expect.stringMatching(/^-?\d+$/)]);
    }
  });
});

interface ToldColumn {
  name: string;
  json: string;
  format: string | null;
  required: boolean;
  title: Record<string, string>;
  description: Record<string, string>;
  codes:
    | { code: string; csv?: string; label: Record<string, string>; obstacleCodes?: string[]; countries?: string[] }[]
    | null;
}
const FILES = ['2024-Q1/category', '2024/kind-by-region', '2024/funder'];

describe('the dictionary', () => {
  const told = async (): Promise<ToldColumn[]> =>
    (JSON.parse((await get('/v1/statistics/dictionary.json')).text) as { columns: ToldColumn[] }).columns;

  it('is named by the list of releases, by each CSV file and by the page', async () => {
    const { dictionary } = JSON.parse((await get('/v1/statistics')).text) as { dictionary: Record<string, string> };
    expect(dictionary).toEqual({ json: '/v1/statistics/dictionary.json', page: '/insights/dictionary' });
    for (const path of Object.values(dictionary)) expect([path, (await get(path)).status]).toEqual([path, 200]);
    expect((await get('/insights?language=vi')).text).toContain('href="/insights/dictionary?language=vi"');
    for (const file of [...FILES, 'all/category', 'all/funder']) {
      const link = `/v1/statistics/${file}.csv-metadata.json`;
      expect((await get(`/v1/statistics/${file}.csv`)).header('link')).toBe(
        `<${link}>; rel="describedby"; type="application/csvm+json"`,
      );
      expect([link, (await get(link)).status]).toEqual([link, 200]);
    }
  });

  it('tells every column of CSV and of JSON, and no other, in both languages', async () => {
    const columns = await told();
    for (const file of FILES) {
      expect(Object.keys(rowsOf((await get(`/v1/statistics/${file}.csv`)).text)[0])).toEqual(
        columns.map(({ name }) => name),
      );
      const { cells, ...about } = JSON.parse((await get(`/v1/statistics/${file}.json`)).text) as { cells: object[] };
      expect(new Set([...Object.keys(about), ...Object.keys(cells[0])])).toEqual(
        new Set([...columns.map(({ json }) => json), 'sealedAt', 'unit']),
      );
    }
    for (const { title, description } of columns) {
      for (const words of [title, description]) {
        expect(Object.keys(words)).toEqual(['en', 'vi']);
        expect(words.en).not.toBe('');
        expect(words.vi).not.toBe('');
      }
      expect(description.vi).not.toBe(description.en);
    }
  });

  it('fits each value of each file: its form, its codes, and whether it may be empty', async () => {
    const columns = await told();
    for (const file of FILES) {
      for (const row of rowsOf((await get(`/v1/statistics/${file}.csv`)).text)) {
        for (const { name, format, required, codes } of columns) {
          if (row[name] === '') expect([name, required]).toEqual([name, false]);
          else if (codes) expect(codes.map(({ code, csv }) => csv ?? code)).toContain(row[name]);
          else if (format)
            expect([name, row[name]]).toEqual([name, expect.stringMatching(new RegExp(`^(?:${format})$`))]);
        }
      }
    }
  });

  it('says what categories and regions consist of, as the reference tables do', async () => {
    const codesOf = (name: string, columns: ToldColumn[]) => columns.find((column) => column.name === name)!.codes!;
    const columns = await told();
    const { data } = await network.call(null, '{ obstacleCodes { code } }');
    const known = (data as { obstacleCodes: { code: string }[] }).obstacleCodes.map(({ code }) => code);
    expect(
      codesOf('category', columns)
        .flatMap(({ obstacleCodes }) => obstacleCodes!)
        .sort(),
    ).toEqual(known.sort());
    const south = codesOf('region', columns).find(({ code }) => code === '035')!;
    expect(south).toMatchObject({ csv: 'M49:035', label: { en: 'South-eastern Asia', vi: 'Đông Nam Á' } });
    expect(south.countries).toContain('VN');
  });

  it('describes a file as CSV on the Web has it: a name for each cell of its header, and a region is a text', async () => {
    const { text, header } = await get('/v1/statistics/2024/kind-by-region.csv-metadata.json');
    expect(header('content-type')).toBe('application/csvm+json; charset=utf-8');
    const { url, tableSchema, ...about } = JSON.parse(text) as {
      '@context': string;
      url: string;
      tableSchema: { columns: { name: string; titles: string; datatype: unknown }[] };
    };
    expect(about['@context']).toBe('http://www.w3.org/ns/csvw');
    expect(url).toBe('kind-by-region.csv');
    expect(tableSchema.columns.map(({ titles }) => titles)).toEqual(COLUMNS.map(({ name }) => name));
    expect(tableSchema.columns.find(({ name }) => name === 'region')?.datatype).toEqual({
      base: 'string',
      format: 'M49:[0-9]{3}',
    });
    for (const path of ['2025-Q2/category', '2024-Q1/funder', 'all/nothing', 'none/category']) {
      expect([path, (await get(`/v1/statistics/${path}.csv-metadata.json`)).status]).toEqual([path, 404]);
    }
  });

  it.each([
    ['en', 'What the data say', 'whole number'],
    ['vi', 'Dữ liệu nói gì', 'số nguyên'],
  ])('is a page for people in %s', async (language, title, type) => {
    const { text, header } = await get(`/insights/dictionary?language=${language}`);
    expect(text).toContain(`<h1>${title}</h1>`);
    expect(text).toContain(type);
    for (const { name, description } of COLUMNS) {
      expect(text).toContain(`<h3 id="${name}">`);
      expect(text).toContain(description[language as 'en' | 'vi'].replaceAll('"', '&quot;'));
    }
    for (const code of ['M49:035', 'FUNDER_PAYMENT', 'DISBURSEMENT_DELAY', 'KIND_BY_REGION'])
      expect(text.replaceAll('<wbr />', '')).toContain(code);
    const [, style] = /<style>([^]*?)<\/style>/.exec(text)!;
    expect(header('content-security-policy')).toContain(createHash('sha256').update(style).digest('base64'));
    const links = [...text.matchAll(/href="(\/[^"]*)"/g)].map(([, link]) => link);
    for (const link of links) expect([link, (await get(link)).status]).toEqual([link, 200]);
    for (const [, id] of text.matchAll(/href="#([^"]*)"/g)) expect(text).toContain(`id="${id}"`);
  });
});
