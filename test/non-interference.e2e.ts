import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OBSERVERS } from './privacy/observers.js';
import { expectRegistered } from './privacy/register.js';
import { HEADERS, HIDDEN_MUTATIONS } from './privacy/registered.js';
import { attachPicture, failHidden, readFeeds, runAllTasks } from './privacy/twin-acts.js';
import { WAYS_OUT } from './privacy/ways-out.js';
import type { Difference, WayOutName } from './privacy/ways-out.js';
import { Twins } from './support/twins.js';

/** These end keys or organizations, or close an organization to the steward, so they come last. */
const LAST = ['nameStewardOrganization', 'createApiKey', 'rotateApiKey', 'revokeApiKey', 'mergeOrganizations'];
const isLast = (name: string): boolean => LAST.includes(name);
const month = { beganMonth: '2026-10-01', text: 'Nobody else may notice this.' };

let twins: Twins;
let brokenOff: unknown;
let differences: readonly Difference[];
beforeAll(async () => {
  twins = await Twins.start();
  // Where answers differ a later step may find nothing to go on with: what differed is then told all the same.
  await play().catch((error: unknown) => (brokenOff = error));
  differences = await twins.end();
}, 900_000);
afterAll(() => twins.stop());

/** The suggestions the owner is made, in the first twin. */
async function suggested(): Promise<string[]> {
  const { data } = await twins.first.call(twins.first.keys.grantee, '{ obstacleSuggestions { nodes { id code } } }');
  return (data as { obstacleSuggestions: { nodes: { id: string }[] } }).obstacleSuggestions.nodes.map(({ id }) => id);
}

/** Everybody asks and tries everything, while in the first twin alone a grantee does all that is hidden. */
async function play(): Promise<void> {
  const { keys, ids } = twins.first;
  const colleague = await twins.otherKeyOf(ids.organization.grantee);
  const [hiding, open] = twins.groups;
  const groupsOther = await twins.otherKeyOf(hiding.organizationId);
  for (const key of [colleague, groupsOther]) twins.introduce(key, 'colleague');
  const others = [keys.funder, keys.secondFunder, keys.secondGrantee, open.key, keys.analyst, null];
  const everyone = [...others, keys.steward, colleague, groupsOther];
  for (const key of everyone) {
    await twins.both(key, { name: 'viewer', query: '{ viewer { role organization { id } } }', variables: {} });
  }
  twins.met.note(JSON.stringify(ids));
  await attachPicture(twins, keys.grantee);
  const shared = { ...month, code: 'NO_RESPONSE', funderId: ids.funder };
  await twins.loud(keys.grantee, 'logObstacle', { ...shared, tier: 'SHARED' }, 'obstacle { id }');
  // In both, and hidden: what its owner shares at the end must look as if nothing had been before.
  const later = await twins.loud(keys.grantee, 'logObstacle', { ...shared, tier: 'CONFIDENTIAL' }, 'obstacle { id }');
  const { id: laterId } = (later.data as { logObstacle: { obstacle: { id: string } } }).logObstacle.obstacle;
  const [third, fourth, first, second] = await suggested();
  twins.met.note([first, second, third, fourth].join(' '));
  await twins.second.call(keys.grantee, '{ obstacleSuggestions { nodes { id code } } }');

  // Seen by nobody else: the steward and another line of the owner's keys are among those who ask.
  const aboutFunder = { ...month, code: 'DISBURSEMENT_DELAY', tier: 'AGGREGATE_ONLY', funderId: ids.funder };
  const kept = await twins.log({ ...aboutFunder, clientSubmissionId: 'hidden', idempotencyKey: 'hidden' });
  // The answer was lost, so the portal sends it again: by its own id, and by the key of the call.
  await twins.log({ ...aboutFunder, clientSubmissionId: 'hidden' });
  await twins.log({ ...aboutFunder, clientSubmissionId: 'hidden', idempotencyKey: 'hidden' });
  const passing = await twins.log({ ...month, code: 'VIOLENCE', tier: 'AGGREGATE_ONLY' });
  await twins.hidden('resolveObstacle', { id: passing, expectedVersion: 1 });
  await twins.hidden('reopenObstacle', { id: passing, expectedVersion: 2 });
  await twins.hidden('logSuggestedObstacle', { id: first, tier: 'AGGREGATE_ONLY', idempotencyKey: 'suggested' });
  await twins.hidden('dismissSuggestion', { id: second, idempotencyKey: 'dismissed' }, 'suggestionId');
  // Nor does the sponsor, among those who ask with its other key, know what its group hides.
  await twins.log({ ...month, code: 'PARTNER_FAILURE', tier: 'AGGREGATE_ONLY' }, hiding.key);
  await twins.askEverything(everyone);
  const same = { ...aboutFunder, tier: 'CONFIDENTIAL', clientSubmissionId: 'hidden', idempotencyKey: 'hidden' };
  for (const key of [colleague, keys.secondGrantee])
    await twins.loud(key, 'logObstacle', same, 'obstacle { id version }');
  for (const id of [first, second]) {
    await twins.loud(colleague, 'logSuggestedObstacle', { id, tier: 'AGGREGATE_ONLY' }, 'obstacle { id version }');
  }
  await twins.tryEverything(everyone, (name) => !isLast(name));
  await twins.hidden('withdrawObstacle', { id: passing, expectedVersion: 3, idempotencyKey: 'gone' });
  await twins.askEverything(everyone);
  await readFeeds(twins, [keys.funder, keys.secondFunder, keys.secondGrantee, open.key, keys.steward, colleague]);

  // From here on the steward may see it, and so may the owner's other keys.
  await twins.hidden('openObstacleTier', { id: kept, tier: 'CONFIDENTIAL', expectedVersion: 1 });
  const confident = await twins.log({ ...aboutFunder, tier: 'CONFIDENTIAL', idempotencyKey: 'third' });
  await twins.hidden('logSuggestedObstacle', { id: third, tier: 'CONFIDENTIAL' });
  await twins.hidden('dismissSuggestion', { id: fourth }, 'suggestionId');
  await twins.tryEverything(others, (name) => !isLast(name));
  await twins.hidden('withdrawObstacle', { id: confident, expectedVersion: 1 });
  await twins.askEverything(others);

  // What is shared begins anew, in an event stream that knows of nothing before.
  const opening = { id: laterId, tier: 'SHARED', expectedVersion: 1 };
  expect((await twins.loud(keys.grantee, 'openObstacleTier', opening)).text).toContain('"userErrors":[]');
  await twins.askEverything([keys.funder, keys.secondFunder]);
  await twins.tryEverything(others, isLast);
  // What the clock would begin, of which some read obstacles.
  await runAllTasks(twins);
  await failHidden(twins, kept);
}

