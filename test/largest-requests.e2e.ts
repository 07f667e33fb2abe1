import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openApiDocument } from '../src/open-api.js';
import { leastBusy } from './support/busy-time.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import type { ServiceProcess } from './support/service-process.js';
import { startBeside } from './support/service-process.js';

const MOST_MS = 50;
const MOST_CHARACTERS = 100_000;
/** All headers of a request together have at most 16 kB. */
const HEADER_BYTES = 14_000;

interface Parameter {
  readonly name: string;
  readonly in: string;
}
interface Route {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly Parameter[];
}

let network: Network;
let service: ServiceProcess;
let routes: Route[];
beforeAll(async () => {
  network = await startNetwork();
  service = await startBeside(network, { RATE_PER_KEY: '1000000', RATE_PER_ADDRESS: '1000000' });
  const { paths } = openApiDocument(network.app) as unknown as {
    paths: Record<string, Record<string, { parameters?: Parameter[] }>>;
  };
  routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [] }]) => ({
      method: method.toUpperCase(),
      path,
      parameters,
    })),
  );
  routes.push({ method: 'GET', path: '/graphql', parameters: [{ name: 'query', in: 'query' }] });
  routes.push({ method: 'GET', path: '/openapi.json', parameters: [] });
}, 120_000);
afterAll(async () => {
  service.child.kill('SIGKILL');
  await network.stop();
});

const SAMPLES: Record<string, string> = { number: '1', date: '2026-11-23', release: '2026-Q3', view: 'category' };
const repeat = (unit: string, bytes: number): string => unit.repeat(Math.floor(bytes / unit.length));
const TEXTS = ['x', '%E1%BB%AF', '%CC%81', '%25', '..%2F'];
const HEADERS: Record<string, string> = {
  'accept-language': repeat('vi;q=0.1,', HEADER_BYTES),
  'if-none-match': repeat('W/"x",', HEADER_BYTES),
  'if-range': repeat('"', HEADER_BYTES),
  'idempotency-key': repeat('x', HEADER_BYTES),
  accept: repeat('a/b;q=0.1,', HEADER_BYTES),
  range: `bytes=${repeat('0-1,', HEADER_BYTES)}`,
  authorization: `Bearer gf_${repeat('x_', HEADER_BYTES)}`,
  cookie: repeat('a=b;', HEADER_BYTES),
  'x-forwarded-for': repeat('10.0.0.1,', HEADER_BYTES),
  'content-type': `multipart/form-data; boundary=${repeat('x', HEADER_BYTES)}`,
};

interface Sent {
  readonly about: string;
  readonly address: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** The route with each of its parameters, and each header, as long as a request can carry. */
function largest({ method, path, parameters }: Route): Sent[] {
  const whole = (name?: string, text = ''): string =>
    path.replace(/\{(\w+)\}/g, (_, each: string) => (each === name ? text : (SAMPLES[each] ?? 'x')));
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].flatMap(([, name]) =>
    TEXTS.flatMap((text) =>
      [190, 12_000].map((bytes) => ({ about: `${name} of ${text}`, address: whole(name, repeat(text, bytes)) })),
    ),
  );
  const inQuery = parameters
    .filter((each) => each.in === 'query')
    .flatMap(({ name }) => [
      ...TEXTS.map((text) => ({ about: `${name} of ${text}`, address: `${whole()}?${name}=${repeat(text, 12_000)}` })),
      { about: `${name} again and again`, address: `${whole()}?${repeat(`${name}=1&`, 12_000)}` },
    ]);
  const others = {
    about: 'other parameters',
    address: `${whole()}?${Array.from({ length: 1_500 }, (_, i) => `a${i}=1`).join('&')}`,
  };
  const headers = Object.entries(HEADERS).map(([name, value]) => ({
    about: name,
    address: whole(),
    headers: { [name]: value },
  }));
  const bodies = method === 'POST' && !path.includes('imports') ? [...forms(whole())] : [];
  return [...inPath, ...inQuery, others, ...headers, ...bodies];
}

function forms(address: string): Sent[] {
  const headers = { 'content-type': 'multipart/form-data; boundary=b' };
  const part = (name: string, text: string): string =>
    `--b\r\ncontent-disposition: form-data; ${name}\r\n\r\n${text}\r\n`;
  const bodies: [string, string][] = [
    ['fields', repeat(part('name="a"', '1'), 900_000)],
    ['files', repeat(part('name="file"; filename="a.png"', '1'), 900_000)],
    ['a long file name', part(`name="file"; filename="${'ữ'.repeat(300_000)}"`, '1')],
    ['a long field', part('name="isVisible"', 'x'.repeat(900_000))],
    ['headers of a part', `--b\r\n${'a: b\r\n'.repeat(100_000)}\r\n\r\n1`],
    ['no end', '--b'.repeat(300_000)],
  ];
  return bodies.map(([about, body]) => ({ about, address, headers, body: `${body}--b--\r\n` }));
}

describe('the largest request', () => {
  it('costs less than 50 ms on every route, and is answered in few words', async () => {
    const wrong: string[] = [];
    const keys = [network.keys.grantee, network.keys.steward, null];
    for (const route of routes) {
      for (const [i, { about, address, headers = {}, body }] of largest(route).entries()) {
        // By turns: who may and who may not.
        const key = keys[i % keys.length];
        let answered!: { status: number; text: string };
        const busy = await leastBusy(service, MOST_MS, async () => {
          const response = await fetch(service.url + address, {
            method: route.method,
            headers: { ...(key && { authorization: `Bearer ${key}` }), ...headers },
            ...(body && { body }),
          });
          answered = { status: response.status, text: await response.text() };
        });
        const { status, text } = answered;
        const place = `${route.method} ${route.path} ${about}`;
        if (busy >= MOST_MS) wrong.push(`${place}: ${busy.toFixed(0)} ms`);
        // Without jobs the service is not ready.
        if (status >= 500 && route.path !== '/health/ready') wrong.push(`${place}: ${status} ${text.slice(0, 300)}`);
        if (status >= 400 && text.length > MOST_CHARACTERS) wrong.push(`${place}: ${text.length} characters`);
      }
    }
    expect(routes.length).toBeGreaterThan(10);
    expect(wrong).toEqual([]);
  }, 120_000);
});
