import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createApp } from '../src/app.js';
import type { Config } from '../src/config.js';
import { readConfig } from '../src/config.js';
import type { ComparedCell } from '../src/simulation/comparison.js';
import { summaryOf, tableOf } from '../src/simulation/comparison-table.js';
import { simulate } from '../src/simulation/simulate.js';
import { createTestDatabase } from './support/database.js';
import type { TestDatabase } from './support/database.js';

const secret = 'a secret for a simulation that is long enough for it';
const settings = { LOG_LEVEL: 'silent', JOBS: 'off', GOODFAITH_SECRET: secret, RATE_PER_ADDRESS: '1000000' };
const homes: string[] = [];
const databases: TestDatabase[] = [];
const lines: string[] = [];

async function run(
  grantees: number,
  seed: number,
): Promise<{ cells: ComparedCell[]; database: TestDatabase; config: Config }> {
  const database = await createTestDatabase();
  databases.push(database);
  // Databases of one template are one network, as a database and its backup are: each has a ledger of its own.
  const home = mkdtempSync(join(tmpdir(), 'goodfaith-simulated-'));
  homes.push(home);
  const config = readConfig({ ...settings, GOODFAITH_HOME: home });
  const target = { config, databaseUrl: database.appUrl, ownerUrl: database.ownerUrl, secret };
  return {
    cells: await simulate({ grantees, quarters: 1, seed }, target, (line) => lines.push(line)),
    database,
    config,
  };
}

let first: Awaited<ReturnType<typeof run>>;
beforeAll(async () => {
  first = await run(300, 7);
}, 120_000);
afterAll(async () => {
  for (const database of databases) await database.drop();
  for (const home of homes) rmSync(home, { recursive: true, force: true });
});

describe('a simulated network', () => {
  it('publishes a quarter through the real sealer, beside what was true', () => {
    const { cells } = first;
    expect(cells).toHaveLength(10);
    expect(new Set(cells.map(({ period, view }) => `${period} ${view}`))).toEqual(new Set(['2024-Q1 CATEGORY']));
    const truth = cells.reduce((sum, { trueCount }) => sum + trueCount, 0);
    // About a fifth of 300 report in a quarter, each once.
    expect(truth).toBeGreaterThan(30);
    expect(truth).toBeLessThan(120);
    expect(cells.reduce((sum, { trueShare }) => sum + trueShare!, 0)).toBeCloseTo(1, 10);
    // Noise of 60 at epsilon 0.35 comes once in a thousand million draws.
    for (const { trueCount, published } of cells) expect(Math.abs(published - trueCount)).toBeLessThan(60);
    expect(cells.some(({ trueCount, published }) => published !== trueCount)).toBe(true);
  });

  it('says how far it has come', () => {
    expect(lines.slice(0, 3)).toEqual([
      '300 grantees and 5 funders were invented.',
      expect.stringMatching(/^2024-Q1: \d+ obstacles logged in [\d.]+ s\.$/),
      '2024-Q1 was closed.',
    ]);
  });

  it('prints a line for each figure, and sums them up', () => {
    const table = tableOf(first.cells);
    expect(table).toHaveLength(12);
    expect(new Set(table.map((line) => line.length)).size).toBe(1);
    expect(table[0]).toMatch(
      /^\| period +\| view +\| cell +\| true \| published \| true share \| published share \| covered \|$/,
    );
    expect(summaryOf(first.cells)[0]).toMatch(
      /^10 published figures; the 95 % interval holds the true count of \d+ \(/,
    );
  });

  it('is the same again with the same seed, noise included, and another with another', async () => {
    expect((await run(300, 7)).cells).toEqual(first.cells);
    expect((await run(300, 8)).cells).not.toEqual(first.cells);
  }, 120_000);

  it('publishes nothing when it is small', async () => {
    expect((await run(150, 7)).cells).toEqual([]);
    expect(summaryOf([])).toEqual(['Nothing was published: fewer than 200 organizations could have reported.']);
  }, 120_000);

  it('is shown on the page as any other', async () => {
    const app = await createApp({ config: first.config, databaseUrl: first.database.appUrl, secret });
    try {
      await app.listen(0, '127.0.0.1');
      const { port } = app.getHttpServer().address() as { port: number };
      const page = await (await fetch(`http://127.0.0.1:${port}/insights?language=en`)).text();
      expect(page).toContain('Sealed figures for January to March 2024');
      for (const { label, published } of first.cells.filter((cell) => cell.published >= 19)) {
        expect(page).toMatch(new RegExp(`${label.replace("'", '&#39;')}</th>\\s*<td class="number">${published}</td>`));
      }
    } finally {
      await app.close();
    }
  });
});
