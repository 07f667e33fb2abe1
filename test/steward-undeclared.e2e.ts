import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import { ABOUT_FUNDER, HIDDEN, ObstacleCalls, stored } from './support/obstacle-scenes.js';
import { nameSteward, stewardScenes } from './support/steward-scenes.js';
import { suggestionScenes } from './support/suggestion-scenes.js';

const NETWORK = '{ network { id stewardship stewardOrganization { name } takesConfidentialObstacles version } }';

let network: Network;
let calls: ObstacleCalls;
const { isReadBySteward } = stewardScenes(() => network);

beforeAll(async () => {
  network = await startNetwork({ isUndeclared: true });
  calls = new ObstacleCalls(network);
});
afterAll(() => network.stop());

describe('a network that has not said whose steward it has', () => {
  it('takes nothing that is CONFIDENTIAL, says why, and takes the other tiers', async () => {
    const { keys, ids } = network;
    const suggestions = suggestionScenes(() => network);
    await suggestions.trouble();
    const [{ id: suggestionId }] = (await suggestions.page()).nodes;
    const { id } = await calls.log({ ...ABOUT_FUNDER, tier: 'AGGREGATE_ONLY', funderId: ids.funder });
    const before = await stored(network);
    const no = ['STEWARD_NOT_DECLARED tier'];
    expect(await calls.refused(keys.grantee, 'logObstacle', { ...HIDDEN, tier: 'CONFIDENTIAL' })).toEqual(no);
    const input = { ...ABOUT_FUNDER, tier: 'CONFIDENTIAL', funderId: ids.funder };
    expect(await calls.refused(keys.grantee, 'logObstacle', input)).toEqual(no);
    const opening = { id, tier: 'CONFIDENTIAL', expectedVersion: 1 };
    expect(await calls.refused(keys.grantee, 'openObstacleTier', opening)).toEqual(no);
    expect(await suggestions.refused('logSuggestedObstacle', { id: suggestionId, tier: 'CONFIDENTIAL' })).toEqual(no);
    expect(await stored(network)).toEqual(before);
    await calls.done(keys.grantee, 'openObstacleTier', { ...opening, tier: 'SHARED' });
    const log =
      'mutation ($input: LogObstacleInput!) { logObstacle(input: $input) { userErrors { code message __typename } } }';
    const messages = await Promise.all(
      ['en', 'vi'].map((language) => network.call(keys.grantee, log, { input }, { 'accept-language': language })),
    );
    expect(messages.map(({ text }) => /"message":"([^"]*)"/.exec(text)![1])).toEqual([
      expect.stringMatching(/^The steward of this network has not said yet/),
      expect.stringMatching(/^Bên điều phối của mạng lưới này chưa cho biết/),
    ]);
  });

  it('says so to everybody, and to the steward what ends it', async () => {
    for (const key of [...Object.values(network.keys), null]) {
      const { data } = await network.call(key, NETWORK);
      expect(data).toEqual({
        network: {
          id: expect.stringMatching(/^net_[0-9a-f]{32}$/),
          stewardship: 'UNDECLARED',
          stewardOrganization: null,
          takesConfidentialObstacles: false,
          version: 1,
        },
      });
    }
    const described = await network.call(null, '{ __type(name: "Stewardship") { enumValues { name description } } }');
    expect(described.text).toMatch(/nameStewardOrganization.*declareNoStewardOrganization/);
    expect(await nameSteward(network, null)).toMatchObject({ stewardship: 'NONE', takesConfidentialObstacles: true });
    const { id } = await calls.log({ ...HIDDEN, tier: 'CONFIDENTIAL' });
    expect(await isReadBySteward(id)).toBe(true);
    await expect(network.sql('UPDATE network SET steward_declared_at = NULL')).rejects.toMatchObject({
      constraint: 'network_declared_for_good',
    });
  });
});
