import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { agreementScenes } from '../support/agreement-scenes.js';
import type { Network } from '../support/network.js';
import { startNetwork } from '../support/network.js';

/** A grantee moves the day it will report, by up to 90 days in all, to either side, and asks nobody. */
let network: Network;
beforeAll(async () => (network = await startNetwork()));
afterAll(() => network.stop());
beforeEach(() => network.clock.set('2027-02-01T05:00:00Z'));
const agreements = agreementScenes(() => network);

const FIELDS = 'expectation { id dueOn movedTo expectedOn overdueAt state version }';
interface Expectation {
  readonly id: string;
  readonly version: number;
}
/** One that is due on the last day of 2027. */
async function expectation(): Promise<Expectation> {
  return ((await agreements.active()) as { expectations: Expectation[] }).expectations[0];
}
const move = async ({ id, version }: Expectation, movedTo: string) =>
  (await network.mutate(
    network.keys.grantee,
    'moveExpectation',
    { id, expectedVersion: version, movedTo },
    FIELDS,
  )) as {
    expectation: Expectation | null;
    userErrors: object[];
  };
async function moved(one: Expectation, day: string): Promise<Expectation> {
  const { expectation: answered, userErrors } = await move(one, day);
  expect(userErrors).toEqual([]);
  expect(answered).toMatchObject({ dueOn: '2027-12-31', movedTo: day, expectedOn: day });
  return answered!;
}

describe('the day of a report', () => {
  it('is moved to an earlier day, and the original day stays', async () => {
    const earlier = await moved(await expectation(), '2027-11-30');
    expect(earlier).toMatchObject({ overdueAt: '2027-11-30T17:00:00.000Z', state: 'UPCOMING' });
  });

  it.each([
    ['2027-10-02', '2027-10-01'],
    ['2028-03-30', '2028-03-31'],
  ])('is moved by 90 days to %s and not to %s', async (furthest, tooFar) => {
    const one = await expectation();
    expect((await move(one, tooFar)).userErrors).toMatchObject([{ code: 'EXPECTATION_MOVED_TOO_FAR' }]);
    await moved(one, furthest);
  });

  it('is moved by 90 days in all, not by 90 days each time', async () => {
    const later = await moved(await expectation(), '2028-03-30');
    const earlier = await moved(later, '2027-10-02');
    expect((await move(earlier, '2027-09-30')).userErrors).toMatchObject([{ code: 'EXPECTATION_MOVED_TOO_FAR' }]);
    await moved(earlier, '2027-12-31');
  });
});
