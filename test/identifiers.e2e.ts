import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { asCaller, callerOf } from './support/database-callers.js';
import type { Network } from './support/network.js';
import type { Identifier } from './support/identifier-scenes.js';
import { codes, freshNumber, identifierScenes } from './support/identifier-scenes.js';
import { startNetwork } from './support/network.js';

let network: Network;
beforeAll(async () => (network = await startNetwork()));
afterAll(() => network.stop());

const { register, caller, claim, decide } = identifierScenes(() => network);

/** Ways in which somebody holds a number whom the caller must not learn of. */
const SECRETLY_HELD: Record<string, () => Promise<Identifier>> = {
  'an unlisted organization': async () => {
    const number = freshNumber();
    await register({ isListed: false, identifiers: [number] });
    return number;
  },
  'an informal group': async () => {
    const number = freshNumber();
    const group = { grantee: { legalForm: 'INFORMAL_GROUP', place: 'Huế' }, contact: { phone: '+84 1' } };
    await register({ ...group, identifiers: [number] });
    return number;
  },
  'an organization that went into an unlisted one': async () => {
    const number = freshNumber();
    const from = await register({ identifiers: [number] });
    const into = await register({ isListed: false });
    const merged = await network.mutate(
      network.keys.steward,
      'mergeOrganizations',
      { from: from.id, into: into.id },
      'isDone',
    );
    expect(merged.isDone).toBe(true);
    return number;
  },
  'one that gave it to itself': async () => {
    const number = freshNumber();
    const other = await caller('FUNDER', { isListed: false });
    expect(codes(await claim(other.key, 1, number))).toEqual([]);
    return number;
  },
};

describe('a number that an organization gives itself', () => {
  const UPDATE = `mutation ($input: UpdateOrganizationInput!) { updateOrganization(input: $input) {
    organization { id version identifiers { scheme value } } userErrors { __typename code message path
      ... on DuplicateIdentifierError { organizationId } } } }`;
  const answerTo = async (role: 'FUNDER' | 'GRANTEE', number: Identifier): Promise<string> => {
    const { key, id } = await caller(role);
    const input = { expectedVersion: 1, identifiers: [number] };
    const { text, status, headers } = await network.call(key, UPDATE, { input });
    const own = await network.call(key, '{ events { nodes { type subjectId } } }');
    const seen = [status, headers.get('content-length'), text, own.text].join('\n');
    return seen
      .replaceAll(id, 'ID')
      .replaceAll(number.value, 'NUMBER')
      .replaceAll(/[0-9a-f-]{32,}/g, 'REQUEST');
  };

  it.each(
    (['FUNDER', 'GRANTEE'] as const).flatMap((role) => Object.keys(SECRETLY_HELD).map((who) => [role, who] as const)),
  )('is answered to a %s in the same bytes, whether it is free or of %s', async (role, who) => {
    const held = await SECRETLY_HELD[who]();
    const free = await answerTo(role, freshNumber());
    expect(free).toMatch(/^200\n/);
    expect(free).toContain('"userErrors":[]');
    expect(await answerTo(role, held)).toBe(free);
  });
});

