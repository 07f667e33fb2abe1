import { expect } from '@jest/globals';
import type { Observer } from '../privacy/observers.js';
import type { Shown } from '../privacy/seen.js';
import { fromWhereTheyDiffer, seen } from '../privacy/seen.js';
import type { Difference, WayOutName } from '../privacy/ways-out.js';
import { differencesAtTheEnd } from '../privacy/ways-out.js';
import type { Answer } from './client.js';
import { liven } from './lively-network.js';
import type { Deed, ObservedNetwork } from './observed-network.js';
import { startObservedNetwork } from './observed-network.js';
import type { Party } from './sponsor-scenes.js';
import type { GeneratedCall } from './whole-schema.js';
import { MetIds, WholeSchema } from './whole-schema.js';

/**
 * What a portal does that sends a saved draft again: a mutation of a grantee that changes nothing. It stands in the
 * second twin where the first does something hidden.
 */
const HARMLESS = { name: 'draftReport', input: { idempotencyKey: 'a draft that is saved again' } };
type Key = string | null;
interface Refused {
  readonly code: string;
  readonly message: string;
  readonly path: readonly string[] | null;
  readonly currentVersion?: number;
}

/** More would only follow from the first ones. */
const ENOUGH = 60;

/**
 * Two services on two databases, with the same clock and ids. In the first somebody does what is hidden, in the second
 * it reads the list of codes instead. Whatever else is asked is asked of both, and must be answered by the same bytes.
 */
export class Twins {
  readonly met = new MetIds();
  /** Two groups whose fiscal sponsor is the grantee who hides something; the first hides something from it. */
  groups: Party[];
  readonly found = {
    queries: 0,
    documents: 0,
    accepted: new Set<string>(),
    refused: new Set<string>(),
    faults: new Set<string>(),
    hidden: new Set<string>(),
  };
  readonly whole: WholeSchema;
  /** Rates are counted by the minute. */
  private readonly rateWindow = performance.now() + 50_000;
  /** Whom an operation is closed to is asked once. */
  private readonly closed = new Set<string>();

  readonly differences: Difference[] = [];
  /** Names of all response headers that anybody got. */
  readonly headers = new Set<string>();
  /** What the first process did outside itself, once it has ended. */
  deeds: readonly Deed[] = [];
  private readonly names = new Map<Key, Observer>([[null, 'public']]);

  private constructor(
    readonly first: ObservedNetwork,
    readonly second: ObservedNetwork,
  ) {
    this.whole = new WholeSchema(first.schema, this.met);
    for (const [name, key] of Object.entries(first.keys))
      this.introduce(key, (name === 'grantee' ? 'owner' : name) as Observer);
  }

  /** From now on what this key is answered is what this observer sees. */
  introduce(key: string, observer: Observer): void {
    this.names.set(key, observer);
  }

  /** With leaks planted in the first, by the names of their ways out; see `test/privacy/service/planted-leaks.ts`. */
  static async start(planted: readonly string[] = []): Promise<Twins> {
    // Thousands of long queries, few of them twice: compiling them would take most of the time.
    const env = { COMPILED_EXECUTION: 'off' };
    const [first, second] = await Promise.all([
      startObservedNetwork({ ...env, PLANTED_LEAKS: planted.join(',') }),
      startObservedNetwork(env),
    ]);
    const twins = new Twins(first, second);
    expect(second.keys).toEqual(first.keys);
    const [groups, same] = await Promise.all([liven(first), liven(second)]);
    expect(same).toEqual(groups);
    twins.groups = groups;
    twins.introduce(groups[1].key, 'sponsored');
    for (const key of [first.keys.grantee, groups[0].key]) await twins.loud(key, HARMLESS.name, HARMLESS.input);
    return twins;
  }

  /** Ends both services; answers in what all that left them differs. */
  async end(): Promise<Difference[]> {
    const networks = [this.first, this.second] as const;
    // Whoever asks for events has the last ones put in their order first.
    await Promise.all(networks.map(({ call, keys }) => call(keys.steward, '{ events { nodes { id } } }')));
    const [one, other] = await Promise.all(networks.map((network) => network.end()));
    this.deeds = one.deeds;
    return [...this.differences, ...(await differencesAtTheEnd(networks, [one, other]))];
  }

