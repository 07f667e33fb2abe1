import { expect } from '@jest/globals';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { agreementScenes } from './agreement-scenes.js';
import type { Answer } from './client.js';
import { moneyScenes, money } from './money-scenes.js';
import type { Network } from './network.js';
import { startNetwork } from './network.js';
import { recordAgreement } from './obstacle-scenes.js';
import { repeatable } from './repeatable.js';
import type { Party } from './sponsor-scenes.js';
import { addSponsorship, sponsorScenes } from './sponsor-scenes.js';
import type { GeneratedCall } from './whole-schema.js';
import { MetIds, WholeSchema } from './whole-schema.js';

const HARMLESS = '{ obstacleCodes { code } }';
type Key = string | null;
interface Refused {
  readonly code: string;
  readonly message: string;
  readonly path: readonly string[] | null;
  readonly currentVersion?: number;
}

/**
 * What a caller can tell apart. The date and what is left of a rate's minute come from the machine's clock, not ours;
 * the rate is held against each other where only one twin did something hidden.
 */
function visible({ status, headers, text }: Pick<Answer, 'status' | 'headers' | 'text'>): object {
  const timed = ['date', 'ratelimit-reset', 'ratelimit-remaining'];
  return { status, headers: [...headers.entries()].filter(([name]) => !timed.includes(name)), text };
}

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
  };
  readonly whole: WholeSchema;
  /** Rates are counted by the minute. */
  private readonly rateWindow = performance.now() + 50_000;
  /** Whom an operation is closed to is asked once. */
  private readonly closed = new Set<string>();

  private constructor(
    readonly first: Network,
    readonly second: Network,
  ) {
    this.whole = new WholeSchema(first.app.get(GraphQLSchemaHost).schema, this.met);
  }

  static async start(): Promise<Twins> {
    // Thousands of long queries, few of them twice: compiling them would take most of the time.
    const env = { COMPILED_EXECUTION: 'off' };
    const first = await startNetwork({ ...repeatable(), env });
    const twins = new Twins(first, await startNetwork({ ...repeatable(), env }));
    expect(twins.second.keys).toEqual(first.keys);
    for (const network of [first, twins.second]) {
      for (const [funder, grantee] of PAIRS) await recordAgreement(network, funder, grantee);
      const groups = await liven(network);
      if (network !== first) expect(groups).toEqual(twins.groups);
      twins.groups = groups;
    }
    return twins;
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
    this.compare({ name, query, variables }, visible(one), visible(other));
    this.met.note(one.text);
    return one;
  }

  /** A mutation of both, by what it takes. */
  async loud(key: Key, name: string, input: object, selection = '__typename'): Promise<Answer> {
    return this.both(key, { name, query: mutation(name, selection), variables: { input } });
  }

  /** Only the first twin does it; the second reads the codes with the same key. Answers its payload. */
  async hidden(
    name: string,
    input: object,
    selection = 'obstacle { id }',
    key = this.first.keys.grantee,
  ): Promise<Record<string, unknown>> {
    const [one, other] = await Promise.all([
      this.first.call(key, mutation(name, selection), { input }),
      this.second.call(key, HARMLESS),
    ]);
    if (performance.now() < this.rateWindow) {
      expect(one.headers.get('ratelimit-remaining')).toBe(other.headers.get('ratelimit-remaining'));
    }
    const payload = (one.data as Record<string, { userErrors: object[]; obstacle?: { id: string } }>)[name];
    expect([name, payload.userErrors]).toEqual([name, []]);
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
          [this.first, this.second].map(async ({ url }) => {
            const { status, headers: answered, ...response } = await fetchWhole(`${url}${path}`, headers);
            return visible({ status, headers: answered, text: response.text });
          }),
        );
        this.compare({ path }, a, b);
        this.found.documents++;
      }
    }
  }

  private compare(asked: object, a: object, b: object): void {
    if (JSON.stringify(a) !== JSON.stringify(b)) expect({ ...asked, ...a }).toEqual({ ...asked, ...b });
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

const mutation = (name: string, selection: string): string =>
  `mutation ($input: ${name[0].toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${selection} userErrors { code } } }`;

async function fetchWhole(
  url: string,
  headers: Record<string, string> | undefined,
): Promise<{ status: number; headers: Headers; text: string }> {
  const response = await fetch(url, { ...(headers && { headers }) });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** Something to see, to change and to suggest: agreements in several states, one of them sponsored, holds, a transfer cost, a report with a funder. */
async function liven(network: Network): Promise<Party[]> {
  const scenes = agreementScenes(() => network);
  const payments = moneyScenes(() => network, scenes);
  const { id, installments } = (await scenes.active()) as { id: string; installments: { id: string }[] };
  const other = (await scenes.active()) as { installments: { id: string }[] };
  await scenes.offered();
  const sent = await payments.send(installments[0].id, money('400.00'), '2026-11-01');
  await payments.confirm(sent, money('390.00'), '2026-11-02');
  const ground = { ground: 'COURT_ORDER', legalBasis: 'An order of the court of Can Tho.' };
  for (const { id: installmentId } of [installments[1], ...other.installments]) {
    await payments.done('funder', 'placeLegalHold', { installmentId, ...ground }, 'legalHold { id }');
  }
  const report = { sections: [{ prompt: 'LEARNED', text: 'People come when they are asked.' }], shareWith: [id] };
  const { userErrors } = (await network.mutate(network.keys.grantee, 'submitReport', report, '__typename')) as {
    userErrors: object[];
  };
  expect(userErrors).toEqual([]);
  const { ids, keys } = network;
  const sponsor = { id: ids.grantee, organizationId: ids.organization.grantee, key: keys.grantee };
  const groups: Party[] = [];
  for (const name of ['Nhóm Thuyền', 'Nhóm Lưới']) {
    const sponsorship = await addSponsorship(network, { name, sponsor });
    await sponsorScenes(() => network, scenes).active(sponsorship);
    groups.push(sponsorship.group);
  }
  return groups;
}

const PAIRS = [
  ['funder', 'grantee'],
  ['secondFunder', 'grantee'],
  ['funder', 'secondGrantee'],
] as const;
