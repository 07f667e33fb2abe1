import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { KEPT_HEAD, breachesSeen, findBreaches, headOf } from '../src/doctor/doctor.js';
import { HISTORY_INVARIANTS } from '../src/doctor/history-invariants.js';
import { AGREED_TEXT } from '../src/doctor/agreed-text.js';
import type { KeptHead } from '../src/doctor/kept-head.rules.js';
import { readKeptHead } from '../src/doctor/kept-head.rules.js';
import { Jobs } from '../src/platform/jobs/jobs.service.js';
import { HISTORY_TAMPERING } from './support/history-tampering.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import { tellEverything } from './support/whole-story.js';

let network: Network;
let owner: pg.Client;
let kept: KeptHead[];
beforeAll(async () => {
  network = await startNetwork();
  owner = new pg.Client({ connectionString: network.databaseUrls.owner });
  await owner.connect();
  const { keys, ids } = network;
  await tellEverything(network);
  const input = { role: 'FUNDER', organizationId: ids.organization.funder, label: 'told of' };
  const { apiKey } = (await network.mutate(keys.steward, 'createApiKey', input, 'apiKey { id version }')) as {
    apiKey: { id: string; version: number };
  };
  await network.mutate(keys.steward, 'revokeApiKey', { id: apiKey.id }, 'apiKey { id }');
  // The last that happens concerns one row alone.
  const practice = {
    codes: ['DISBURSEMENT_DELAY'],
    youSaid: 'Late.',
    weDid: 'Early.',
    effectiveMonth: '2026-10-01',
  };
  await network.mutate(keys.funder, 'publishPracticeChange', practice, 'practiceChange { id }');
  await network.app.get(Jobs).runScheduled('publish_head');
  const [published] = await network.sql<{ head: string }>(
    `SELECT to_char(day, 'YYYY-MM-DD') || ':' || encode(digest, 'hex') AS head FROM history_heads ORDER BY day DESC LIMIT 1`,
  );
  kept = [published.head, (await headOf(owner))!].map((text) => readKeptHead(text)!);
});
afterAll(async () => {
  await owner.end();
  await network.stop();
});

const namesOf = (findings: Awaited<ReturnType<typeof findBreaches>>): string[] =>
  findings.filter(({ breaches }) => breaches.length > 0).map(({ name }) => name);
const BEYOND_REACH: unknown = expect.stringMatching(/^beyond reach: .{20,}/);
const OF_HISTORY = new Set([...Object.keys(HISTORY_INVARIANTS), AGREED_TEXT]);

/** What the doctor says of history after it was done, as the owner of the database can do it. It is undone again. */
async function foundAfter(sql: string): Promise<{ noticedBy: string[]; breaksKeptHead: boolean }> {
  await owner.query('BEGIN');
  try {
    await owner.query('SET LOCAL session_replication_role = replica');
    const changed = [await owner.query(sql)].flat().reduce((sum, { rowCount }) => sum + (rowCount ?? 0), 0);
    expect(changed).toBeGreaterThan(0);
    const found = namesOf(await breachesSeen(owner, kept));
    const keptHeads = found.filter((name) => name === KEPT_HEAD).length;
    expect([0, kept.length]).toContain(keptHeads);
    return { noticedBy: found.filter((name) => OF_HISTORY.has(name)), breaksKeptHead: keptHeads > 0 };
  } finally {
    await owner.query('ROLLBACK');
  }
}

describe('history', () => {
  it('is whole in a network that is well, and holds the heads that were kept', async () => {
    expect(namesOf(await findBreaches(owner, kept))).toEqual([]);
  });

  it.each(HISTORY_TAMPERING)('$did', async ({ sql, noticedBy, breaksKeptHead = false }) => {
    const found = await foundAfter(sql);
    expect(found.noticedBy.sort()).toEqual([...noticedBy].sort());
    // The head that was kept is from before all of this: one that only the end of history breaks is named as such.
    expect(found.breaksKeptHead).toBe(breaksKeptHead);
  });

  it('has been seen to break each invariant', () => {
    expect(new Set(HISTORY_TAMPERING.flatMap(({ noticedBy }) => noticedBy))).toEqual(OF_HISTORY);
  });

  it('is documented: what is done, and what notices it', () => {
    const rows = readFileSync('docs/history.md', 'utf8')
      .split('\n')
      .map((line) => line.split('|').map((cell) => cell.trim()))
      .filter((cells) => cells.length === 5 && HISTORY_TAMPERING.some(({ did }) => did === cells[1]))
      .map(([, did, noticed, head]) => ({ did, noticed, head }));
    expect(rows).toEqual(
      HISTORY_TAMPERING.map(({ did, noticedBy, breaksKeptHead = false }) => ({
        did,
        noticed: noticedBy.length > 0 ? noticedBy.join('; ') : BEYOND_REACH,
        head: breaksKeptHead ? 'yes' : '',
      })),
    );
  });
});
