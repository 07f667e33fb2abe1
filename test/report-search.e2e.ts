import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fold } from '../src/narrative-reports/search/fold.rules.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import { makeAgreement } from './support/report-scenes.js';

let network: Network;
const agreements = {} as Record<'river' | 'lantern' | 'others', string>;
beforeAll(async () => {
  network = await startNetwork();
  agreements.river = await makeAgreement(network, 'funder', 'grantee');
  agreements.lantern = await makeAgreement(network, 'secondFunder', 'grantee');
  agreements.others = await makeAgreement(network, 'funder', 'secondGrantee');
});
afterAll(() => network.stop());

interface Hits {
  nodes: { snippet: string; reportShare?: { id: string }; narrativeReport?: { id: string } }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string };
}
type Searcher = 'funder' | 'secondFunder' | 'grantee' | 'secondGrantee';

async function search(who: Searcher, query: string, page: object = {}): Promise<Hits> {
  const [side, hit] = /under/.test(who) ? ['asFunder', 'reportShare'] : ['asGrantee', 'narrativeReport'];
  const { data, errors } = await network.call(
    network.keys[who],
    `query ($query: String!, $first: Int, $after: String, $last: Int, $before: String) {
      viewer { ${side} { searchReports(query: $query, first: $first, after: $after, last: $last, before: $before) {
        nodes { snippet ${hit} { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } } }`,
    { query, ...page },
  );
  if (errors) throw new Error(errors.map(({ extensions, message }) => `${extensions.code} ${message}`).join());
  return (data as { viewer: Record<string, { searchReports: Hits }> }).viewer[side].searchReports;
}
const snippets = async (who: Searcher, query: string): Promise<string[]> =>
  (await search(who, query)).nodes.map(({ snippet }) => snippet);

interface Written {
  id: string;
  version: number;
  shares: { nodes: { id: string }[] };
}
async function write(name: string, input: object, key = network.keys.grantee): Promise<Written> {
  const { narrativeReport, userErrors } = (await network.mutate(
    key,
    name,
    input,
    'narrativeReport { id version shares { nodes { id } } }',
  )) as { narrativeReport: Written; userErrors: object[] };
  expect(userErrors).toEqual([]);
  return narrativeReport;
}
const tell = (text: string, change: object = {}, key?: string): Promise<Written> =>
  write(
    'submitReport',
    { sections: [{ prompt: 'WHAT_HAPPENED', text }], shareWith: [agreements.river], ...change },
    key,
  );

