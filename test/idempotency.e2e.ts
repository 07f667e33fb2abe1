import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Jobs } from '../src/platform/jobs/jobs.service.js';
import type { Network } from './support/network.js';
import { NOTICES, startNetwork } from './support/network.js';
import { tellWholeStory } from './support/whole-story.js';

interface Registered {
  organization: { id: string; name: string; version: number } | null;
  userErrors: { code: string; path: string[] | null }[];
}

let network: Network;
let steward: string;
let turn = 0;
beforeAll(async () => {
  network = await startNetwork();
  ({ steward } = network.keys);
});
afterAll(() => network.stop());

/** A key of its own for each test. */
const freshKey = (): string => `key ${++turn}`;
const register = async (input: object, key = steward): Promise<Registered> =>
  await network.mutate(
    key,
    'registerOrganization',
    { grantee: { legalForm: 'REGISTERED' }, ...input },
    'organization { id name version }',
  );
const named = async (name: string): Promise<number> =>
  (await network.sql<{ n: number }>('SELECT count(*)::int AS n FROM organizations WHERE name = $1', [name]))[0].n;
const codes = ({ userErrors }: { userErrors: { code: string }[] }): string[] => userErrors.map(({ code }) => code);

describe('a replay', () => {
  it('answers what the first call made, and does nothing again', async () => {
    const input = { name: 'Once', idempotencyKey: freshKey() };
    const first = await register(input);
    expect(first.userErrors).toEqual([]);
    const events = await network.sql('SELECT id FROM events');
    for (let i = 0; i < 3; i++) expect(await register(input)).toEqual(first);
    expect(await named('Once')).toBe(1);
    expect(await network.sql('SELECT id FROM events')).toHaveLength(events.length);
  });

  it('is known by its input, however that is written', async () => {
    const idempotencyKey = freshKey();
    const contact = { email: 'a@example.org', person: 'Ngọc Ánh' };
    const input = { name: 'Hội Sông Hậu', country: 'VN', contact, idempotencyKey };
    const first = await register(input);
    for (const same of [
      { idempotencyKey, contact: { person: contact.person, email: contact.email }, country: 'VN', name: input.name },
      { ...input, name: input.name.normalize('NFD'), contact: { ...contact, person: contact.person.normalize('NFD') } },
      { ...input, name: `  ${input.name} ` },
    ]) {
      expect(await register(same)).toEqual(first);
    }
    const literal = `mutation { registerOrganization(input: {grantee: {legalForm: REGISTERED}, name: "Hội Sông Hậu", country: "VN",
      contact: {person: "Ngọc Ánh", email: "a@example.org"}, idempotencyKey: "${idempotencyKey}"}) { organization { id } } }`;
    expect((await network.call(steward, literal)).data).toEqual({
      registerOrganization: { organization: { id: first.organization!.id } },
    });
    expect(await named(input.name)).toBe(1);
  });

  it('knows a default for what it stands for', async () => {
    const { funder, secondFunder } = network.ids.organization;
    const idempotencyKey = freshKey();
    const merge = (input: object): Promise<{ organization: object | null; userErrors: { code: string }[] }> =>
      network.mutate(
        steward,
        'mergeOrganizations',
        { from: secondFunder, into: funder, idempotencyKey, ...input },
        'organization { id } isDone',
      );
    const moved = await merge({});
    expect(codes(moved)).toEqual([]);
    expect(codes(await merge({ dryRun: false }))).toEqual([]);
    expect(codes(await merge({ dryRun: true }))).toEqual(['IDEMPOTENCY_MISMATCH']);
  });

  it('is refused with other input, and changes nothing', async () => {
    const idempotencyKey = freshKey();
    const first = await register({ name: 'First', idempotencyKey });
    for (const other of [
      { name: 'Other' },
      { name: 'First', country: 'VN' },
      { name: 'First', country: null },
      { name: 'first' },
    ]) {
      const refused = await register({ ...other, idempotencyKey });
      expect(refused).toMatchObject({
        organization: null,
        userErrors: [{ code: 'IDEMPOTENCY_MISMATCH', path: ['idempotencyKey'] }],
      });
    }
    expect([await named('Other'), await named('First'), await named('first')]).toEqual([0, 1, 0]);
    expect(await register({ name: 'First', idempotencyKey })).toEqual(first);
  });

  it('reads the entity again, with the fields it asks for', async () => {
    const input = { granteeId: network.ids.grantee, terms: TERMS, idempotencyKey: freshKey() };
    const draft = async (fields: string): Promise<{ agreement: Record<string, unknown>; userErrors: [] }> =>
      network.mutate(network.keys.funder, 'draftAgreement', input, `agreement { ${fields} }`);
    const { agreement } = await draft('id state version');
    expect(agreement).toMatchObject({ state: 'DRAFT', version: 1 });
    const offer = { id: agreement.id, expectedVersion: 1 };
    await network.mutate(network.keys.funder, 'offerAgreement', offer, 'agreement { id }');
    const again = await draft('id state version committed { amount } grantee { id }');
    expect(again).toEqual({
      agreement: {
        id: agreement.id,
        state: 'OFFERED',
        version: 2,
        committed: { amount: '100.00' },
        grantee: { id: network.ids.grantee },
      },
      userErrors: [],
    });
  });

  it('shows what the caller may see now, and no more', async () => {
    const told = await tellWholeStory(network, 'funder', 'grantee');
    const share = await network.sql<{ id: string }>('SELECT id FROM report_shares LIMIT 1');
    const report = await network.mutate(
      network.keys.grantee,
      'submitReport',
      { sections: [{ prompt: 'FREE_TEXT', text: 'Short.' }], shareWith: [told.agreementId] },
      'narrativeReport { shares { nodes { id } } }',
    );
    expect(share).toHaveLength(1);
    const shareId = (report.narrativeReport as { shares: { nodes: { id: string }[] } }).shares.nodes[0].id;
    const input = { shareId, kind: 'LEARNED', text: 'We learned a lot.', idempotencyKey: freshKey() };
    const respond = (): Promise<{ reportShare: object | null; userErrors: { code: string }[] }> =>
      network.mutate(network.keys.funder, 'respondToReport', input, 'reportShare { id state }');
    expect((await respond()).reportShare).toEqual({ id: shareId, state: 'ANSWERED' });
    // Something only a fault could do: the row no longer belongs to this funder's view.
    await network.sql('ALTER TABLE report_shares DISABLE TRIGGER ALL');
    await network.sql(`UPDATE report_shares SET state = 'AWAITING_RESPONSE', unshared_at = now() WHERE id = $1`, [
      shareId.slice(4),
    ]);
    await network.sql('ALTER TABLE report_shares ENABLE TRIGGER ALL');
    expect((await respond()).reportShare).toBeNull();
  });
});

