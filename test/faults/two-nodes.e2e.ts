import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { amendmentScenes } from '../support/amendment-scenes.js';
import type { Network } from '../support/network.js';
import { callsTo, startNetwork, TestClock } from '../support/network.js';
import type { ServiceProcess } from '../support/service-process.js';
import { startBeside } from '../support/service-process.js';
import type { TwoNodeProxy } from '../support/two-node-proxy.js';
import { startTwoNodeProxy } from '../support/two-node-proxy.js';
import { figure, quantile, rounds } from './figures.js';

const AT_ONCE = 8;
const RESTARTS = rounds(1, 10);
/** Between two restarts, so that a node has requests when it is told to end. */
const BETWEEN_MS = 1_000;
const LATE_MS = 40 * 86_400_000;
const MAIN = join('test', 'faults', 'service', 'main.js');

let network: Network;
let agreementId: string;
let nodes: [ServiceProcess, ServiceProcess];
let proxy: TwoNodeProxy;
const start = (): Promise<ServiceProcess> =>
  startBeside(network, { JOBS: 'on', RATE_PER_KEY: '10000000', SHUTDOWN_DELAY_SECONDS: '1' }, MAIN);

beforeAll(async () => {
  const clock = new TestClock();
  clock.set(new Date(Date.now() - LATE_MS).toISOString());
  network = await startNetwork({ clock });
  agreementId = (await amendmentScenes(() => network).active()).id as string;
  nodes = [await start(), await start()];
  proxy = await startTwoNodeProxy([nodes[0].url, nodes[1].url]);
});
afterAll(async () => {
  await proxy?.stop();
  for (const node of nodes ?? []) node.child.kill('SIGKILL');
  await network?.stop();
});

interface Load {
  readonly wrong: string[];
  readonly times: number[];
  /** Sent again while the database still worked for a node that was killed: their caller waits a moment. */
  readonly inFlight: string[];
  stop(): Promise<void>;
}
const names: string[] = [];

/** Reads and writes without a pause, each with an idempotency key of its own and sent by its caller once. */
function load(): Load {
  const { call, mutate } = callsTo(proxy.url);
  let isStopped = false;
  const [wrong, times, inFlight]: [string[], number[], string[]] = [[], [], []];
  const one = async (n: number): Promise<void> => {
    const name = `Call ${names.length}`;
    if (n % 3 === 0) {
      const list = '{ agreements { nodes { id state } } grantees { nodes { id name } } }';
      const { status, text, errors } = await call(network.keys.funder, list);
      if (status !== 200 || errors) throw new Error(text);
      return;
    }
    names.push(name);
    const [key, mutation, input, selection] =
      n % 3 === 1
        ? [network.keys.steward, 'registerOrganization', { name, funder: {} }, 'organization { id }']
        : [
            network.keys.grantee,
            'submitReport',
            { sections: [{ prompt: 'FREE_TEXT', text: name }], shareWith: [agreementId] },
            'narrativeReport { id }',
          ];
    const send = async (): Promise<{ userErrors: { code: string }[] }> =>
      (await mutate(key, mutation, { ...input, idempotencyKey: name }, selection)) as Awaited<ReturnType<typeof send>>;
    let payload = await send();
    if (payload.userErrors[0]?.code === 'IDEMPOTENCY_IN_FLIGHT') {
      inFlight.push(name);
      await sleep(1_000);
      payload = await send();
    }
    if (payload.userErrors.length > 0) throw new Error(JSON.stringify(payload));
  };
  const workers = Array.from({ length: AT_ONCE }, async (_, worker) => {
    for (let n = worker; !isStopped; n++) {
      const begun = performance.now();
      await one(n).catch((error: Error) =>
        wrong.push(`${error.message} ${(error.cause as Error | undefined)?.message}`),
      );
      times.push(performance.now() - begun);
    }
  });
  const stop = async (): Promise<void> => {
    isStopped = true;
    await Promise.all(workers);
  };
  return { wrong, times, inFlight, stop };
}

