import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import type { Locale } from '../src/platform/errors/codes.js';
import type { NoticeCode } from '../src/platform/notices/notice-messages.js';
import { NOTICE_CODES } from '../src/platform/notices/notice-messages.js';
import { MOST_NOTICES } from '../src/platform/notices/notice.js';
import { agreementScenes } from './support/agreement-scenes.js';
import { KeyCalls } from './support/key-scenes.js';
import { foreignWords, rawCodes } from './support/languages.js';
import type { Network, ToldNotice } from './support/network.js';
import { NOTICES, USER_ERRORS, startNetwork } from './support/network.js';
import { HIDDEN, stored } from './support/obstacle-scenes.js';
import { suggestionScenes } from './support/suggestion-scenes.js';

interface Payload {
  readonly notices: readonly ToldNotice[];
  readonly userErrors: readonly unknown[];
  readonly [field: string]: unknown;
}
/** A call that is told something beside its success, as often as it is sent. */
interface Call {
  readonly key: string;
  readonly name: string;
  readonly input: object;
  readonly selection: string;
}
interface Terms {
  installments: { dueOn: string }[];
  expectations: object[];
}
interface Told {
  readonly what: string;
  /** The operation. */
  readonly by: string;
  readonly code: NoticeCode;
  /** What was done before; answers the call. */
  readonly begin: () => Promise<Call>;
  readonly notice?: (payload: Payload) => object;
}

let network: Network;
const agreements = agreementScenes(() => network);
const scenes = suggestionScenes(() => network);
beforeAll(async () => {
  network = await startNetwork();
});
afterAll(() => network.stop());

async function send({ key, name, input, selection }: Call, language: Locale = 'en'): Promise<Payload> {
  const type = `${name[0].toUpperCase()}${name.slice(1)}Input!`;
  const query = `mutation ($input: ${type}) { ${name}(input: $input) { ${selection} ${NOTICES} ${USER_ERRORS} } }`;
  const { data, text } = await network.call(key, query, { input }, { 'accept-language': language });
  if (!data) throw new Error(text);
  return (data as Record<string, Payload>)[name];
}
const group = (name: string): object => ({ name, place: 'Hà Tĩnh', contact: { phone: '+84 912 000 111' } });
const invitation = (input: object): Call => {
  const { funder: key } = network.keys;
  return { key, name: 'inviteGrantee', input, selection: 'grantee { id } claimToken' };
};
const logging = (input: object): Call => {
  const { grantee: key } = network.keys;
  return { key, name: 'logObstacle', input: { ...HIDDEN, ...input }, selection: 'obstacle { id version text }' };
};
/** The first answer holds a secret; the call itself is what is sent again. */
const shownBefore = async (call: Omit<Call, 'input'>, input: object): Promise<Call> => {
  const again = { ...call, input: { ...input, idempotencyKey: `shown by ${call.name}` } };
  const first = await send(again);
  expect([first.userErrors, first.notices]).toEqual([[], []]);
  return again;
};
const existing = (field: string) => (payload: Payload) => {
  const { id, version } = payload[field] as { id: string; version: number };
  return { __typename: 'SubmissionDiffersNotice', existingId: id, version };
};

/** Terms with a day of payment that is long over, written and taken further. */
async function dueBefore(name: string): Promise<Call> {
  const terms = agreements.terms({ startsOn: '2025-01-01', endsOn: '2025-12-31', parts: ['1000.00'] }) as Terms;
  terms.installments[0].dueOn = '2025-01-31';
  terms.expectations = [];
  const draft = { granteeId: network.ids.grantee, terms };
  const call = { key: network.keys.funder, name, selection: 'agreement { id }' };
  if (name === 'draftAgreement') return { ...call, input: draft };
  const written = await send({ ...call, name: 'draftAgreement', input: draft, selection: 'agreement { id version }' });
  const { id, version } = written.agreement as { id: string; version: number };
  if (name === 'reviseAgreement') return { ...call, input: { id, expectedVersion: version, terms } };
  if (name === 'offerAgreement') return { ...call, input: { id, expectedVersion: version } };
  const offer = { id, expectedVersion: version };
  await send({ ...call, name: 'offerAgreement', input: offer });
  const acceptance = agreements.acceptance({ id, revision: 1 });
  await send({ ...call, key: network.keys.grantee, name: 'acceptAgreement', input: acceptance });
  return { ...call, input: { id, startsOn: '2025-02-01' } };
}

