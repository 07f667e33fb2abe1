import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { amendmentScenes } from './support/amendment-scenes.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';

let network: Network;
beforeAll(async () => {
  network = await startNetwork();
  network.clock.set('2026-11-23T05:00:00Z');
});
afterAll(() => network.stop());

const scenes = amendmentScenes(() => network);
type Key = keyof Network['keys'] | null;
interface Read {
  status: number;
  type: string | null;
  headers: Headers;
  body: string;
}

async function read(caller: Key, id: string, number: number | string, query = '', headers = {}): Promise<Read> {
  const key: Record<string, string> = caller === null ? {} : { authorization: `Bearer ${network.keys[caller]}` };
  const response = await fetch(`${network.url}/v1/agreements/${id}/revisions/${number}${query}`, {
    headers: { ...key, ...headers },
  });
  const type = response.headers.get('content-type');
  return { status: response.status, type, headers: response.headers, body: await response.text() };
}
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
/** All that a person reads, in order, without the marks of a text or the tags of a page. */
const words = (text: string): string[] => text.match(/[\p{L}\p{N}]+/gu)!;
const shown = (page: string): string =>
  page
    .replace(/^[\s\S]*<body>|<[^>]+>/g, ' ')
    .replace(/&(\w+|#39);/g, (_, name: string) => ({ lt: '<', gt: '>', amp: '&', quot: '"' })[name] ?? "'");

const NOTE =
  'Use it <b>well</b> & "freely".\n\nInstallments\n------------\n| 9 | today | 999 USD |\n<script>alert(1)</script>';

describe('an offered revision', () => {
  it('is a document with all its terms and lines to sign, in both languages and both forms', async () => {
    const { id } = await scenes.offered({
      note: NOTE,
      awardedOn: '2026-11-20',
      lobbyingClause: 'PROHIBITED',
      lobbyingReason: 'Charity law',
      committed: { amount: '1234567.50', currency: 'USD' },
      parts: ['1000000.00', '234567.50'],
    });
    const english = await read('grantee', id, 1);
    expect([english.status, english.type]).toEqual([200, 'text/plain; charset=utf-8']);
    expect(english.headers.get('content-language')).toBe('en');
    expect(english.headers.get('vary')).toBe('Accept, Accept-Language, Authorization');
    for (const said of [
      `Agreement: ${id}\nRevision: 1`,
      'Funder: Riverstone Fund\nGrantee: Hội Phụ nữ Sông Hậu',
      'The funder promises: 1,234,567.50 USD\nTerm: 1 January 2027 to 31 December 2028\nAwarded on: 20 November 2026',
      '| No. | Due on          | Amount           |\n| 1   | 31 January 2027 | 1,000,000.00 USD |\n| 2   | 31 January 2028 | 234,567.50 USD   |',
      '- Payment does not depend on a report.',
      '- Each report that is shared is answered within 30 days.',
      '365 days of notice. Silence is not consent.',
      '- To tell what happened, in the form it chooses, by: 31 December 2027.',
      '- To use the money as it finds right: it is unrestricted.',
      '- The money is not used for lobbying.\n\n> Reason: Charity law',
      '> Use it <b>well</b> & "freely".\n>\n> Installments\n> ------------\n> | 9 | today | 999 USD |',
      'Offered at 2026-11-23 05:00 UTC. It binds nobody before it is accepted.',
      `For the grantee: Hội Phụ nữ Sông Hậu\nName and title: ${'_'.repeat(40)}`,
    ])
      expect(english.body).toContain(said);
    const vietnamese = await read('grantee', id, 1, '', { 'accept-language': 'fr, vi-VN;q=0.8' });
    expect(vietnamese.headers.get('content-language')).toBe('vi');
    expect(vietnamese.body).toContain('Bên tài trợ cam kết: 1.234.567,50 USD\nThời hạn: từ ngày 1 tháng 1 năm 2027');
    expect(vietnamese.body.split('\n')).toHaveLength(english.body.split('\n').length);

    for (const [caller, language, text] of [
      ['funder', 'en', english],
      ['steward', 'vi', vietnamese],
    ] as const) {
      const page = await read(caller, id, 1, `?format=html&language=${language}`);
      expect([page.status, page.type]).toEqual([200, 'text/html; charset=utf-8']);
      expect(page.body).toMatch(new RegExp(`^<!doctype html>\n<html lang="${language}">`));
      expect(words(shown(page.body))).toEqual(words(text.body));
      expect(page.body.match(/<(script|img|link|iframe|form|b)\b/g)).toBeNull();
      expect(page.body.match(/<tr>/g)).toHaveLength(3);
      const [, style] = /<style>([\s\S]*)<\/style>/.exec(page.body)!;
      const digest = createHash('sha256').update(style).digest('base64');
      expect(page.headers.get('content-security-policy')).toBe(
        `default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      );
      expect(page.headers.get('cache-control')).toBe('no-store');
    }
  });

  it('is negotiated by the headers, and by the query before them', async () => {
    const { id } = await scenes.offered();
    const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
    expect((await read('funder', id, 1, '', browser)).type).toBe('text/html; charset=utf-8');
    expect((await read('funder', id, 1, '?format=text', browser)).type).toBe('text/plain; charset=utf-8');
    const problem = async (...call: Parameters<typeof read>): Promise<unknown[]> => {
      const { status, type, body } = await read(...call);
      expect(type).toBe('application/problem+json; charset=utf-8');
      return [status, (JSON.parse(body) as { code: string }).code];
    };
    expect(await problem('funder', id, 1, '', { accept: 'application/pdf' })).toEqual([406, 'NOT_ACCEPTABLE']);
    expect(await problem('funder', id, 1, '?format=pdf')).toEqual([422, 'INVALID_VALUE']);
    expect(await problem('funder', id, 1, '?language=fr')).toEqual([422, 'INVALID_VALUE']);
    expect(await problem('funder', id, 1, '?format=text&format=html')).toEqual([422, 'INVALID_VALUE']);
    expect(await problem('funder', id, 1, '?format=agreed')).toEqual([404, 'NOT_FOUND']);
  });
});

describe('an accepted revision', () => {
  it('says who accepted it, and its bytes have the digest that is told; later names change nothing', async () => {
    const active = await scenes.active();
    const agreed = await read('steward', active.id, 1, '?format=agreed');
    expect(sha256(agreed.body)).toBe(active.acceptedDigest);
    expect(agreed.headers.get('content-language')).toBe('en, vi');
    const before = await read('grantee', active.id, 1);
    expect(agreed.body.startsWith(before.body.split('\nAgreed\n')[0])).toBe(true);
    expect(before.body).toContain(
      `Accepted for the grantee by: Nguyễn Thị Hoa, Giám đốc\nAgreed at: 2026-11-23 05:00 UTC\nSHA-256 of the agreed text, in both languages: ${active.acceptedDigest}`,
    );
    expect(before.body).not.toContain('___');
    const vietnamese = await read('grantee', active.id, 1, '?language=vi');
    expect(agreed.body.endsWith(vietnamese.body.split('\nĐã thỏa thuận\n')[0].trimEnd() + '\n')).toBe(true);

    const { data } = await network.call(network.keys.funder, '{ viewer { organization { version } } }');
    const rename = { expectedVersion: data.viewer.organization.version as number, name: 'Another Name' };
    expect(await network.mutate(network.keys.funder, 'updateOrganization', rename, '__typename')).toMatchObject({
      userErrors: [],
    });
    expect((await read('grantee', active.id, 1)).body).toBe(before.body);
    await scenes.done(network.keys.funder, 'proposeAmendment', scenes.addFunds(active));
    expect((await read('grantee', active.id, 1)).body).toBe(before.body);
    const second = await read('grantee', active.id, 2);
    expect(second.body).toContain('Funder: Riverstone Fund');
    expect(second.body).toContain('Revision: 2');
    const bytes = (await read('funder', active.id, 2, '?format=agreed')).body;
    expect(second.body).toContain(
      `Agreed at: 2026-11-23 05:00 UTC\nSHA-256 of the agreed text, in both languages: ${sha256(bytes)}`,
    );
    const back = { expectedVersion: rename.expectedVersion + 1, name: 'Riverstone Fund' };
    await network.mutate(network.keys.funder, 'updateOrganization', back, '__typename');
  });
});

describe('a revision is read by whoever may read it in the graph', () => {
  it('and to all others it does not exist', async () => {
    const offered = await scenes.offered();
    const asked = await scenes.move('requestAgreementChanges', offered, { message: 'More time' }, network.keys.grantee);
    await scenes.move('reviseAgreement', asked, { terms: scenes.terms({ note: 'Unseen' }) });
    const draft = await scenes.draft();
    const absent = `agr_${'0'.repeat(32)}`;
    const statuses = async (id: string, number: number | string): Promise<number[]> =>
      (
        await Promise.all(
          (['funder', 'grantee', 'steward', 'secondFunder', 'secondGrantee', 'analyst', null] as const).map((caller) =>
            read(caller, id, number),
          ),
        )
      ).map(({ status }) => status);
    expect(await statuses(offered.id, 1)).toEqual([200, 200, 200, 404, 404, 403, 401]);
    expect(await statuses(offered.id, 2)).toEqual([200, 404, 404, 404, 404, 403, 401]);
    expect(await statuses(draft.id, 1)).toEqual([200, 404, 404, 404, 404, 403, 401]);
    for (const [id, number] of [
      [absent, 1],
      ['agr_1', 1],
      [offered.id.replace('agr_', 'ins_'), 1],
      ...['0', '01', '1.0', '-1', 'x', '99999999999999999999', '%00'].map((number) => [offered.id, number]),
    ] as [string, string][])
      expect([number, await statuses(id, number)]).toEqual([number, [404, 404, 404, 404, 404, 403, 401]]);
    const hidden = await read('funder', offered.id, 2);
    expect(hidden.body).toContain('> Unseen');
    expect(hidden.body).toContain('This revision was not offered: only the funder sees it');
    const problem = ({ body }: Read): object => ({ ...(JSON.parse(body) as object), requestId: '' });
    const notYours = await read('secondGrantee', offered.id, 1);
    expect(problem(notYours)).toEqual(problem(await read('secondGrantee', absent, 1)));
    expect(problem(notYours)).toMatchObject({ code: 'NOT_FOUND', status: 404 });
  });
});

it('is in the contract', async () => {
  const { paths } = (await (await fetch(`${network.url}/openapi.json`)).json()) as {
    paths: Record<string, { get: { responses: Record<string, { content?: object }> } }>;
  };
  const { responses } = paths['/v1/agreements/{id}/revisions/{number}'].get;
  expect(Object.keys(responses)).toEqual(['200', '401', '403', '404', '406', '422']);
  expect(Object.keys(responses['200'].content!)).toEqual(['text/plain', 'text/html']);
});