/** As whoever restarts nodes one after the other does: the next one is not told to end before this one is ready. */
async function restart(place: 0 | 1): Promise<void> {
  await sleep(BETWEEN_MS);
  nodes[place].child.kill('SIGTERM');
  const { code, signal, stderr } = await nodes[place].exit;
  expect([code, signal, stderr.replace(/^Goodfaith answers on .*\n/, '')]).toEqual([0, null, '']);
  nodes[place] = await start();
  proxy.set(place, nodes[place].url);
  await untilReady(place);
}

async function untilReady(place: 0 | 1): Promise<void> {
  while (!(await fetch(`${nodes[place].url}/health/ready`)).ok) await sleep(100);
}

/** Each write by its name; and of each share one event, whichever of its two jobs came first. Answers the shares whose jobs are not done. */
async function expectEachOnce(): Promise<string[]> {
  const written = await network.sql<{ name: string }>(
    `SELECT name FROM organizations WHERE name LIKE 'Call %'
     UNION ALL SELECT sections -> 0 ->> 'text' FROM narrative_reports`,
  );
  expect(written.map(({ name }) => name).sort()).toEqual([...names].sort());
  const shares = await network.sql<{ id: string; events: number; jobs: number }>(
    `SELECT s.id, count(e.*)::int AS events,
       (SELECT count(*)::int FROM graphile_worker._private_jobs j WHERE j.payload ->> 'id' = s.id::text) AS jobs
     FROM report_shares s LEFT JOIN events e ON e.subject_id = s.id AND e.type = 'REPORT_RESPONSE_DUE_SOON' GROUP BY s.id`,
  );
  const waiting = shares.filter(({ jobs }) => jobs > 0).map(({ id }) => id);
  expect(shares.length).toBeGreaterThan(0);
  for (const { id, events } of shares) if (!waiting.includes(id)) expect([id, events]).toEqual([id, 1]);
  expect(shares.filter(({ events }) => events > 1)).toEqual([]);
  return waiting;
}

/** Until nobody waits for a node to take it: what a killed node had taken is locked for hours. */
async function untilJobsAreDone(): Promise<void> {
  const free = `SELECT FROM graphile_worker.jobs WHERE task_identifier = 'remind_response_due' AND locked_at IS NULL`;
  while ((await network.sql(free)).length > 0) await sleep(100);
}

describe('two nodes beside one database', () => {
  it.each([
    ['asks whether a node is ready', true],
    ['only sees what goes wrong', false],
  ])('are restarted one after the other under load, and one retry is enough: the proxy %s', async (_how, watches) => {
    proxy.watches = watches;
    proxy.counts();
    const { wrong, times, inFlight, stop } = load();
    for (let i = 0; i < RESTARTS; i++) for (const place of [0, 1] as const) await restart(place);
    await stop();
    const { requests, retried, why } = proxy.counts();
    expect([wrong, inFlight]).toEqual([[], []]);
    await untilJobsAreDone();
    expect(await expectEachOnce()).toEqual([]);
    figure(`rolling restarts, readiness ${watches ? 'asked for' : 'not asked for'}`, {
      restarts: RESTARTS * 2,
      calls: requests,
      'sent again': retried,
      ...why,
      'failed after that': wrong.length,
      'ms at most': quantile(times, 1),
    });
  });

  it('are killed in turn under load, and one retry is enough, or a second one where the first came too early', async () => {
    proxy.watches = false;
    proxy.counts();
    const { wrong, times, inFlight, stop } = load();
    for (let i = 0; i < RESTARTS; i++) {
      const place = (i % 2) as 0 | 1;
      await sleep(BETWEEN_MS);
      nodes[place].child.kill('SIGKILL');
      await nodes[place].exit;
      nodes[place] = await start();
      proxy.set(place, nodes[place].url);
      await untilReady(place);
    }
    await stop();
    const { requests, retried, why } = proxy.counts();
    expect(wrong).toEqual([]);
    expect(retried).toBeGreaterThan(0);
    await untilJobsAreDone();
    const waiting = await expectEachOnce();
    figure('one of two nodes killed', {
      kills: RESTARTS,
      calls: requests,
      'sent again': retried,
      ...why,
      'still in flight, so sent a third time': inFlight.length,
      'failed after that': wrong.length,
      'ms at most': quantile(times, 1),
      'jobs that a killed node held': waiting.length,
    });
  });
});