describe('a key', () => {
  it('belongs to one line of credentials and one operation', async () => {
    const idempotencyKey = freshKey();
    const { grantee, secondGrantee } = network.keys;
    const draft = async (key: string): Promise<{ narrativeReport: { id: string } }> =>
      network.mutate(key, 'draftReport', { idempotencyKey }, 'narrativeReport { id }');
    const [mine, theirs] = [await draft(grantee), await draft(secondGrantee)];
    expect(mine.narrativeReport.id).not.toBe(theirs.narrativeReport.id);
    expect(await draft(grantee)).toEqual(mine);
    const text = { prompt: 'FREE_TEXT', text: 'The same key, another operation.' };
    const submitted = await network.mutate(
      grantee,
      'submitReport',
      { sections: [text], idempotencyKey },
      'narrativeReport { id }',
    );
    expect(submitted.userErrors).toEqual([]);
    expect((submitted.narrativeReport as { id: string }).id).not.toBe(mine.narrativeReport.id);
  });

  it('does not keep a refusal', async () => {
    const idempotencyKey = freshKey();
    const identifiers = [{ scheme: 'GB-CHC', value: '4711' }];
    const holder = await register({ name: 'Holder', identifiers });
    const refused = await register({ name: 'Late', identifiers, idempotencyKey });
    expect(codes(refused)).toEqual(['DUPLICATE_IDENTIFIER']);
    await network.sql('DELETE FROM organization_identifiers WHERE organization_id = $1', [
      holder.organization!.id.slice(4),
    ]);
    expect(codes(await register({ name: 'Late', identifiers, idempotencyKey }))).toEqual([]);
    expect(await named('Late')).toBe(1);
  });

  it('shows a secret once', async () => {
    const input = { role: 'ANALYST', label: 'once', idempotencyKey: freshKey() };
    const create = async (): Promise<{
      secret: string | null;
      apiKey: { id: string };
      userErrors: { code: string }[];
      notices: { code: string }[];
    }> => network.mutate(steward, 'createApiKey', input, `secret apiKey { id label } ${NOTICES}`);
    const first = await create();
    expect([typeof first.secret, codes(first), first.notices]).toEqual(['string', [], []]);
    const again = await create();
    expect([again.secret, codes(again), again.apiKey]).toEqual([null, [], first.apiKey]);
    expect(again.notices).toMatchObject([{ __typename: 'PlainNotice', code: 'SECRET_ALREADY_SHOWN', path: null }]);
  });

  it.each(['', 'x'.repeat(201), '\u0000', '\ud800'])(
    'is text of 1 to 200 characters: not %j',
    async (idempotencyKey) => {
      const { organization, userErrors } = await register({ name: 'Never', idempotencyKey });
      expect([organization, userErrors[0].path]).toEqual([null, ['idempotencyKey']]);
      expect(await named('Never')).toBe(0);
    },
  );
});

