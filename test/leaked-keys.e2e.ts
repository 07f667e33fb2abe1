import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import { runKeys, runKeysWith } from './support/keys-command.js';

let network: Network;
beforeAll(async () => {
  network = await startNetwork();
});
afterAll(() => network.stop());

const issue = async (): Promise<{ id: string; key: string }> => {
  const input = { role: 'ANALYST', label: 'A spreadsheet' };
  const payload = await network.mutate(network.keys.steward, 'createApiKey', input, 'secret apiKey { id }');
  const { secret, apiKey } = payload as { secret: string; apiKey: { id: string } };
  return { id: apiKey.id, key: secret };
};
const works = async (key: string): Promise<boolean> => (await network.call(key, '{ viewer { role } }')).status === 200;

describe('a key that leaked', () => {
  it('is ended by piping it in, and is not repeated', async () => {
    const { id, key } = await issue();
    const { code, stdout, stderr } = await runKeysWith(`${key}\n`, network, 'revoke');
    expect([code, stdout]).toEqual([0, `revoked ${id}\n`]);
    expect(stderr).not.toContain(key);
    expect(await works(key)).toBe(false);
  });

  it('is ended by its id, or by itself as an argument', async () => {
    const [one, other] = [await issue(), await issue()];
    expect((await runKeys(network, 'revoke', one.id)).stdout).toBe(`revoked ${one.id}\n`);
    expect((await runKeys(network, 'revoke', other.key)).stdout).toBe(`revoked ${other.id}\n`);
    expect([await works(one.key), await works(other.key)]).toEqual([false, false]);
  });

  it("that somebody made up ends nobody else's key", async () => {
    const { key } = await issue();
    const forged = `${key.slice(0, -43)}${'x'.repeat(43)}`;
    const { code, stdout, stderr } = await runKeysWith(forged, network, 'revoke');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('Nothing was revoked');
    expect(stderr).not.toContain(forged);
    expect(await works(key)).toBe(true);
  });

  it.each(['', 'gf_', 'something else'])('that is none is refused: "%s"', async (text) => {
    const { code, stdout, stderr } = await runKeysWith(text, network, 'revoke');
    expect([code, stdout, stderr]).toEqual([1, '', expect.stringContaining('Nothing was revoked')]);
  });

  it('and was revoked before is said to be', async () => {
    const { id, key } = await issue();
    await runKeys(network, 'revoke', id);
    const { code, stderr } = await runKeysWith(key, network, 'revoke');
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^Refused: /m)]);
  });
});

describe('a key that is not valid', () => {
  it('is refused also where none is needed, and every operation says so', async () => {
    const { paths } = (await (await fetch(`${network.url}/openapi.json`)).json()) as {
      paths: Record<string, Record<string, { responses: Record<string, unknown> }>>;
    };
    for (const [path, operations] of Object.entries(paths)) {
      for (const operation of Object.values(operations)) {
        expect([path, Object.keys(operation.responses)]).toEqual([path, expect.arrayContaining(['401'])]);
      }
    }
    for (const path of ['/insights', '/v1/statistics', '/v1/history/heads', '/health/live']) {
      const { status } = await fetch(`${network.url}${path}`, { headers: { authorization: 'Bearer gf_none' } });
      expect([path, status]).toEqual([path, 401]);
    }
  });
});