describe('words are found', () => {
  it.each([
    [
      'Mùa lũ lụt về sớm ở Đồng Tháp.',
      ['lu lut', 'LŨ LỤT', 'lũ lụt', 'lụt', 'dong thap', 'ĐỒNG', 'Đông'],
      ['lut bao', 'thep'],
    ],
    ['Nuoc dang cao, lop hoc dong cua.', ['nước dâng', 'đóng cửa', 'lớp học'], ['nước rút']],
    ['Chị Hằng dạy trẻ bơi.'.normalize('NFD'), ['hang', 'Hằng', 'day tre boi'], ['Hung']],
    [
      'Floods took the harvest; rebuilding began.',
      ['flood', 'floods', 'rebuild', 'FLOOD harvest'],
      ['lood', 'flo', 'hand flood'],
    ],
    ['Les élèves ont reçu leurs manuels à Łódź.', ['eleves', 'reçu', 'lodz', 'recu manuels'], ['elevés manquant']],
    ['今年水灾严重，学校关闭。', ['水灾', '学校', '水灾 学校'], ['灾水', '火灾']],
    ['น้ำท่วมหมู่บ้านของเรา', ['น้ำท่วม', 'บ้าน'], ['ไฟไหม้']],
    ['ទឹកជំនន់បានបំផ្លាញផ្ទះ', ['ទឹកជំនន់', 'ផ្ទះ'], ['ភ្លើង']],
    ['Паводок уничтожил урожай.', ['паводок', 'УРОЖАЙ', 'урож'], ['засуха']],
    ['सैलाब से स्कूल बंद रहा।', ['सैलाब', 'स्कूल बंद'], ['सूखा']],
  ])('in %p', async (text, found, absent) => {
    const report = await tell(text);
    const hits = async (who: Searcher, query: string): Promise<boolean> =>
      (await search(who, query)).nodes.some(
        ({ reportShare, narrativeReport }) =>
          reportShare?.id === report.shares.nodes[0].id || narrativeReport?.id === report.id,
      );
    for (const who of ['funder', 'grantee'] as const) {
      for (const query of found) expect([who, query, await hits(who, query)]).toEqual([who, query, true]);
      for (const query of absent) expect([who, query, await hits(who, query)]).toEqual([who, query, false]);
    }
  });

  it('one behind the other, one or the other, and without another', async () => {
    await tell('Zebu herds; goats came later.');
    await tell('Goats and zebu shared one stable.');
    expect(await snippets('funder', 'zebu goats')).toHaveLength(2);
    expect(await snippets('funder', '"zebu herds"')).toEqual(['Zebu herds; goats came later.']);
    expect(await snippets('funder', 'zebu -stable')).toEqual(['Zebu herds; goats came later.']);
    expect(await snippets('funder', 'herds OR stable')).toHaveLength(2);
  });

  it('the best first, and of those alike the newest', async () => {
    await tell('Quinoa is new here.');
    await tell('Quinoa is good here.');
    await tell('Quinoas are good here, quinoa, quinoa and more quinoa.');
    await tell(`${'Rice and beans. '.repeat(20)} Quinoa.`);
    const found = await snippets('funder', 'quinoa');
    expect(found.map((text) => text.slice(0, 16))).toEqual([
      'Quinoas are good',
      'Quinoa is good h',
      'Quinoa is new he',
      '… and beans. Ric',
    ]);
    expect(found[3]).toContain('Quinoa.');
  });

  it('in the notes of a conversation and the words for a link', async () => {
    const conversation = {
      heldOn: '2026-11-20',
      minutes: 30,
      granteePeople: 2,
      funderPeople: 1,
      notes: 'Chúng tôi nói về giếng nước.',
    };
    const links = [{ url: 'https://example.org/nomatch', label: 'Ảnh cây cầu tre' }];
    await write('submitReport', { format: 'CONVERSATION', conversation, links, shareWith: [agreements.river] });
    for (const who of ['funder', 'grantee'] as const) {
      expect(await snippets(who, 'gieng nuoc')).toEqual([conversation.notes]);
      expect(await snippets(who, 'cau tre')).toEqual(['Ảnh cây cầu tre']);
      expect(await snippets(who, 'nomatch')).toEqual([]);
    }
  });

  it('in the largest report there can be', async () => {
    const word = (n: number): string => (n * 7919 + 1_000_003).toString(36);
    const prompts = ['WHAT_HAPPENED', 'SURPRISES', 'LEARNED', 'HELP_NEXT', 'FREE_TEXT'];
    const sections = prompts.map((prompt, i) => ({
      prompt,
      text: Array.from({ length: 1_900 }, (_, n) => word(i * 10_000 + n))
        .join(' ')
        .slice(0, 9_990),
    }));
    const { shares } = await write('submitReport', { sections, shareWith: [agreements.river] });
    const { nodes } = await search('funder', word(40_100));
    expect(nodes.map(({ reportShare }) => reportShare!.id)).toEqual([shares.nodes[0].id]);
    expect(nodes[0].snippet).toContain(word(40_100));
  });
});

