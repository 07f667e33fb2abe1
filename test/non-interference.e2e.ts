import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { agreementScenes } from './support/agreement-scenes.js';
import type { Answer } from './support/client.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import { recordAgreement } from './support/obstacle-scenes.js';
import { repeatable } from './support/repeatable.js';
import type { Party } from './support/sponsor-scenes.js';
import { addSponsorship, sponsorScenes } from './support/sponsor-scenes.js';
import type { GeneratedCall } from './support/whole-schema.js';
import { MetIds, WholeSchema } from './support/whole-schema.js';

/** These end keys or organizations, so they come last. */
const LAST = ['createApiKey', 'rotateApiKey', 'revokeApiKey', 'mergeOrganizations'];
const LOG = `mutation ($input: LogObstacleInput!) { logObstacle(input: $input) { obstacle { id } userErrors { code } } }`;
const HARMLESS = '{ obstacleCodes { code } }';

/**
 * What a caller can tell apart. The date and what is left of a rate's minute come from the machine's clock, not ours;
 * the rate is held against each other where only one twin did something hidden.
 */
function visible({ status, headers, text }: Answer): object {
  const timed = ['date', 'ratelimit-reset', 'ratelimit-remaining'];
  return { status, headers: [...headers.entries()].filter(([name]) => !timed.includes(name)), text };
}

/**
 * Two services on two databases, with the same clock and ids. In the first a grantee logs, opens, resolves and
 * withdraws what is hidden; in the second it reads the list of codes instead. Every other caller then asks everything
 * the schema has and tries every mutation, and must get the same bytes from both.
 */
class Twins {
  readonly met = new MetIds();
  /** Two groups whose fiscal sponsor is the grantee who hides something; the first hides something from it. */
  groups: Party[];
  readonly found = {
    pairs: 0,
    queries: 0,
    accepted: new Set<string>(),
    refused: new Set<string>(),
    faults: new Set<string>(),
  };
  private readonly whole: WholeSchema;
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
  async both(key: string | null, { name, query, variables }: GeneratedCall): Promise<Answer> {
    const [one, other] = await Promise.all([
      this.first.call(key, query, variables),
      this.second.call(key, query, variables),
    ]);
    const [a, b] = [visible(one), visible(other)];
    if (JSON.stringify(a) !== JSON.stringify(b)) expect({ name, query, variables, ...a }).toEqual({ ...b });
    this.met.note(one.text);
    return one;
  }

  /** Only the first twin does it; the second reads the codes with the same key. */
  async hidden(
    query: string,
    variables: object,
    key = this.first.keys.grantee,
  ): Promise<Record<string, { obstacle: { id: string }; userErrors: object[] }>> {
    const [one, other] = await Promise.all([this.first.call(key, query, variables), this.second.call(key, HARMLESS)]);
    if (performance.now() < this.rateWindow) {
      expect(one.headers.get('ratelimit-remaining')).toBe(other.headers.get('ratelimit-remaining'));
    }
    const { data } = one;
    const answers = data as Record<string, { obstacle: { id: string }; userErrors: object[] }>;
    expect(Object.values(answers).map(({ userErrors }) => userErrors)).toEqual([[]]);
    return answers;
  }

  async log(input: object, key?: string): Promise<string> {
    const { logObstacle } = await this.hidden(LOG, { input }, key);
    this.met.note(logObstacle.obstacle.id);
    return logObstacle.obstacle.id;
  }

  /** A key that the steward issues: of a new line, which reads nothing that the others alone may. */
  async otherKeyOf(organizationId: string): Promise<string> {
    const input = { role: 'GRANTEE', organizationId, label: 'issued by the steward' };
    const query = 'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret } }';
    const issued = await this.both(this.first.keys.steward, { name: 'createApiKey', query, variables: { input } });
    return (issued.data as { createApiKey: { secret: string } }).createApiKey.secret;
  }

  async step(name: string, input: object): Promise<void> {
    const type = `${name[0].toUpperCase()}${name.slice(1)}Input!`;
    const query = `mutation ($input: ${type}) { ${name}(input: $input) { obstacle { id } userErrors { code } } }`;
    await this.hidden(query, { input });
  }

  async askEverything(callers: readonly (string | null)[]): Promise<void> {
    this.closed.clear();
    for (const call of this.whole.queries()) for (const key of callers) await this.ask(key, call);
  }