describe('many at once', () => {
  it('have one effect, and the others its answer or the advice to try again', async () => {
    const calls: [string, () => Promise<{ userErrors: { code: string }[] } & Record<string, unknown>>, string][] = [
      [
        'registerOrganization',
        () => register({ name: 'Parallel', idempotencyKey: 'at once' }) as never,
        `SELECT id FROM organizations WHERE name = 'Parallel'`,
      ],
      [
        'logObstacle',
        () =>
          network.mutate(
            network.keys.grantee,
            'logObstacle',
            {
              code: 'PUBLIC_HEALTH_CRISIS',
              tier: 'CONFIDENTIAL',
              beganMonth: '2026-10-01',
              text: 'Parallel',
              idempotencyKey: 'at once',
            },
            'obstacle { id }',
          ),
        `SELECT id FROM obstacles.entries WHERE text = 'Parallel'`,
      ],
    ];
    for (const [name, call, count] of calls) {
      const answers = await Promise.all(Array.from({ length: 20 }, call));
      const made = answers.filter(({ userErrors }) => userErrors.length === 0);
      expect(made.length).toBeGreaterThan(0);
      expect([name, new Set(made.map((answer) => JSON.stringify(answer))).size]).toEqual([name, 1]);
      const refused = answers.flatMap(({ userErrors }) => userErrors.map(({ code }) => code));
      expect(refused.filter((code) => code !== 'IDEMPOTENCY_IN_FLIGHT')).toEqual([]);
      expect(await network.sql(count)).toHaveLength(1);
      expect(await call()).toEqual(made[0]);
    }
  });
});

describe('an outcome', () => {
  it('is forgotten after 30 days by the job of each night, and not before', async () => {
    const job = (): Promise<void> => network.app.get(Jobs).runScheduled('forget_outcomes');
    const input = { name: 'Remembered', idempotencyKey: freshKey() };
    const obstacle = {
      code: 'PUBLIC_HEALTH_CRISIS',
      tier: 'AGGREGATE_ONLY',
      beganMonth: '2026-10-01',
      text: 'Remembered',
      idempotencyKey: freshKey(),
    };
    const log = (): Promise<{ obstacle: { id: string } }> =>
      network.mutate(network.keys.grantee, 'logObstacle', obstacle, 'obstacle { id }');
    const [first, logged] = [await register(input), await log()];
    const start = network.clock.now().getTime();
    const day = 86_400_000;
    network.clock.set(new Date(start + 29 * day).toISOString());
    await job();
    expect([await register(input), await log()]).toEqual([first, logged]);
    network.clock.set(new Date(start + 31 * day).toISOString());
    await job();
    expect((await register(input)).organization!.id).not.toBe(first.organization!.id);
    expect((await log()).obstacle.id).not.toBe(logged.obstacle.id);
    expect(await named('Remembered')).toBe(2);
    network.clock.set(new Date().toISOString());
  });
});

const TERMS = {
  committed: { amount: '100.00', currency: 'USD' },
  startsOn: '2027-01-01',
  endsOn: '2027-12-31',
  installments: [{ dueOn: '2027-01-15', amount: { amount: '100.00', currency: 'USD' } }],
};
