import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { agreementScenes } from '../support/agreement-scenes.js';
import type { Network } from '../support/network.js';
import { startNetwork } from '../support/network.js';

/**
 * A grantee asks for other terms. The funder writes the next revision over several days, and nobody but the funder can
 * tell that it is writing.
 */
let network: Network;
beforeAll(async () => (network = await startNetwork()));
afterAll(() => network.stop());
beforeEach(() => network.clock.set('2026-11-23T05:00:00Z'));
const agreements = agreementScenes(() => network);

interface Agreement {
  readonly id: string;
  readonly version: number;
  readonly revision: number;
}

/** Everything of the agreement and of the feed that a caller can read. */
async function seenBy(key: string, { id }: { id: string }): Promise<unknown> {
  const { data } = await network.call(
    key,
    `query ($id: ID!) { agreement(id: $id) { id state version updatedAt revision offeredAt changesRequested
      availableActions committed { amount } installments { dueOn amount { amount } } revisions { number text } draftRevision { number } }
      agreements(orderBy: {field: UPDATED_AT, direction: DESC}) { nodes { id version updatedAt } }
      events(last: 100) { nodes { id type at subjectId revision } } }`,
    { id },
  );
  return data;
}

async function askedForChanges(): Promise<Agreement> {
  const offered = (await agreements.offered()) as Agreement;
  const message = { message: 'We would rather have it in one payment.' };
  return (await agreements.move('requestAgreementChanges', offered, message, network.keys.grantee)) as Agreement;
}
const revise = (agreement: Agreement, amount: string): Promise<Agreement> =>
  agreements.move('reviseAgreement', agreement, {
    terms: agreements.terms({ parts: [amount, `${1000 - +amount}.00`] }),
  }) as Promise<Agreement>;

describe('a funder that edits what it has not offered yet', () => {
  it('changes nothing that the grantee or the steward sees, not the version and not the day', async () => {
    const asked = await askedForChanges();
    const before = [await seenBy(network.keys.grantee, asked), await seenBy(network.keys.steward, asked)];
    network.clock.set('2026-11-24T05:00:00Z');
    const first = await revise(asked, '900.00');
    network.clock.set('2026-11-25T05:00:00Z');
    await revise(first, '1000.00'.replace('1000', '950'));
    expect([await seenBy(network.keys.grantee, asked), await seenBy(network.keys.steward, asked)]).toEqual(before);
  });

  it('is still held to what it read last: two of its own people do not overwrite each other', async () => {
    const asked = await askedForChanges();
    const first = await revise(asked, '900.00');
    expect(first.version).toBeGreaterThan(asked.version);
    const terms = agreements.terms();
    const late = await agreements.act(
      'reviseAgreement',
      { id: asked.id, expectedVersion: asked.version, terms },
      network.keys.funder,
    );
    expect(late.userErrors).toMatchObject([{ code: 'STALE_VERSION', currentVersion: first.version }]);
  });

  it('takes nothing from the grantee: what it read last is still good to decline by', async () => {
    const asked = await askedForChanges();
    const seen = (await agreements.read(network.keys.grantee, asked.id)) as Agreement;
    await revise(asked, '900.00');
    const declined = (await agreements.move('declineAgreement', seen, {}, network.keys.grantee)) as { state: string };
    expect(declined.state).toBe('DECLINED');
  });

  it('shows all of it with the offer, as one step', async () => {
    const asked = await askedForChanges();
    const seen = (await agreements.read(network.keys.grantee, asked.id)) as Agreement;
    const edited = await revise(await revise(asked, '900.00'), '950.00');
    await agreements.move('offerAgreement', edited);
    const offered = (await agreements.read(network.keys.grantee, asked.id)) as Agreement;
    expect(offered).toMatchObject({ state: 'OFFERED', revision: 2, version: seen.version + 1 });
    const accepted = await agreements.act('acceptAgreement', agreements.acceptance(offered), network.keys.grantee);
    expect(accepted).toMatchObject({ agreement: { state: 'ACTIVE' }, userErrors: [] });
  });

  it('shows no trace in the version of the first offer, however long the draft was worked on', async () => {
    const terms = (amount: string): object => ({
      terms: agreements.terms({ parts: [amount, `${1000 - +amount}.00`] }),
    });
    let draft = (await agreements.draft()) as Agreement;
    for (const amount of ['100.00', '200.00', '300.00'])
      draft = (await agreements.move('reviseAgreement', draft, terms(amount))) as Agreement;
    await agreements.move('offerAgreement', draft);
    const atOnce = (await agreements.offered()) as Agreement;
    const versions = await Promise.all(
      [draft, atOnce].map(async ({ id }) => ((await agreements.read(network.keys.grantee, id)) as Agreement).version),
    );
    expect(versions[0]).toBe(versions[1]);
  });
});
