import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { post } from '../support/client.js';
import { heavyTexts } from '../support/heavy-texts.js';
import type { LargeDocument } from '../support/largest-documents.js';
import { largeTexts } from '../support/largest-documents.js';
import type { ServiceProcess } from '../support/service-process.js';
import { extraMemory, startBeside } from '../support/service-process.js';
import type { Network } from '../support/network.js';
import { startNetwork } from '../support/network.js';
import { figure, quantile, rounds } from './figures.js';
import type { OwnServer } from './own-server.js';
import { startOwnServer } from './own-server.js';
import type { Write } from './writes.js';
import { expectWhole, sendWrite, writeOf } from './writes.js';

/** The hostile have the calls of a whole minute in either form; the others are watched for so long. */
const SECONDS = rounds(10, 60);
const AT_ONCE = 6;
const BETWEEN_MS = 150;
const MB = 1_000_000;

let server: OwnServer;
let network: Network;
let service: ServiceProcess;
let documents: LargeDocument[];
beforeAll(async () => {
  server = await startOwnServer();
  network = await startNetwork({ database: server.database });
  documents = largeTexts(network.app.get(GraphQLSchemaHost).schema);
  // The limits of rate are the usual ones: they are a part of what protects the others.
  service = await startBeside(network, { RATE_PER_KEY: '' });
});
afterAll(async () => {
  service?.child.kill('SIGKILL');
  await network?.stop();
});

/** What somebody sends who wants the others to be served badly, by turns. Answers the status, if there is an answer. */
const acts: readonly ((key: string | null, n: number) => Promise<number | null>)[] = [
  async (key, n) => (await post(service.url, key, `${documents[n % documents.length].query} # ${n}`)).status,
  async (key, n) => (await post(service.url, key, differentLists(n))).status,
  async (key, n) => {
    const [, text] = heavyTexts(80_000)[n % heavyTexts(80_000).length];
    const draft = `mutation ($text: String!) { draftReport(input: { sections: [{ prompt: FREE_TEXT, text: $text }] }) { userErrors { code } } }`;
    return (await post(service.url, key, draft, { text })).status;
  },
  async (_key, n) => (await post(service.url, `gf_${n}_${'x'.repeat(43)}`, '{ viewer { role } }')).status,
  async () => halfABody(),
  async (key, n) => leaveBeforeTheAnswer(key, differentLists(n)),
  async (key, n) => {
    const body = new FormData();
    body.append('file', new Blob([Buffer.alloc(MB, n)]), 'a.png');
    const headers = { authorization: `Bearer ${key}` };
    return (await fetch(`${service.url}/v1/reports/rep_${n}/attachments`, { method: 'POST', headers, body })).status;
  },
];

function differentLists(n: number): string {
  const days = (i: number): string => new Date(Date.UTC(2026, 0, 1 + ((n * 20 + i) % 3_000))).toISOString();
  const lists = Array.from(
    { length: 20 },
    (_, i) =>
      `a${i}: agreements(first: ${1 + i}, filter: {updatedAt: {gte: "${days(i)}"}}) { totalCount nodes { id } }`,
  );
  return `{ ${lists.join(' ')} }`;
}

/** A connection that sends the beginning of a request, and stays. */
function halfABody(): Promise<null> {
  const socket = connect(Number(new URL(service.url).port), '127.0.0.1');
  left.push(() => socket.destroy());
  socket.on('error', () => undefined);
  socket.write(
    'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 900000\r\n\r\n{',
  );
  return Promise.resolve(null);
}

async function leaveBeforeTheAnswer(key: string | null, query: string): Promise<null> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` };
  const signal = AbortSignal.timeout(5);
  const body = JSON.stringify({ query });
  await fetch(`${service.url}/graphql`, { method: 'POST', headers, body, signal }).catch(() => undefined);
  return null;
}

const left: (() => void)[] = [];
const statuses = new Map<number | null, number>();

async function beHostile(key: string | null, from: number, until: () => boolean): Promise<void> {
  for (let n = from; !until(); n += AT_ONCE) {
    const status = await acts[n % acts.length](key, n);
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    // Who is told to wait sends no faster than a program that does not listen would.
    if (status === 429) await sleep(5);
  }
}

/** The memory that processes of PostgreSQL have for themselves. */
async function ofPostgres(): Promise<number> {
  const processes = await network.sql<{ pid: number }>(
    'SELECT pid FROM pg_stat_activity WHERE backend_type IS NOT NULL',
  );
  const kilobytes = processes.map(({ pid }) => {
    try {
      return Number(/RssAnon:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]);
    } catch {
      return 0; // It has ended since.
    }
  });
  return kilobytes.reduce((sum, each) => sum + each, 0) * 1_000;
}

it(
  'a minute of all that the hostile can send leaves others served, and the memory as it was',
  async () => {
    const { steward, grantee, funder, secondGrantee } = network.keys;
    const others = { url: service.url, keys: { steward, grantee } };
    const writes: Write[] = [];
    const times: number[] = [];
    const first = writeOf(0);
    first.answer = await sendWrite(others, first);
    writes.push(first);
    const postgresBefore = await ofPostgres();
    let isOver = false;
    const serviceGrew = await extraMemory(service, async () => {
      const hostile = Array.from({ length: AT_ONCE }, (_, i) =>
        beHostile([funder, secondGrantee, null][i % 3], i, () => isOver),
      );
      const end = Date.now() + SECONDS * 1_000;
      while (Date.now() < end) {
        const write = writeOf(writes.length);
        writes.push(write);
        const begun = performance.now();
        // Once: nothing that others send is refused, or has to be sent again.
        write.answer = await sendWrite(others, write);
        times.push(performance.now() - begun);
        await sleep(BETWEEN_MS);
      }
      isOver = true;
      await Promise.all(hostile);
    });
    const postgresGrew = (await ofPostgres()) - postgresBefore;
    for (const leave of left) leave();
    figure('hostile minute', {
      seconds: SECONDS,
      'hostile calls': [...statuses.values()].reduce((sum, count) => sum + count, 0),
      statuses: [...statuses].map(([status, count]) => `${status ?? 'left'}: ${count}`).join(' '),
      'calls of others': times.length,
      'median ms': quantile(times, 0.5),
      'p99 ms': quantile(times, 0.99),
      'longest ms': quantile(times, 1),
      'service grew MB': Math.round(serviceGrew / MB),
      'PostgreSQL grew MB': Math.round(postgresGrew / MB),
    });
    expect([...statuses.keys()].filter((status) => status !== null && status >= 500)).toEqual([]);
    expect(statuses.get(200)).toBeGreaterThan(0);
    expect(serviceGrew).toBeLessThan(400 * MB);
    expect(postgresGrew).toBeLessThan(150 * MB);
    expect((await fetch(`${service.url}/health/ready`)).status).toBe(200);
    await expectWhole(server, writes);
  },
  SECONDS * 1_000 + 60_000,
);