  private async ask(key: string | null, call: GeneratedCall): Promise<void> {
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

  async tryEverything(callers: readonly (string | null)[], wanted: (name: string) => boolean): Promise<void> {
    for (const name of this.whole.mutationNames().filter(wanted)) {
      for (const call of this.whole.mutation(name)) {
        for (const key of callers) await this.attempt(key, call);
      }
    }
  }

  /** What no caller should ever meet, and what would make the comparison empty. */
  private noteFaults(key: string | null, { name }: GeneratedCall, { errors = [] }: Answer): void {
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

  private async attempt(key: string | null, call: GeneratedCall): Promise<void> {
    if (this.closed.has(`${key} ${call.name}`)) return;
    const answer = await this.both(key, call);
    this.noteFaults(key, call, answer);
    const errors = (
      answer.data as Record<string, { userErrors: { code: string; currentVersion?: number }[] } | null> | null
    )?.[call.name]?.userErrors;
    if (!errors) return;
    const [stale] = errors.filter(({ code }) => code === 'STALE_VERSION');
    const input = call.variables.input as { expectedVersion?: number };
    if (stale && input.expectedVersion !== stale.currentVersion) {
      const current = { input: { ...input, expectedVersion: stale.currentVersion } };
      return this.attempt(key, { ...call, variables: current });
    }
    for (const { code } of errors) this.found.refused.add(code);
    if (errors.length === 0) this.found.accepted.add(call.name);
  }
}

/** Something to see and to change: agreements in several states, one of them sponsored, and a report with a funder. */
async function liven(network: Network): Promise<Party[]> {
  const scenes = agreementScenes(() => network);
  const { id } = (await scenes.active()) as { id: string };
  await scenes.active();
  await scenes.offered();
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

let twins: Twins;
beforeAll(async () => {
  twins = await Twins.start();
}, 60_000);
afterAll(() => twins.stop());

const month = { beganMonth: '2026-10-01', text: 'Nobody else may notice this.' };
const loud = (name: string): boolean => !LAST.includes(name);

describe('a hidden obstacle', () => {
  it('is not there for anybody but its owner (AGGREGATE_ONLY), nor for a funder, a grantee, an analyst or the public (CONFIDENTIAL)', async () => {
    const { keys, ids } = twins.first;
    const ownersOther = await twins.otherKeyOf(ids.organization.grantee);
    const [hiding, open] = twins.groups;
    const groupsOther = await twins.otherKeyOf(hiding.organizationId);
    const others = [keys.funder, keys.secondFunder, keys.secondGrantee, open.key, keys.analyst, null];
    const everyone = [...others, keys.steward, ownersOther, groupsOther];
    for (const key of everyone) {
      await twins.both(key, { name: 'viewer', query: '{ viewer { role organization { id } } }', variables: {} });
    }
    twins.met.note(JSON.stringify(ids));
    const shared = { code: 'NO_RESPONSE', tier: 'SHARED', ...month };
    await twins.both(keys.grantee, {
      name: 'logObstacle',
      query: LOG,
      variables: { input: { ...shared, funderId: ids.funder } },
    });

    // Seen by nobody else: the steward and another line of the owner's keys are among those who ask.
    const aboutFunder = { ...month, code: 'DISBURSEMENT_DELAY', tier: 'AGGREGATE_ONLY', funderId: ids.funder };
    const first = await twins.log({ ...aboutFunder, clientSubmissionId: 'hidden', idempotencyKey: 'hidden' });
    const second = await twins.log({ ...month, code: 'VIOLENCE', tier: 'AGGREGATE_ONLY' });
    await twins.step('resolveObstacle', { id: second, expectedVersion: 1 });
    // Nor does the sponsor, among those who ask with its other key, know what its group hides.
    await twins.log({ ...month, code: 'PARTNER_FAILURE', tier: 'AGGREGATE_ONLY' }, hiding.key);
    await twins.tryEverything(everyone, (name) => loud(name) && !/Obstacle/.test(name));
    await twins.step('withdrawObstacle', { id: second, expectedVersion: 2, idempotencyKey: 'gone' });
    await twins.askEverything(everyone);

    // From here on the steward may see it, and so may the owner's other keys.
    await twins.step('openObstacleTier', { id: first, tier: 'CONFIDENTIAL', expectedVersion: 1 });
    const third = await twins.log({ ...aboutFunder, tier: 'CONFIDENTIAL', idempotencyKey: 'third' });
    await twins.tryEverything(others, loud);
    await twins.step('withdrawObstacle', { id: third, expectedVersion: 1 });
    await twins.askEverything(others);
    await twins.tryEverything(others, (name) => !loud(name));

    // The comparison would mean nothing if most of it had been refused at the door.
    const { queries, accepted, refused } = twins.found;
    expect([...twins.found.faults]).toEqual([]);
    expect(queries).toBeGreaterThan(500);
    expect(accepted.size).toBeGreaterThan(10);
    expect([...refused]).toEqual(expect.arrayContaining(['NOT_FOUND', 'ACTION_NOT_ALLOWED']));
  }, 240_000);
});
