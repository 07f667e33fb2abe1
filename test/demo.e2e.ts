import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiKeys } from '../src/accounts/api-keys.service.js';
import { writeKeys } from '../src/demo/demo-files.js';
import type { DemoNetwork } from '../src/demo/demo-network.js';
import { openNetwork } from '../src/demo/demo-network.js';
import { Narrator } from '../src/demo/narrator.js';
import { play } from '../src/demo/play.js';
import { PUBLIC_ACTOR } from '../src/platform/access/actor.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';

const TODAY = new Date().toISOString().slice(0, 10);

let network: Network;
let home: string;
let before: object;
beforeAll(async () => {
  network = await startNetwork();
  home = mkdtempSync(join(tmpdir(), 'goodfaith-demo-'));
  before = await counts();
});
afterAll(async () => {
  await network.stop();
  rmSync(home, { recursive: true });
});

const open = (url = network.url): Promise<DemoNetwork> =>
  openNetwork({
    ...{ url, home, today: TODAY },
    issueStewardKey: async () =>
      (await network.app.get(ApiKeys).create({ ...PUBLIC_ACTOR, role: 'STEWARD' }, { role: 'STEWARD', label: 'demo' }))
        .secret!,
  });

async function counts(): Promise<Record<string, number>> {
  const tables = ['organizations', 'agreements', 'installments', 'disbursements', 'narrative_reports', 'report_shares'];
  const all = [...tables, 'invitations', 'obstacles.entries', 'obstacles.shared'];
  const one = all.map((table) => `(SELECT count(*)::int FROM ${table}) AS "${table}"`);
  return (await network.sql<Record<string, number>>(`SELECT ${one.join(', ')}`))[0];
}

async function played(keys: DemoNetwork['keys']): Promise<string> {
  const lines: string[] = [];
  await play(network.url, keys, TODAY, new Narrator((line) => lines.push(line)));
  return lines.join('\n');
}

/** Passes on that many requests; does the last one and never says so, as a crash would. */
async function untrusty(requests: number, work: (url: string) => Promise<unknown>): Promise<void> {
  let left = requests;
  const server = createServer((request, response) => {
    void (async () => {
      const body = Buffer.concat(await request.toArray());
      const headers = { 'content-type': 'application/json', authorization: request.headers.authorization! };
      const answer = await fetch(`${network.url}${request.url}`, { method: 'POST', headers, body });
      const text = await answer.text();
      if (--left < 0) response.destroy();
      else response.end(text);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

describe('the demo network', () => {
  const MADE = {
    ...{ organizations: 8, invitations: 1, agreements: 7, installments: 12, disbursements: 5 },
    ...{ narrative_reports: 1, report_shares: 1, 'obstacles.entries': 2, 'obstacles.shared': 1 },
  };
  const wanted = (plays: number): object => {
    const each: Record<string, number> = {
      ...{ agreements: 1, installments: 2, disbursements: 1, narrative_reports: 1, report_shares: 2 },
      ...{ 'obstacles.entries': 1, 'obstacles.shared': 1 },
    };
    const start = before as Record<string, number>;
    return Object.fromEntries(
      Object.entries(MADE).map(([table, made]) => [table, start[table] + made + plays * (each[table] ?? 0)]),
    );
  };
  let first: DemoNetwork;

  it('is made once, however often its making breaks off', async () => {
    let breaks = 0;
    for (let requests = 5; ; requests += 16) {
      try {
        await untrusty(requests, async (url) => (first = await open(url)));
        break;
      } catch (error) {
        expect(String(error)).toContain('does not answer');
        breaks++;
      }
    }
    expect(breaks).toBeGreaterThan(2);
    expect(first.isNew).toBe(true);
    expect(await counts()).toEqual(wanted(0));
  });

  it('keeps its keys in a file for its owner alone', () => {
    const file = writeKeys(home, first.keys);
    expect(file).toBe(join(home, 'demo-keys.json'));
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(home, 'demo-network.json')).mode & 0o777).toBe(0o600);
    const kept = JSON.parse(readFileSync(file, 'utf8')) as object;
    expect(Object.keys(kept)).toEqual(['steward', 'funder', 'secondFunder', 'grantee', 'secondGrantee', 'analyst']);
    expect(new Set(Object.values(kept)).size).toBe(6);
  });

  it('plays the main job, every time with a new agreement', async () => {
    const text = await played(first.keys);
    expect(text).not.toContain('(!)');
    for (const said of [
      'ACTIVE, accepted by',
      'RECEIVED: 455,940,000 VND',
      'ANSWERED: HELP_OFFERED',
      'refused: FORBIDDEN',
    ])
      expect(text).toContain(said);
    expect(text.match(/^ ?\d+\. /gm)).toHaveLength(8);
    expect(text.match(/events: \d+ new/g)).toEqual(['events: 10 new', 'events: 1 new', 'events: 11 new']);
    expect(text).toContain('obstacleEvents: 2 new');
    await played(first.keys);
    expect(await counts()).toEqual(wanted(2));
  });

  it('is found again on the next start, with the same keys', async () => {
    expect(await open()).toEqual({ keys: first.keys, isNew: false });
    expect(await counts()).toEqual(wanted(2));
  });

  it('issues another key for one that was revoked', async () => {
    const { data } = await network.call(first.keys.grantee, '{ apiKeys(first: 10) { nodes { id label } } }');
    const { id } = data.apiKeys.nodes.find(({ label }: { label: string }) => label === 'Demo: grantee');
    await network.mutate(first.keys.grantee, 'revokeApiKey', { id }, 'apiKey { id }');
    const { keys } = await open();
    expect(keys).toEqual({ ...first.keys, grantee: expect.not.stringMatching(first.keys.grantee) });
    expect((await network.call(keys.grantee, '{ viewer { role } }')).data).toEqual({ viewer: { role: 'GRANTEE' } });
  });

  it('survives the loss of its files', async () => {
    rmSync(join(home, 'demo-network.json'));
    const { keys } = await open();
    expect(Object.values(keys).filter((key) => Object.values(first.keys).includes(key))).toEqual([]);
    expect(await counts()).toEqual(wanted(2));
    expect(await played(keys)).not.toContain('(!)');
    expect(await counts()).toEqual(wanted(3));
  });
});
