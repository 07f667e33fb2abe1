import type { IncomingMessage, ServerResponse } from 'node:http';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

/** How often readiness is asked for. */
const WATCH_MS = 200;

interface Node {
  readonly url: string;
  readonly agent: Agent;
  isReady: boolean;
}
/** `broken`: there was no whole answer, and why. */
type Reply =
  | { readonly broken: string }
  | { readonly broken?: undefined; readonly status: number; readonly type: string; readonly body: Buffer };

export interface TwoNodeProxy {
  readonly url: string;
  /** Whether it asks the nodes if they are ready, or only finds out by what goes wrong. */
  watches: boolean;
  /** The node of this place answers there from now on. */
  set(place: 0 | 1, url: string): void;
  /** How many requests it took, how many it sent a second time, and why. */
  counts(): { readonly requests: number; readonly retried: number; readonly why: Record<string, number> };
  stop(): Promise<void>;
}

/**
 * What stands before two nodes: it sends requests to them in turn, over connections that are kept, and a request that got no
 * answer, or 503, once more to the other node.
 */
export async function startTwoNodeProxy(urls: readonly [string, string]): Promise<TwoNodeProxy> {
  const nodes: Node[] = urls.map(nodeAt);
  let count = { requests: 0, retried: 0, why: {} as Record<string, number> };
  let turn = 0;
  const choose = (other?: Node): Node => {
    turn++;
    const ready = nodes.filter((node) => node !== other && (node.isReady || !proxy.watches));
    return ready[turn % ready.length] ?? nodes.find((node) => node !== other)!;
  };
  const forward = async (asked: IncomingMessage, answer: ServerResponse): Promise<void> => {
    count.requests++;
    const body = await buffer(asked);
    const first = choose();
    let reply = await send(first, asked, body);
    if (reply.broken ?? reply.status === 503) {
      count.retried++;
      const why = reply.broken ?? '503';
      count.why[why] = (count.why[why] ?? 0) + 1;
      reply = await send(choose(first), asked, body);
    }
    if (reply.broken !== undefined) answer.writeHead(502).end(reply.broken);
    else answer.writeHead(reply.status, { 'content-type': reply.type }).end(reply.body);
  };
  const server = createServer((asked, answer) => {
    forward(asked, answer).catch((error: unknown) => answer.destroy(error as Error));
  });
  server.keepAliveTimeout = 600_000; // no caller loses a connection to the proxy itself
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  let isStopped = false;
  const watching = (async () => {
    while (!isStopped) {
      await Promise.all(
        nodes.map(async (node) => {
          node.isReady = await fetch(`${node.url}/health/ready`).then(
            async (ready) => (await ready.text(), ready.ok),
            () => false,
          );
        }),
      );
      await sleep(WATCH_MS);
    }
  })();
  const proxy: TwoNodeProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    watches: true,
    set: (place, url) => {
      nodes[place].agent.destroy();
      nodes[place] = nodeAt(url);
    },
    counts: () => {
      const counted = count;
      count = { requests: 0, retried: 0, why: {} };
      return counted;
    },
    stop: async () => {
      isStopped = true;
      await watching;
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      for (const { agent } of nodes) agent.destroy();
    },
  };
  return proxy;
}

const nodeAt = (url: string): Node => ({ url, agent: new Agent({ keepAlive: true }), isReady: true });

function send({ url, agent }: Node, { method, url: path, headers }: IncomingMessage, body: Buffer): Promise<Reply> {
  const { connection: _own, ...passed } = headers;
  return new Promise((resolve) => {
    const fail = (error: Error): void => resolve({ broken: (error as { code?: string }).code ?? error.message });
    request(url + path!, { method, agent, headers: passed }, (reply) => {
      buffer(reply).then(
        (whole) => resolve({ status: reply.statusCode!, type: reply.headers['content-type'] ?? '', body: whole }),
        fail,
      );
    })
      .on('error', fail)
      .end(body);
  });
}
