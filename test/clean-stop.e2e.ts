import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { post } from './support/client.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import type { ServiceProcess } from './support/service-process.js';
import { startBeside } from './support/service-process.js';

let network: Network;
let service: ServiceProcess | undefined;
beforeAll(async () => {
  network = await startNetwork();
});
afterEach(() => void service?.child.kill('SIGKILL'));
afterAll(() => network?.stop());

const start = async (env: Record<string, string>): Promise<ServiceProcess> =>
  (service = await startBeside(network, env));
const READY = 'GET /health/ready HTTP/1.1\r\nhost: goodfaith\r\n\r\n';
const LIVE = 'GET /health/live HTTP/1.1\r\nhost: goodfaith\r\n\r\n';

/** A connection as a proxy keeps it; `ended` is how it ended: by a sign, or broken. */
class Kept {
  text = '';
  readonly ended: Promise<'closed' | 'broken'>;
  private constructor(private readonly socket: Socket) {
    socket.on('data', (data) => (this.text += data.toString()));
    this.ended = new Promise((resolve) => {
      socket.once('end', () => resolve('closed')).once('error', () => resolve('broken'));
    });
  }

  static async open({ url }: ServiceProcess): Promise<Kept> {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    await once(socket, 'connect');
    return new Kept(socket);
  }

  async ask(request: string): Promise<string> {
    const before = this.text.length;
    this.socket.write(request);
    while (!/\r\n\r\n[^]*\}$/.test(this.text.slice(before))) await sleep(10);
    return this.text.slice(before);
  }
}

describe('a person who presses Ctrl-C', () => {
  it('ends the service cleanly, also when npm hands on what the terminal has sent already', async () => {
    const node = await start({});
    node.child.kill('SIGINT');
    await sleep(20);
    node.child.kill('SIGINT');
    expect(await node.exit).toMatchObject({ code: 0, signal: null });
  });

  it('and presses again after a while does not wait any longer', async () => {
    const node = await start({ SHUTDOWN_DELAY_SECONDS: '60' });
    node.child.kill('SIGTERM');
    await sleep(1_500);
    expect((await fetch(`${node.url}/health/live`)).status).toBe(200);
    node.child.kill('SIGINT');
    expect(await node.exit).toMatchObject({ code: 130, signal: null });
  });
});

describe('a node that is told to end', () => {
  it('says so to whoever asks if it is ready, goes on answering, and asks each caller to take another connection', async () => {
    const node = await start({ SHUTDOWN_DELAY_SECONDS: '3' });
    const [watching, used, idle, silent] = await Promise.all(Array.from({ length: 4 }, () => Kept.open(node)));
    expect(await watching.ask(READY)).toMatch(/^HTTP\/1\.1 200 [^]*connection: keep-alive/i);
    await used.ask(LIVE);
    await idle.ask(LIVE);
    node.child.kill('SIGTERM');
    let asked: Response;
    do asked = await fetch(`${node.url}/health/ready`);
    while (asked.ok);
    expect(asked.status).toBe(503);
    expect(await asked.json()).toMatchObject({ error: { staying: { status: 'down' } } });
    expect(asked.headers.get('connection')).toBe('close');
    expect(await used.ask(LIVE)).toMatch(/^HTTP\/1\.1 200 [^]*connection: close/i);
    expect(await used.ended).toBe('closed');
    expect((await post(node.url, network.keys.funder, '{ viewer { role } }')).data.viewer.role).toBe('FUNDER');
    expect(await Promise.all([watching, idle, silent].map(({ ended }) => ended))).toEqual(Array(3).fill('closed'));
    await expect(fetch(`${node.url}/health/live`)).rejects.toThrow('fetch failed');
    expect(await node.exit).toMatchObject({ code: 0, signal: null });
  });

  it('breaks off what takes longer than the limit, and ends; the same call again does it once', async () => {
    const env = { SHUTDOWN_DELAY_SECONDS: '0', SHUTDOWN_LIMIT_SECONDS: '1' };
    const submit = ({ url }: { url: string }): Promise<string> =>
      post(
        url,
        network.keys.grantee,
        'mutation ($input: SubmitReportInput!) { submitReport(input: $input) { narrativeReport { id } } }',
        { input: { sections: [{ prompt: 'FREE_TEXT', text: 'Slow.' }], idempotencyKey: 'slow' } },
      ).then(
        ({ text }) => text,
        ({ message }: Error) => message,
      );
    const waiting = `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`;
    const node = await start(env);
    const owner = new pg.Client({ connectionString: network.databaseUrls.owner });
    await owner.connect();
    try {
      await owner.query('BEGIN');
      await owner.query('LOCK narrative_reports IN EXCLUSIVE MODE');
      const pending = submit(node);
      while ((await network.sql(waiting)).length === 0) await sleep(20);
      node.child.kill('SIGTERM');
      expect(await pending).toBe('fetch failed');
      await owner.query('COMMIT');
    } finally {
      await owner.end();
    }
    expect(await node.exit).toMatchObject({ code: 0, signal: null });
    const answer = await submit(network);
    expect(answer).toMatch(/"id":"rep_/);
    expect(await submit(await start(env))).toBe(answer);
    expect(await network.sql('SELECT FROM narrative_reports')).toHaveLength(1);
  });
});
