import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePorts } from './support/debian-postgres.js';
import type { Walk } from './support/walked-page.js';
import { blocksOf, linkCheckout, printedBy, seenByGit, walk } from './support/walked-page.js';

/** The boxes of the README that call the service, in one shell and in the order in which they stand. */
const CALLS = blocksOf('README.md').filter((block) => block.includes('localhost:400'));
const STOP = 'kill -INT %1 %2\nwait || true\n';
const LINKED = ['package.json', 'node_modules', 'scripts', 'dist'];

let folder: string;
let walked: Walk;
let blocks: string[];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'goodfaith-readme-'));
  // As root, the embedded PostgreSQL runs as another account, which must get in.
  chmodSync(folder, 0o755);
  linkCheckout(folder, LINKED);
  const ports = (await freePorts(2)).map(String);
  // Other ports than those of whoever runs the tests, and a smaller invention: the large one takes minutes.
  const here = (block: string): string =>
    block.replaceAll('4000', ports[0]).replaceAll('4001', ports[1]).replace('--serve', '--serve --grantees 600');
  blocks = [...CALLS.map(here), STOP];
  const { PATH, HOME = folder } = process.env;
  walked = await walk(blocks, folder, { PATH, HOME, TMPDIR: tmpdir(), PORT: ports[0], HOST: '127.0.0.1' });
}, 280_000);
afterAll(() => {
  if (folder) rmSync(folder, { recursive: true, force: true });
});

const printed = (words: string): string => printedBy(walked, blocks, words);

describe('README.md, followed to the letter', () => {
  it('works from the first call to the last', () => {
    expect(walked.code === 0 ? '' : walked.output).toBe('');
    expect(CALLS).toHaveLength(4);
  });

  it('makes the first organization', () => {
    expect(printed('Riverstone Fund')).toMatch(/"organization":\{"id":"org_[0-9a-f]{32}","name":"Riverstone Fund"\}/);
  });

  it('replaces the key that the steward has seen', () => {
    expect(printed('rotateApiKey')).toMatch(/"secret":"gf_[0-9a-f]{32}_[\w-]{43}","userErrors":\[\]/);
  });

  it('finds figures at the addresses that it names', () => {
    expect(printed('simulate -- --serve')).toContain('All its figures are invented.');
    expect(printed('/v1/statistics/all')).toContain('"2025-Q4"');
    const file = (name: string): string => readFileSync(join(folder, '.goodfaith-simulation/figures', name), 'utf8');
    expect(file('category.csv')).toMatch(/^\uFEFF.*\r?\n(?:2025-Q4,.*\r?\n){10}$/);
    expect(file('all.csv')).toMatch(/^2024-Q1,/m);
    expect(file('kind-by-region.svg')).toMatch(/^<svg /);
  });

  it('makes no file in a checkout that git would take along', () => {
    expect(seenByGit(folder, LINKED)).toEqual([]);
  });
});