  async stop(): Promise<void> {
    await this.first.stop();
    await this.second.stop();
  }

  /** The same call to both; what comes back must be the same. */
  async both(key: Key, { name, query, variables }: GeneratedCall): Promise<Answer> {
    const [one, other] = await Promise.all([
      this.first.call(key, query, variables),
      this.second.call(key, query, variables),
    ]);
    this.compare(key, { name, query, variables }, one, other);
    this.met.note(one.text);
    return one;
  }

  /** A mutation of both, by what it takes. */
  async loud(key: Key, name: string, input: object, selection = '__typename'): Promise<Answer> {
    return this.both(key, { name, query: mutation(name, selection), variables: { input } });
  }

  /** Only the first twin does it; the second sends its saved draft again with the same key. Answers its payload. */
  async hidden(
    name: string,
    input: object,
    selection = 'obstacle { id }',
    key = this.first.keys.grantee,
  ): Promise<Record<string, unknown>> {
    const [one, other] = await Promise.all([
      this.first.call(key, mutation(name, selection), { input }),
      this.second.call(key, mutation(HARMLESS.name, '__typename'), { input: HARMLESS.input }),
    ]);
    expect([one.status, one.errors, other.status, other.errors]).toEqual([200, undefined, 200, undefined]);
    if (performance.now() < this.rateWindow) {
      expect(one.headers.get('ratelimit-remaining')).toBe(other.headers.get('ratelimit-remaining'));
    }
    const payload = (one.data as Record<string, { userErrors: object[]; obstacle?: { id: string } }>)[name];
    expect([name, payload.userErrors]).toEqual([name, []]);
    this.found.hidden.add(name);
    if (payload.obstacle) this.met.note(payload.obstacle.id);
    return payload;
  }

  async log(input: object, key?: string): Promise<string> {
    return ((await this.hidden('logObstacle', input, undefined, key)).obstacle as { id: string }).id;
  }

  /** Another key of theirs: of a new line, which reads nothing that the others alone may. */
  async otherKeyOf(organizationId: string): Promise<string> {
    const input = { role: 'GRANTEE', organizationId, label: 'issued by the steward' };
    const issued = await this.loud(this.first.keys.steward, 'createApiKey', input, 'secret');
    const { secret } = (issued.data as { createApiKey: { secret: string } }).createApiKey;
    const rotated = await this.loud(secret, 'rotateApiKey', {}, 'secret');
    return (rotated.data as { rotateApiKey: { secret: string } }).rotateApiKey.secret;
  }

  /** Every query of the schema, page after page. */
  async askEverything(callers: readonly Key[]): Promise<void> {
    this.closed.clear();
    for (const call of this.whole.queries()) for (const key of callers) await this.ask(key, call);
    await this.fetchEverything(callers);
  }

  async tryEverything(callers: readonly Key[], wanted: (name: string) => boolean): Promise<void> {
    for (const name of this.whole.mutationNames().filter(wanted)) {
      for (const call of this.whole.mutation(name)) {
        for (const key of callers) await this.attempt(key, call);
      }
    }
  }

  /** What REST answers, from its own contract: each document, for the ids that were met. */
  private async fetchEverything(callers: readonly Key[]): Promise<void> {
    // From both: each request moves a twin's clock.
    const [contract] = (await Promise.all(
      [this.first, this.second].map(async ({ url }) => (await fetch(`${url}/openapi.json`)).json()),
    )) as { paths: Record<string, Record<string, unknown>> }[];
    const paths = Object.keys(contract.paths).filter((path) => 'get' in contract.paths[path]);
    const wanted = [...paths, '/openapi.json'].flatMap((path) =>
      path.includes('{') ? this.met.all().map((id) => path.replace(/\{\w+\}/g, id)) : [path],
    );
    for (const path of wanted) {
      for (const key of callers) {
        const headers = key ? { authorization: `Bearer ${key}` } : undefined;
        const [a, b] = await Promise.all(
          [this.first, this.second].map(async ({ url }) => fetchWhole(`${url}${path}`, headers)),
        );
        this.compare(key, { path }, a, b);
        this.found.documents++;
      }
    }
  }

