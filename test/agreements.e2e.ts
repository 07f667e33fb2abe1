import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import { agreementScenes } from './support/agreement-scenes.js';

let network: Network;
beforeAll(async () => {
  network = await startNetwork();
});
afterAll(() => network.stop());

const scenes = agreementScenes(() => network);

describe('a negotiation', () => {
  it('goes from a hidden draft through requested changes to acceptance', async () => {
    const { keys } = network;
    const draft = await scenes.draft();
    expect(draft).toMatchObject({ state: 'DRAFT', revision: 1, version: 1, timeZone: null });
    expect(draft.availableActions).toEqual(['REVISE', 'DISCARD', 'OFFER']);
    expect(draft.installments.map((one: { lateAt: unknown }) => one.lateAt)).toEqual([null, null]);
    expect(await scenes.read(keys.grantee, draft.id)).toBeNull();
    expect(await scenes.read(keys.steward, draft.id)).toBeNull();

    const offered = await scenes.move('offerAgreement', draft);
    expect(offered).toMatchObject({ state: 'OFFERED', revision: 1, version: 2 });
    const seen = await scenes.read(keys.grantee, draft.id);
    expect(seen.availableActions).toEqual(['ACCEPT', 'DECLINE', 'REQUEST_CHANGES']);
    expect(seen.funder.organization.contact).toEqual({ email: 'funder@example.org' });

    const message = 'Xin chia thành ba đợt.';
    const asked = await scenes.move('requestAgreementChanges', offered, { message }, keys.grantee);
    expect(asked).toMatchObject({ state: 'CHANGES_REQUESTED', changesRequested: message });

    const terms = scenes.terms({
      committed: { amount: '1500.00', currency: 'USD' },
      parts: ['500.00', '500.00', '500.00'],
    });
    const revised = await scenes.move('reviseAgreement', asked, { terms });
    expect(revised).toMatchObject({ state: 'CHANGES_REQUESTED', revision: 1, committed: { amount: '1000.00' } });
    expect(revised.draftRevision).toMatchObject({ number: 2, committed: { amount: '1500.00' }, offeredAt: null });
    const hidden = await scenes.read(keys.grantee, draft.id);
    expect(hidden).toMatchObject({ committed: { amount: '1000.00' }, draftRevision: null });
    expect(hidden.revisions).toHaveLength(1);
    expect(hidden.installments).toHaveLength(2);

    const again = await scenes.move('offerAgreement', revised);
    expect(again).toMatchObject({
      state: 'OFFERED',
      revision: 2,
      committed: { amount: '1500.00' },
      draftRevision: null,
    });
    const stale = await scenes.act('acceptAgreement', { ...scenes.acceptance(again), revision: 1 }, keys.grantee);
    expect(stale.userErrors).toMatchObject([{ code: 'REVISION_MISMATCH', path: ['revision'] }]);

    const active = (await scenes.act('acceptAgreement', scenes.acceptance(again), keys.grantee)).agreement;
    expect(active).toMatchObject({
      state: 'ACTIVE',
      timeZone: 'Asia/Ho_Chi_Minh',
      acceptedByName: 'Nguyễn Thị Hoa',
      acceptedByTitle: 'Giám đốc',
      changesRequested: null,
    });
    expect(active.installments[0].lateAt).toBe('2027-01-31T17:00:00.000Z');
    expect(active.expectations).toMatchObject([{ state: 'UPCOMING', overdueAt: '2027-12-31T17:00:00.000Z' }]);
    const [first, second] = active.revisions;
    expect(first).toMatchObject({ number: 1, changesRequested: message, acceptedAt: null });
    expect(second.text).toContain('Thỏa thuận tài trợ');
    expect(second.text).toContain('1,500.00 USD');
    const { createHash } = await import('node:crypto');
    expect(createHash('sha256').update(second.text).digest('hex')).toBe(active.acceptedDigest);
    expect((await scenes.read(keys.steward, draft.id)).state).toBe('ACTIVE');
  });

  it('ends when the grantee declines or the funder withdraws', async () => {
    const declined = await scenes.move('declineAgreement', await scenes.offered(), {}, network.keys.grantee);
    expect(declined.state).toBe('DECLINED');
    expect(declined.availableActions).toEqual([]);
    const offered = await scenes.offered();
    const asked = await scenes.move('requestAgreementChanges', offered, { message: 'No' }, network.keys.grantee);
    expect((await scenes.move('withdrawAgreement', asked)).state).toBe('WITHDRAWN');
  });

  it('offers the same terms again when nothing was revised', async () => {
    const offered = await scenes.offered();
    const asked = await scenes.move('requestAgreementChanges', offered, { message: 'More' }, network.keys.grantee);
    expect(await scenes.move('offerAgreement', asked)).toMatchObject({ state: 'OFFERED', revision: 1 });
  });

  it('forgets a discarded draft, and nothing that was offered', async () => {
    const draft = await scenes.draft();
    const { discardedAgreementId, userErrors } = await network.mutate(
      network.keys.funder,
      'discardAgreement',
      { id: draft.id, expectedVersion: 1 },
      'discardedAgreementId',
    );
    expect([discardedAgreementId, userErrors]).toEqual([draft.id, []]);
    expect(await scenes.read(network.keys.funder, draft.id)).toBeNull();
    const offered = await scenes.offered();
    const refused = await network.mutate(
      network.keys.funder,
      'discardAgreement',
      { id: offered.id, expectedVersion: offered.version },
      'discardedAgreementId',
    );
    expect(refused.userErrors).toMatchObject([{ code: 'ACTION_NOT_ALLOWED' }]);
    expect((await scenes.read(network.keys.grantee, offered.id)).state).toBe('OFFERED');
  });

  it('tells events of a draft to nobody but the funder', async () => {
    const draft = await scenes.draft();
    await scenes.move('reviseAgreement', draft, { terms: scenes.terms() });
    const events = await network.sql<{ type: string; grantee_id: string | null; for_steward: boolean }>(
      'SELECT type, grantee_id, for_steward FROM events WHERE subject_id = $1 ORDER BY id',
      [scenes.uuid(draft.id)],
    );
    expect(events).toEqual([
      { type: 'AGREEMENT_DRAFTED', grantee_id: null, for_steward: false },
      { type: 'AGREEMENT_REVISED', grantee_id: null, for_steward: false },
    ]);
  });

  it('renews into a new draft, a year later', async () => {
    const active = await scenes.active();
    const { agreement } = await scenes.act('renewAgreement', { id: active.id }, network.keys.funder);
    expect(agreement).toMatchObject({ state: 'DRAFT', startsOn: '2029-01-01', renews: { id: active.id } });
    expect(agreement.installments.map((one: { dueOn: string }) => one.dueOn)).toEqual(['2029-01-31', '2030-01-31']);
    expect((await scenes.move('offerAgreement', agreement)).state).toBe('OFFERED');
  });

  it('renews a recorded grant of the past, of which little is known', async () => {
    const [{ id }] = await network.sql<{ id: string }>(
      `INSERT INTO agreements (id, funder_id, grantee_id, offered_to, state, origin, restriction, committed_minor, currency, created_at, updated_at)
       VALUES (gen_random_uuid(), $1, $2, $2, 'RECORDED', 'IMPORTED', 'UNSTATED', 500000, 'GBP', now(), now()) RETURNING id`,
      [scenes.uuid(network.ids.funder), scenes.uuid(network.ids.grantee)],
    );
    const recorded = `agr_${id.replaceAll('-', '')}`;
    expect(await scenes.read(network.keys.grantee, recorded)).toMatchObject({
      state: 'RECORDED',
      availableActions: [],
      revisions: [],
    });
    expect((await scenes.read(network.keys.funder, recorded)).availableActions).toEqual(['RENEW']);
    const { agreement } = await scenes.act(
      'renewAgreement',
      { id: recorded, startsOn: '2027-04-01' },
      network.keys.funder,
    );
    expect(agreement).toMatchObject({
      state: 'DRAFT',
      endsOn: '2028-03-31',
      committed: { amount: '5000.00', currency: 'GBP' },
      installments: [{ dueOn: '2027-04-01', amount: { amount: '5000.00' } }],
    });
    expect((await scenes.move('offerAgreement', agreement)).state).toBe('OFFERED');
  });
});