const TOLD: readonly Told[] = [
  {
    what: 'a report that says something else under its permanent id',
    by: 'submitReport',
    code: 'SUBMISSION_DIFFERS',
    begin: async () => {
      const sections = [{ prompt: 'LEARNED', text: 'Boats need nets.' }];
      const input = { clientSubmissionId: 'edited offline', sections };
      const call = { key: network.keys.grantee, name: 'submitReport', selection: 'narrativeReport { id version }' };
      await send({ ...call, input });
      return { ...call, input: { ...input, sections: [{ ...sections[0], text: 'Boats need crews.' }] } };
    },
    notice: existing('narrativeReport'),
  },
  ...(['AGGREGATE_ONLY', 'CONFIDENTIAL'] as const).map((tier) => ({
    what: `an obstacle, ${tier}, that says something else under its permanent id`,
    by: 'logObstacle',
    code: 'SUBMISSION_DIFFERS' as const,
    begin: async () => {
      const input = { tier, clientSubmissionId: `edited offline ${tier}` };
      await send(logging(input));
      return logging({ ...input, text: 'Something else happened.' });
    },
    notice: existing('obstacle'),
  })),
  {
    what: 'a suggestion that was logged in other words',
    by: 'logSuggestedObstacle',
    code: 'SUBMISSION_DIFFERS',
    begin: async () => {
      const [{ id }] = await scenes.of('DISBURSEMENT_DELAY');
      const call = {
        key: network.keys.grantee,
        name: 'logSuggestedObstacle',
        selection: 'obstacle { id version text }',
      };
      const input = { id, tier: 'AGGREGATE_ONLY', text: 'The money came late.' };
      await send({ ...call, input });
      return { ...call, input: { ...input, text: 'Two classes had no books.' } };
    },
    notice: existing('obstacle'),
  },
  ...(['draftAgreement', 'reviseAgreement', 'offerAgreement', 'renewAgreement'] as const).map((by) => ({
    what: `money whose day is over, by ${by}`,
    by,
    code: 'DUE_BEFORE_ACCEPTANCE' as const,
    begin: () => dueBefore(by),
  })),
  {
    what: 'a group that was invited before',
    by: 'inviteGrantee',
    code: 'GRANTEE_ALREADY_INVITED',
    begin: async () => {
      const call = invitation(group('Tổ cứu trợ lũ'));
      expect((await send(call)).notices).toEqual([]);
      return call;
    },
  },
  {
    what: 'a group that was invited before and has its key',
    by: 'inviteGrantee',
    code: 'INVITATION_ALREADY_CLAIMED',
    begin: async () => {
      const call = invitation({ ...group('Tổ dệt'), replaceLink: true });
      const { claimToken } = await send(call);
      await network.mutate(null, 'claimInvitation', { token: claimToken }, 'secret');
      return call;
    },
  },
  {
    what: 'a period of a small network',
    by: 'sealObstacleRelease',
    code: 'NETWORK_TOO_SMALL',
    begin: async () => {
      const input = { period: '2026-Q3' };
      return {
        key: network.keys.steward,
        name: 'sealObstacleRelease',
        input,
        selection: 'isDone release { id state }',
      };
    },
  },
  {
    what: 'the link of an invitation',
    by: 'inviteGrantee',
    code: 'SECRET_ALREADY_SHOWN',
    begin: async () => shownBefore(invitation({}), group('Nhóm thủy lợi')),
  },
  {
    what: 'the link of a registration',
    by: 'registerOrganization',
    code: 'SECRET_ALREADY_SHOWN',
    begin: async () => {
      const { steward: key } = network.keys;
      const input = { name: 'Hội Làm Vườn', grantee: { legalForm: 'REGISTERED' }, claimLink: true };
      return shownBefore({ key, name: 'registerOrganization', selection: 'organization { id } claimToken' }, input);
    },
  },
  {
    what: 'a key that was made',
    by: 'createApiKey',
    code: 'SECRET_ALREADY_SHOWN',
    begin: async () => {
      const { steward: key } = network.keys;
      const call = { key, name: 'createApiKey', selection: 'apiKey { id } secret' };
      return shownBefore(call, { role: 'ANALYST', label: 'figures' });
    },
  },
  {
    what: 'a key that was rotated',
    by: 'rotateApiKey',
    code: 'SECRET_ALREADY_SHOWN',
    begin: async () => {
      const { secret: key } = await new KeyCalls(network).issue(network.ids.organization.secondFunder, 'FUNDER');
      return shownBefore({ key, name: 'rotateApiKey', selection: 'apiKey { id } secret' }, {});
    },
  },
];

