import { DemoClient } from './demo-client.js';
import { registerOrganization } from './demo-directory.js';
import type { DemoState } from './demo-files.js';
import { readState, writeState } from './demo-files.js';
import type { KeyName, Shown } from './demo-organizations.js';
import { KEYS, SHOWN } from './demo-organizations.js';
import { tellStories } from './demo-stories.js';
import { issueKey } from './issue-key.js';

export interface DemoNetwork {
  readonly keys: Record<Shown, string>;
  /** Whether this start made it. */
  readonly isNew: boolean;
}
export interface DemoOptions {
  readonly url: string;
  /** Where the files of the demo are. */
  readonly home: string;
  readonly today: string;
  /** The one key that cannot be asked for over HTTP. */
  readonly issueStewardKey: () => Promise<string>;
}

/**
 * The demo network, made on the first start and found again on later ones. Every step can be repeated: organizations
 * are known by their identifiers, changes by idempotency keys, and each key is kept before it is used. So a start that
 * breaks off anywhere is continued by the next.
 */
export async function openNetwork({ url, home, today, issueStewardKey }: DemoOptions): Promise<DemoNetwork> {
  const found = readState(home);
  const isUsable = found?.keys.steward !== undefined && (await new DemoClient(url, found.keys.steward).isKnown());
  let state: DemoState = isUsable
    ? found
    : { begunOn: today, isComplete: false, keys: { steward: await issueStewardKey() } };
  const save = (changes: Partial<DemoState>): void => writeState(home, (state = { ...state, ...changes }));
  const keep = (name: keyof DemoState['keys'], key: string): void => save({ keys: { ...state.keys, [name]: key } });
  save({});

  const steward = new DemoClient(url, state.keys.steward!);
  await declareSteward(steward);
  const isMade = state.isComplete;
  const wanted = (Object.keys(KEYS) as KeyName[]).filter(
    (name) => !isMade || (SHOWN as readonly string[]).includes(name),
  );
  for (const name of wanted) {
    const key = state.keys[name];
    if (!key || !(await new DemoClient(url, key).isKnown())) keep(name, await issueDemoKey(url, steward, name));
  }
  const client = (name: KeyName): DemoClient => new DemoClient(url, state.keys[name]!);
  // The file of the keys may be lost while the network is there.
  if (!isMade && (isUsable || !(await hasAgreements(client('secondFunder'))))) {
    await tellStories({ begunOn: state.begunOn, steward, client, url, groupKey: state.keys.group, keep });
  }
  save({ isComplete: true });
  const { keys } = state;
  return {
    keys: Object.fromEntries(SHOWN.map((name) => [name, keys[name]!])) as Record<Shown, string>,
    isNew: !isMade,
  };
}

/** Whoever tries the demo is its steward, and takes no part in it: so grantees can say things in confidence. */
async function declareSteward(steward: DemoClient): Promise<void> {
  const { network } = await steward.ask<{ network: { stewardship: string; version: number } }>(
    '{ network { stewardship version } }',
  );
  if (network.stewardship !== 'UNDECLARED') return;
  await steward.act('declareNoStewardOrganization', { expectedVersion: network.version }, '__typename');
}

async function issueDemoKey(url: string, steward: DemoClient, name: KeyName): Promise<string> {
  const { of, role } = KEYS[name];
  const organizationId = of && (await registerOrganization(steward, of));
  return issueKey({ url, steward }, { role, organizationId, label: `Demo: ${name}` });
}

async function hasAgreements(funder: DemoClient): Promise<boolean> {
  const { agreements } = await funder.ask<{ agreements: { totalCount: number } }>(
    '{ agreements(first: 1) { totalCount } }',
  );
  return agreements.totalCount > 0;
}