describe('a hidden obstacle', () => {
  it('was played to its end: most was asked, answered, tried and accepted, and nothing failed', () => {
    expect(brokenOff).toBeUndefined();
    // The comparison would mean nothing if most of it had been refused at the door.
    const { queries, documents, accepted, refused, hidden } = twins.found;
    expect([...twins.found.faults]).toEqual([]);
    expect(queries).toBeGreaterThan(500);
    expect(documents).toBeGreaterThan(20);
    expect(accepted.size).toBeGreaterThan(20);
    expect([...accepted]).toEqual(
      expect.arrayContaining(['logObstacle', 'dismissSuggestion', 'publishPracticeChange']),
    );
    expect([...hidden].sort()).toEqual([...HIDDEN_MUTATIONS].sort());
    expect([...refused]).toEqual(expect.arrayContaining(['NOT_FOUND', 'ACTION_NOT_ALLOWED']));
  });

  it.each(Object.keys(WAYS_OUT) as WayOutName[])('leaves no mark in: %s', (name) => {
    for (const observer of WAYS_OUT[name].observers) expect(OBSERVERS).toHaveProperty(observer);
    expect(differences.filter(({ wayOut }) => wayOut === name)).toEqual([]);
  });

  it('was noticed by nobody through a header that is not registered', () => {
    expectRegistered('headers', [...twins.headers], HEADERS);
  });

  it('was done by a process that reaches its database and its folders, and nothing else', () => {
    const { databaseUrls, folder, ledger, temporary } = twins.first;
    const did = (way: string): string[] => [
      ...new Set(twins.deeds.filter((deed) => deed.way === way).map(({ what }) => what)),
    ];
    const { hostname, port } = new URL(databaseUrls.app);
    expect(did('socket')).toEqual([`${hostname}:${port}`]);
    expect(did('port')).toEqual(['127.0.0.1']);
    const own = [folder, ledger, temporary];
    const elsewhere = did('file').filter((what) => !own.some((each) => what.includes(each)));
    expect(elsewhere).toEqual([]);
    expect(did('file').length).toBeGreaterThan(0);
    for (const way of ['datagram', 'name look-up', 'process', 'thread']) expect(did(way)).toEqual([]);
  });
});