describe('what is told beside a success', () => {
  beforeAll(async () => {
    await scenes.trouble();
  });

  it('is each of the notices that there are', () => {
    expect([...new Set(TOLD.map(({ code }) => code))].sort()).toEqual([...NOTICE_CODES].sort());
  });

  it('is named in the description of each operation that tells it, and of no other', () => {
    const { schema } = network.app.get(GraphQLSchemaHost);
    const named = Object.values(schema.getMutationType()!.getFields()).flatMap(({ name, description }) => {
      const notices = description?.split(/\bNotices: /)[1] ?? '';
      return (notices.match(/[A-Z]+(_[A-Z]+)+/g) ?? []).map((code) => `${name} ${code}`);
    });
    expect(named.sort()).toEqual([...new Set(TOLD.map(({ by, code }) => `${by} ${code}`))].sort());
  });

  it.each(TOLD)('is no error, and is told again in both languages: $code beside $what', async (told) => {
    const { input, ...call } = await told.begin();
    expect(call.name).toBe(told.by);
    const again = { ...call, input: { idempotencyKey: `told of ${told.what}`, ...input } };
    const first = await send(again);
    expect(first).toMatchObject({ userErrors: [], notices: [{ code: told.code }] });
    expect(first.notices).toMatchObject([told.notice?.(first) ?? { __typename: 'PlainNotice' }]);
    const before = await stored(network);
    const english = await send(again, 'en');
    expect(english).toEqual(first);
    const vietnamese = await send(again, 'vi');
    expect(await stored(network)).toEqual(before);
    const spoken = { en: english.notices[0].message, vi: vietnamese.notices[0].message };
    expect(vietnamese).toEqual({ ...first, notices: [{ ...first.notices[0], message: spoken.vi }] });
    for (const language of ['en', 'vi'] as const) {
      const message = spoken[language];
      expect([message, ...foreignWords(message, language), ...rawCodes(message)]).toEqual([message]);
    }
    expect(spoken.en).not.toBe(spoken.vi);
  });

  it('is told of a dry run, which does nothing', async () => {
    const input = { period: '2026-Q4', dryRun: true };
    network.clock.set('2027-03-01T02:00:00Z');
    const selection = 'isDone release { id }';
    const dry = await send({ key: network.keys.steward, name: 'sealObstacleRelease', input, selection });
    expect(dry).toMatchObject({
      isDone: false,
      release: null,
      userErrors: [],
      notices: [{ code: 'NETWORK_TOO_SMALL' }],
    });
  });

  it('is nothing beside a refusal', async () => {
    const refused = await send({ ...logging({ tier: 'SHARED' }), selection: 'obstacle { id }' });
    expect(refused).toMatchObject({ obstacle: null, notices: [], userErrors: [{ code: 'FUNDER_NEEDED' }] });
  });
});

describe('what is kept of a notice', () => {
  it.each(['idempotency_outcomes', 'obstacles.idempotency_outcomes'])(
    'is little, and never an empty list: %s',
    async (table) => {
      const many = (count: number): string => `'${JSON.stringify(Array(count).fill({ code: 'NETWORK_TOO_SMALL' }))}'`;
      await network.sql(`BEGIN; UPDATE ${table} SET notices = ${many(MOST_NOTICES)}; ROLLBACK`);
      for (const notices of [`'[]'`, `'null'`, `'{}'`, many(MOST_NOTICES + 1), `to_jsonb(ARRAY[repeat('x', 8200)])`]) {
        const broken = network.sql(`UPDATE ${table} SET notices = ${notices}`);
        await expect(broken).rejects.toMatchObject({ constraint: 'idempotency_outcomes_few_notices' });
      }
    },
  );

  it('lies with the obstacles where it is of one', async () => {
    const [{ open }] = await network.sql<{ open: string }>(
      `SELECT coalesce(string_agg(notices::text, ' '), '') AS open FROM idempotency_outcomes`,
    );
    expect(open).toContain('rep_');
    expect(open).not.toContain('obs_');
  });
});