describe('nothing that is not visible is found', () => {
  it('not what is hidden, what another funder asked, what another was given, and what is no longer shared', async () => {
    await network.mutate(
      network.keys.secondFunder,
      'setReportPrompts',
      { prompts: [{ en: 'Anything else?' }], expectedVersion: 1 },
      'funder { id }',
    );
    const sections = [
      { prompt: 'WHAT_HAPPENED', text: 'The papaya trees bear fruit.' },
      { prompt: 'SURPRISES', text: 'A durian fell.', isVisible: false },
      { prompt: 'own:1', funderId: network.ids.secondFunder, text: 'A longan for you.' },
    ];
    const shareWith = [agreements.river, agreements.lantern];
    const report = await write('submitReport', { sections, shareWith });
    expect(await snippets('funder', 'papaya')).toEqual(['The papaya trees bear fruit.']);
    for (const query of ['durian', 'longan', 'durian OR longan']) expect(await snippets('funder', query)).toEqual([]);
    expect(await snippets('funder', 'papaya OR durian')).toEqual(['The papaya trees bear fruit.']);
    expect(await snippets('secondFunder', 'longan')).toEqual(['A longan for you.']);
    expect(await snippets('secondFunder', 'durian')).toEqual([]);
    expect(await snippets('grantee', 'durian')).toEqual(['A durian fell.']);
    expect(await snippets('secondGrantee', 'papaya')).toEqual([]);

    const { data } = await network.call(
      network.keys.funder,
      '{ reportShares(first: 100) { nodes { id sections { text } } } }',
    );
    const own = (
      data as { reportShares: { nodes: { id: string; sections: { text: string }[] }[] } }
    ).reportShares.nodes.find((node) => node.sections[0]?.text.includes('papaya'))!;
    const unshare = { shareId: own.id };
    await network.mutate(network.keys.grantee, 'unshareReport', unshare, 'reportShare { id }');
    expect(await snippets('funder', 'papaya')).toEqual([]);
    expect(await snippets('secondFunder', 'papaya')).toHaveLength(1);
    expect(report.shares.nodes).toHaveLength(2);
  });

  it('not drafts, to others; and a correction only where it was shared again', async () => {
    await write('draftReport', { sections: [{ prompt: 'LEARNED', text: 'A rambutan in a draft.' }] });
    expect(await snippets('grantee', 'rambutan')).toEqual(['A rambutan in a draft.']);
    expect(await snippets('funder', 'rambutan')).toEqual([]);
    const { id, version } = await tell('We planted jackfruit.');
    const corrected = [{ prompt: 'WHAT_HAPPENED', text: 'We planted lychee.' }];
    await write('correctReport', { id, expectedVersion: version, sections: corrected });
    expect(await snippets('grantee', 'jackfruit')).toEqual([]);
    expect(await snippets('grantee', 'lychee')).toEqual(['We planted lychee.']);
    expect(await snippets('funder', 'jackfruit')).toEqual(['We planted jackfruit.']);
    expect(await snippets('funder', 'lychee')).toEqual([]);
  });

  it('not by anybody but the funder or grantee itself', async () => {
    const query = `query ($f: ID!, $g: ID!) {
      funder(id: $f) { searchReports(query: "lu lut") { nodes { snippet } } }
      grantee(id: $g) { searchReports(query: "lu lut") { nodes { snippet } } } }`;
    const ids = { f: network.ids.funder, g: network.ids.grantee };
    const see = async (key: string | null): Promise<[unknown, unknown]> => {
      const { data, errors } = await network.call(key, query, ids);
      expect(errors).toBeUndefined();
      const { funder, grantee } = data as Record<string, { searchReports: unknown }>;
      return [funder.searchReports, grantee.searchReports];
    };
    for (const who of ['secondFunder', 'secondGrantee', 'steward', 'analyst'] as const) {
      expect([who, ...(await see(network.keys[who]))]).toEqual([who, null, null]);
    }
    expect(await see(null)).toEqual([null, null]);
    expect((await see(network.keys.funder))[1]).toBeNull();
    expect((await see(network.keys.grantee))[0]).toBeNull();
    for (const [role, name] of [
      ['grantee', 'search_report_shares'],
      ['steward', 'search_report_shares'],
      ['public', 'search_report_shares'],
      ['funder', 'search_narrative_reports'],
      ['steward', 'search_narrative_reports'],
    ]) {
      await expect(
        network.sql(`SET ROLE goodfaith_${role}; SELECT * FROM ${name}('lu')`).finally(() => network.sql('RESET ROLE')),
      ).rejects.toThrow('permission denied');
    }
  });
});