describe('the look-up of a number', () => {
  it('probes the same indexes as often for one that is free and for one that is held unseen', async () => {
    // PostgreSQL counts for a whole connection: each look-up gets its own.
    const probesOf = async ({ scheme, value }: Identifier): Promise<{ relname: string }[]> => {
      const login = new pg.Client({ connectionString: network.databaseUrls.app });
      await login.connect();
      try {
        return await asCaller(login, await callerOf(network, network.keys.funder), async (query) => {
          expect(await query('SELECT * FROM visible_holders($1, $2)', [[scheme], [value]])).toEqual([]);
          return query<{ relname: string }>(
            `SELECT relname, seq_scan, idx_scan FROM pg_stat_xact_user_tables WHERE seq_scan + idx_scan > 0 ORDER BY 1`,
          );
        });
      } finally {
        await login.end();
      }
    };
    const free = await probesOf(freshNumber());
    expect(free.map(({ relname }) => relname)).toEqual(['acquaintances', 'organization_identifiers', 'organizations']);
    for (const hold of Object.values(SECRETLY_HELD)) expect(await probesOf(await hold())).toEqual(free);
  });

  it('names no holder whom the caller may not see, in the database either', async () => {
    const hidden = await SECRETLY_HELD['an informal group']();
    const login = new pg.Client({ connectionString: network.databaseUrls.app });
    await login.connect();
    try {
      for (const key of [network.keys.funder, network.keys.grantee]) {
        await asCaller(login, await callerOf(network, key), async (query) => {
          for (const table of ['organization_identifiers', 'identifier_claims'])
            expect(await query(`SELECT * FROM ${table} WHERE value = $1`, [hidden.value])).toEqual([]);
        });
        for (const sql of [
          `INSERT INTO organization_identifiers VALUES ('GB-CHC', '1', (SELECT (tenant())[1]))`,
          `UPDATE organization_identifiers SET organization_id = organization_id`,
          `DELETE FROM organization_identifiers`,
        ]) {
          const attempt = asCaller(login, await callerOf(network, key), (query) => query(sql));
          await expect(attempt).rejects.toMatchObject({ code: '42501' });
        }
      }
      await expect(
        asCaller(login, await callerOf(network, network.keys.analyst), (query) =>
          query(`SELECT * FROM visible_holders('{GB-CHC}', '{1}')`),
        ),
      ).rejects.toMatchObject({ code: '42501' });
    } finally {
      await login.end();
    }
  });
});

describe('an identifier', () => {
  it('is CONFIRMED when the steward registers it, and its listed holder is named to everybody', async () => {
    const number = freshNumber();
    const holder = await register({ identifiers: [number] });
    const { data } = await network.call(
      null,
      `{ node(id: "${holder.id}") { ... on Organization { identifiers { value standing } } } }`,
    );
    expect(data.node.identifiers).toEqual([{ value: number.value, standing: 'CONFIRMED' }]);
    for (const role of ['FUNDER', 'GRANTEE'] as const) {
      const refused = await claim((await caller(role)).key, 1, number);
      expect(refused).toMatchObject({
        organization: null,
        userErrors: [{ code: 'DUPLICATE_IDENTIFIER', path: ['identifiers'], organizationId: holder.id }],
      });
    }
  });

  it('of a counterparty that is not listed is refused with its id', async () => {
    const number = freshNumber();
    const group = { name: 'Tổ 9', place: 'Huế', contact: { phone: '+84 900' } };
    const { grantee, claimToken } = await network.mutate(
      network.keys.funder,
      'inviteGrantee',
      group,
      'grantee { organization { id } } claimToken',
    );
    const { secret } = await network.mutate(null, 'claimInvitation', { token: claimToken }, 'secret');
    expect(codes(await claim(secret, 1, number))).toEqual([]);
    const id = grantee.organization.id as string;
    expect(codes(await decide('confirmIdentifier', { id, version: 2 }, number))).toEqual([]);
    const version = (await network.call(network.keys.funder, '{ viewer { organization { version } } }')).data.viewer
      .organization.version;
    expect((await claim(network.keys.funder, version, number)).userErrors).toMatchObject([
      { code: 'DUPLICATE_IDENTIFIER', organizationId: id },
    ]);
    expect(codes(await claim((await caller('FUNDER')).key, 1, number))).toEqual([]);
  });

  it('that an organization gives itself is UNCONFIRMED, again and again, and gone when it leaves its list', async () => {
    const [one, two] = [freshNumber(), freshNumber()];
    const { key } = await caller('GRANTEE');
    const given = await claim(key, 1, one, two, { scheme: ' gb-chc', value: `${one.value} ` });
    const standing = 'UNCONFIRMED';
    expect(given.organization.identifiers).toEqual([
      { ...one, standing },
      { ...two, standing },
    ]);
    expect(codes(await claim(key, 2, one, two))).toEqual([]);
    expect((await claim(key, 3, two)).organization.identifiers).toEqual([{ ...two, standing }]);
  });

  it('may be claimed by many at once, and nobody waits or fails', async () => {
    const number = freshNumber();
    const callers = await Promise.all(Array.from({ length: 6 }, (_, i) => caller(i % 2 ? 'FUNDER' : 'GRANTEE')));
    const answers = await Promise.all(callers.map(({ key }) => claim(key, 1, number)));
    expect(answers.flatMap(codes)).toEqual([]);
  });
});
