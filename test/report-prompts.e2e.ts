import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';

let network: Network;
beforeAll(async () => {
  network = await startNetwork();
});
afterAll(() => network.stop());

const PROMPTS = [{ en: 'Who else should we meet?', vi: 'Chúng tôi nên gặp ai?' }, { en: 'What about the dam?' }];
const FORM =
  'query ($f: ID!) { reportPrompts(funder: $f) { code text } funder(id: $f) { reportPrompts { id text en vi } } }';

describe('the form of a report', () => {
  it('is shown whole to a portal without a key, in its language', async () => {
    const set = { prompts: PROMPTS, expectedVersion: 1 };
    await network.mutate(network.keys.funder, 'setReportPrompts', set, 'funder { id }');
    const form = async (language: string) =>
      (await network.call(null, FORM, { f: network.ids.funder }, { 'accept-language': language })).data as {
        reportPrompts: { code: string; text: string }[];
        funder: { reportPrompts: object[] };
      };
    const vi = await form('vi-VN');
    expect(vi.reportPrompts.map(({ code }) => code)).toEqual([
      ...['WHAT_HAPPENED', 'SURPRISES', 'LEARNED', 'FUNDER_MAKES_HARDER', 'HELP_NEXT', 'FREE_TEXT', 'own:1', 'own:2'],
    ]);
    expect(vi.reportPrompts[0].text).toBe('Chuyện gì đã diễn ra?');
    expect(vi.funder.reportPrompts).toEqual([
      { id: 'own:1', text: PROMPTS[0].vi, ...PROMPTS[0] },
      { id: 'own:2', text: PROMPTS[1].en, ...PROMPTS[1], vi: null },
    ]);
    expect((await form('de, en')).reportPrompts[6].text).toBe(PROMPTS[0].en);
  });

  it('has at most three prompts of a funder', async () => {
    const set = { prompts: Array(4).fill(PROMPTS[0]), expectedVersion: 2 };
    const { userErrors } = (await network.mutate(network.keys.funder, 'setReportPrompts', set, 'funder { id }')) as {
      userErrors: object[];
    };
    expect(userErrors).toMatchObject([{ code: 'TOO_MANY_ITEMS', path: ['prompts'] }]);
  });

  it.each([
    ['VI-vn', 'vi-VN'],
    ['sgn-VN', 'sgn-VN'],
    ['Vietnamese!', null],
  ])('takes %s for a language as %s', async (given, kept) => {
    const query = 'mutation ($i: DraftReportInput!) { draftReport(input: $i) { narrativeReport { language } } }';
    const { data, errors } = await network.call(network.keys.grantee, query, { i: { language: given } });
    if (kept === null) expect(errors?.[0].extensions.code).toBe('BAD_USER_INPUT');
    else expect(data.draftReport.narrativeReport.language).toBe(kept);
  });
});
