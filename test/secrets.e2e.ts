import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PNG, upload } from './support/attachment-scenes.js';
import { post } from './support/client.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import type { ServiceProcess } from './support/service-process.js';
import { startBeside } from './support/service-process.js';

const NEW = 'a newer secret that is long enough for all of them';

let network: Network;
/** The same database and files after the secret was changed: with the old one kept, and without it. */
let keeping: ServiceProcess;
let without: ServiceProcess;
beforeAll(async () => {
  network = await startNetwork();
  [keeping, without] = await Promise.all([
    startBeside(network, { GOODFAITH_SECRET: `${NEW}, ${network.secret}` }),
    startBeside(network, { GOODFAITH_SECRET: NEW }),
  ]);
});
afterAll(async () => {
  for (const { child } of [keeping, without]) child.kill('SIGKILL');
  await network.stop();
});

const EVENTS =
  'query ($after: String) { events(first: 2, after: $after) { nodes { id } pageInfo { endCursor hasNextPage } } }';

describe('a secret that was changed', () => {
  it('leaves cursors good where the old one is kept, and is named where it is not', async () => {
    const { steward } = network.keys;
    const first = (await network.call(steward, EVENTS)).data.events;
    const after: string = first.pageInfo.endCursor;
    const expected = (await network.call(steward, EVENTS, { after })).data.events;
    const kept = (await post(keeping.url, steward, EVENTS, { after })).data.events;
    expect(kept.nodes).toEqual(expected.nodes);
    // What is made now is made with the new one alone.
    expect((await post(without.url, steward, EVENTS, { after: kept.pageInfo.endCursor })).errors).toBeUndefined();
    for (const [language, words] of [
      ['en', /made with another secret/],
      ['vi', /khóa bí mật khác/],
    ] as const) {
      const { data, errors } = await post(without.url, steward, EVENTS, { after }, { 'accept-language': language });
      expect([data ?? null, errors![0].extensions.code, errors![0].message]).toEqual([
        null,
        'MADE_WITH_ANOTHER_SECRET',
        expect.stringMatching(words),
      ]);
    }
    expect((await post(without.url, steward, EVENTS, { after: 'nonsense' })).errors![0].extensions.code).toBe(
      'INVALID_CURSOR',
    );
  });

  it('leaves links good where the old one is kept, and is named where it is not', async () => {
    const { grantee } = network.keys;
    const { id } = await network
      .mutate(grantee, 'draftReport', { language: 'en' }, 'narrativeReport { id }')
      .then(({ narrativeReport }) => narrativeReport);
    const { url } = (await upload(network, grantee, id, { bytes: PNG })).body as { url: string };
    expect((await fetch(new URL(url, keeping.url))).status).toBe(200);
    const refused = await fetch(new URL(url, without.url));
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([
      400,
      'MADE_WITH_ANOTHER_SECRET',
    ]);
  });

  it('still does once what is sent to a node before the change and to a node after', async () => {
    const input = { language: 'en', idempotencyKey: 'sent-to-both' };
    const query =
      'mutation ($input: DraftReportInput!) { draftReport(input: $input) { narrativeReport { id } userErrors { code } } }';
    const answers = await Promise.all(
      [network.url, keeping.url, without.url, network.url, keeping.url, without.url].map((url) =>
        post(url, network.keys.grantee, query, { input }),
      ),
    );
    const made = new Set<string>();
    for (const { data, errors } of answers) {
      if (data?.draftReport?.narrativeReport) made.add(data.draftReport.narrativeReport.id);
      else expect(errors?.[0].extensions.code ?? data.draftReport.userErrors[0].code).toBe('IDEMPOTENCY_IN_FLIGHT');
    }
    expect(made.size).toBe(1);
  });
});