  observerOf(key: Key): Observer {
    return this.names.get(key) ?? 'owner';
  }

  compare(key: Key, asked: object, one: Shown, other: Shown, as?: WayOutName): void {
    for (const name of one.headers.keys()) this.headers.add(name);
    const [first, second] = [seen(one), seen(other)];
    for (const wayOut of ['answers', 'headers', 'lengths'] as const) {
      if (first[wayOut] === second[wayOut] || this.differences.length >= ENOUGH) continue;
      const observer = this.observerOf(key);
      const difference = { wayOut: as ?? wayOut, observer, asked: JSON.stringify(asked) };
      this.differences.push({ ...difference, ...fromWhereTheyDiffer(first[wayOut], second[wayOut]) });
    }
  }

  private async ask(key: Key, call: GeneratedCall): Promise<void> {
    if (this.closed.has(`${key} ${call.name}`)) return;
    const answer = await this.both(key, call);
    if (answer.errors) return this.noteFaults(key, call, answer);
    this.found.queries++;
    const page = (answer.data as Record<string, { pageInfo?: { hasNextPage: boolean; endCursor: string } } | null>)[
      call.name
    ]?.pageInfo;
    if (page?.hasNextPage && call.variables.after === null) {
      await this.ask(key, { ...call, variables: { ...call.variables, after: page.endCursor } });
    }
  }

  /** What no caller should ever meet, and what would make the comparison empty. */
  private noteFaults(key: Key, { name }: GeneratedCall, { errors = [] }: Answer): void {
    const who = Object.entries(this.first.keys).find(([, each]) => each === key)?.[0] ?? (key ? 'other' : 'public');
    for (const { extensions, path } of errors) {
      if (path?.length === 1 && /^(FORBIDDEN|UNAUTHENTICATED)$/.test(extensions.code))
        this.closed.add(`${key} ${name}`);
      if (/^(QUERY_TOO|INTERNAL|GRAPHQL)/.test(extensions.code)) {
        this.found.faults.add(
          `${who}: ${extensions.code} in ${(path ?? [name]).filter((part) => typeof part === 'string').join('.')}`,
        );
      }
    }
  }

  private async attempt(key: Key, call: GeneratedCall, left = 3): Promise<void> {
    if (this.closed.has(`${key} ${call.name}`)) return;
    const answer = await this.both(key, call);
    this.noteFaults(key, call, answer);
    const payloads = answer.data as Record<string, { userErrors: Refused[] } | null> | null;
    const errors = payloads?.[call.name]?.userErrors;
    if (!errors) return;
    const input = left > 0 ? this.corrected(call.variables.input as Input, errors) : null;
    if (input) return this.attempt(key, { ...call, variables: { input } }, left - 1);
    for (const { code } of errors) this.found.refused.add(code);
    if (errors.length === 0) this.found.accepted.add(call.name);
  }

  /** What a caller would send next, who reads the errors: the version there is, an id of the kind that is wanted. */
  private corrected(input: Input, errors: readonly Refused[]): Input | null {
    const stale = errors.find(
      ({ code, currentVersion }) => code === 'STALE_VERSION' && input.expectedVersion !== currentVersion,
    );
    if (stale) return { ...input, expectedVersion: stale.currentVersion };
    const wrong = errors.find(({ code, path }) => code === 'INVALID_ID' && path?.length === 1);
    const id = wrong && this.met.withPrefix(/\b([a-z]{3})_…/.exec(wrong.message)?.[1] ?? '').at(-1);
    return wrong && id ? { ...input, [wrong.path![0]]: id } : null;
  }
}

type Input = Record<string, unknown>;
export const mutation = (name: string, selection: string): string =>
  `mutation ($input: ${name[0].toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${selection} userErrors { code } } }`;

async function fetchWhole(
  url: string,
  headers: Record<string, string> | undefined,
): Promise<{ status: number; headers: Headers; text: string }> {
  const response = await fetch(url, { ...(headers && { headers }) });
  return { status: response.status, headers: response.headers, text: await response.text() };
}
