import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runKeys } from './support/keys-command.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import { startBeside } from './support/service-process.js';
import { registerFunder } from './support/steward-scenes.js';

let network: Network;
let foundation: string;
beforeAll(async () => {
  network = await startNetwork({ isUndeclared: true });
  foundation = await registerFunder(network, 'Delta <Community> Foundation');
});
afterAll(() => network.stop());

const keys = (...args: string[]): ReturnType<typeof runKeys> => runKeys(network, ...args);

/** The lines of a service at its start, as its operator finds them. */
async function startLines(): Promise<string> {
  const service = await startBeside(network, { LOG_LEVEL: 'info' });
  service.child.kill('SIGTERM');
  return (await service.exit).stdout;
}
const page = async (language: string): Promise<string> =>
  (await fetch(`${network.url}/insights?language=${language}`)).text();
const WHY = /Nothing can be CONFIDENTIAL until this network says whose steward it has/;

describe('whose steward the network has', () => {
  it('is asked for at the start, beside each key, and on the page, while nobody has said', async () => {
    expect(await startLines()).toMatch(WHY);
    const made = await keys('create', '--role', 'STEWARD');
    expect([made.code, made.stdout]).toEqual([0, expect.stringMatching(/^gf_\w+_[\w-]+\n$/)]);
    expect(made.stderr).toMatch(WHY);
    expect((await keys('steward-organization')).stdout).toMatch(WHY);
    expect(await page('en')).toContain('Nobody has said yet whose steward this network has.');
    expect(await page('vi')).toContain('Chưa ai cho biết bên điều phối của mạng lưới này thuộc tổ chức nào.');
  }, 120_000);

  it('is said by the command, read by everybody, and can be changed', async () => {
    const none = await keys('steward-organization', 'none');
    expect([none.code, none.stdout]).toEqual([0, 'No organization of the steward takes part.\n']);
    expect((await keys('create', '--role', 'ANALYST')).stderr).not.toMatch(WHY);
    expect(await startLines()).not.toMatch(WHY);
    expect(await page('en')).toContain('The steward says that no organization of its own takes part.');

    const named = await keys('steward-organization', foundation);
    expect([named.code, named.stdout]).toEqual([0, `The steward belongs to ${foundation}.\n`]);
    expect(await page('en')).toContain(
      'by the steward of this network, Delta &lt;Community&gt; Foundation, and by no funder',
    );
    expect(await page('vi')).toContain('bên điều phối của mạng lưới này, Delta &lt;Community&gt; Foundation, đọc được');
    const { data } = await network.call(
      null,
      '{ obstacleGuarantee { text network { stewardship stewardOrganization { name } } } }',
    );
    expect(data).toEqual({
      obstacleGuarantee: {
        text: expect.stringContaining(
          'The steward reads what is CONFIDENTIAL, except what concerns an organization that is, or ever was, its own',
        ),
        network: { stewardship: 'NAMED', stewardOrganization: { name: 'Delta <Community> Foundation' } },
      },
    });
  }, 120_000);

  it('is not said by half', async () => {
    for (const [who, why] of [
      ['nobody', 'Name an organization, org_…, or none.'],
      [`org_${'0'.repeat(32)}`, 'Refused: NOT_FOUND'],
    ]) {
      const { code, stderr } = await keys('steward-organization', who);
      expect([code, stderr]).toEqual([1, expect.stringContaining(why)]);
    }
    expect((await keys('steward-organization')).stdout).toBe(`The steward belongs to ${foundation}.\n`);
  }, 120_000);
});