describe('a search', () => {
  it('needs a word, is short, and is never a syntax error', async () => {
    await expect(search('funder', ' … ')).rejects.toThrow('INVALID_VALUE');
    await expect(search('funder', '')).rejects.toThrow('INVALID_VALUE');
    await expect(search('funder', 'a\u0000b')).rejects.toThrow('TEXT_MALFORMED');
    await expect(search('funder', 'a'.repeat(201))).rejects.toThrow('TEXT_TOO_LONG');
    await expect(search('funder', 'a b c d e f g h -i')).rejects.toThrow('TOO_MANY_WORDS');
    expect(await search('funder', '"a b" c OR d e f g')).toHaveProperty('nodes');
    await expect(search('funder', 'lu', { first: 101 })).rejects.toThrow('PAGE_TOO_LARGE');
    for (const query of [
      "it's",
      'a & | ! ( ) <-> :* b',
      '"lu',
      '-lu',
      'lu:*',
      "\\ 'x",
      'https://example.org/a?b=c',
      '水"灾',
    ])
      expect(await search('funder', query)).toHaveProperty('nodes');
  });

  it('has a weight of its own: six at once with full pages cost too much', async () => {
    const asked = (count: number, first: number): string =>
      `{ viewer { asFunder { ${Array.from({ length: count }, (_, i) => `s${i}: searchReports(query: "lu", first: ${first}) { nodes { snippet } }`).join(' ')} } } }`;
    const one = await network.call(network.keys.funder, asked(1, 10));
    expect(one.extensions).toMatchObject({ cost: { requested: 263 } });
    const { errors } = await network.call(network.keys.funder, asked(6, 100));
    expect(errors).toMatchObject([{ extensions: { code: 'QUERY_TOO_EXPENSIVE' } }]);
  });

  it('comes in pages, both ways, whose cursors fit only it', async () => {
    for (let n = 0; n < 5; n++) await tell(`Sorghum ${'x '.repeat(n)}`);
    const all = (await search('funder', 'sorghum')).nodes;
    expect(all).toHaveLength(5);
    const first = await search('funder', 'sorghum', { first: 2 });
    expect([first.nodes, first.pageInfo.hasNextPage, first.pageInfo.hasPreviousPage]).toEqual([
      all.slice(0, 2),
      true,
      false,
    ]);
    const second = await search('funder', 'sorghum', { first: 3, after: first.pageInfo.endCursor });
    expect([second.nodes, second.pageInfo.hasNextPage, second.pageInfo.hasPreviousPage]).toEqual([
      all.slice(2),
      false,
      true,
    ]);
    const back = await search('funder', 'sorghum', { last: 2, before: second.pageInfo.startCursor });
    expect(back.nodes).toEqual(all.slice(0, 2));
    expect((await search('funder', 'sorghum', { last: 1 })).nodes).toEqual(all.slice(4));
    await expect(search('funder', 'sorghums', { after: first.pageInfo.endCursor })).rejects.toThrow('INVALID_CURSOR');
  });

  it('folds as the index does', async () => {
    const texts = fc
      .sample(fc.string({ unit: 'grapheme', maxLength: 40 }), 300)
      .map((text) => text.replaceAll('\0', ''));
    texts.push('Lũ lụt ĐÃ về', 'ÀÉÎÕÜ ẰẮẲẴẶ', 'Łódź Straße ı', 'Đ'.normalize('NFD'), 'ﬁ ² Å');
    const rows = await network.sql<{ folded: string }>(
      'SELECT fold_text(t) AS folded FROM unnest($1::text[]) WITH ORDINALITY AS x (t, n) ORDER BY n',
      [texts],
    );
    expect(rows.map(({ folded }) => folded)).toEqual(texts.map(fold));
  });
});
