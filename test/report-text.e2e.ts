import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import { reportActs } from './support/report-acts.js';
import { makeAgreement } from './support/report-scenes.js';

let network: Network;
beforeAll(async () => {
  network = await startNetwork();
});
afterAll(() => network.stop());
const { act, write, refused, sharesUnder, unchanged } = reportActs(() => network);

const section = (text: string, prompt = 'WHAT_HAPPENED'): { prompt: string; text: string } => ({ prompt, text });
const storedText = async (id: string): Promise<string> =>
  (
    await network.sql<{ text: string }>(
      `SELECT sections -> 0 ->> 'text' AS text FROM narrative_reports WHERE id = $1`,
      [id.slice(4)],
    )
  )[0].text;

describe('a text in a report', () => {
  it('is stored composed, also when it was sent in parts', async () => {
    const text = 'Lũ lụt ở xã Hòa Thịnh, người dân sơ tán lên đồi.';
    const { id } = await write('submitReport', {
      clientSubmissionId: 'nfd',
      sections: [section(text.normalize('NFD'))],
    });
    expect(await storedText(id)).toBe(text.normalize('NFC'));
    // Another device composes it otherwise: to a reader it is the same report.
    expect((await write('submitReport', { clientSubmissionId: 'nfd', sections: [section(text)] })).id).toBe(id);
  });

  it('is counted in what a person sees, composed or not', async () => {
    const most = 'ữ'.normalize('NFD').repeat(10_000);
    const { sections } = await write('submitReport', { sections: [section(most)] });
    expect(sections[0].text).toBe('ữ'.normalize('NFC').repeat(10_000));
    await unchanged(async () => {
      const { userErrors } = await act(network.keys.grantee, 'submitReport', {
        sections: [section('ữ'.normalize('NFD').repeat(11_000))],
      });
      expect(userErrors).toMatchObject([
        { code: 'TEXT_TOO_LONG', path: ['sections', '0', 'text'], message: expect.stringMatching(/more than 10000/) },
      ]);
    });
  });

  it.each([
    ['markup', '<script>alert(document.cookie)</script><img src=x onerror=alert(1)>'],
    ['a formula', '=HYPERLINK("https://example.org","x")'],
    ['Persian with its joiner', 'می‌خواهیم دوباره بسازیم'],
    ['a family', 'Gia đình 👨‍👩‍👧‍👦 đã về'],
    ['Hebrew beside English', 'We met \u2067שלום\u2069 there\u200f!'],
    ['Khmer with its breaks', 'ទឹក\u200bជំនន់'],
  ])('is kept as it was written: %s', async (_name, text) => {
    const agreement = await makeAgreement(network, 'funder', 'grantee');
    const { id } = await write('submitReport', { sections: [section(text)], shareWith: [agreement] });
    expect(await storedText(id)).toBe(text);
    expect((await sharesUnder(network.keys.funder, agreement))[0].sections[0].text).toBe(text);
  });

  it('is served as data and never as a page', async () => {
    const { id } = await write('submitReport', { sections: [section('<script>alert(1)</script>')] });
    const query = `{ narrativeReport(id: "${id}") { sections { text } } }`;
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${network.keys.grantee}` };
    for (const accept of ['text/html', '*/*', 'application/json']) {
      const response = await fetch(`${network.url}/graphql`, {
        method: 'POST',
        headers: { ...headers, accept },
        body: JSON.stringify({ query }),
      });
      expect(response.headers.get('content-type')).toMatch(/^application\/(json|graphql-response\+json)/);
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      await response.text();
    }
  });

  it('is refused where a character forces its direction, with its place, and nothing is lost', async () => {
    const draft = await write('draftReport', { sections: [section('Đã viết.')] });
    await unchanged(async () => {
      for (const text of ['file\u202egnp.exe', 'a\u202db']) {
        expect(await refused(network.keys.grantee, 'submitReport', { sections: [section(text)] })).toEqual([
          'TEXT_DIRECTION_FORCED sections.0.text',
        ]);
        const save = { id: draft.id, expectedVersion: 1, section: section(text) };
        expect(await refused(network.keys.grantee, 'saveReportSection', save)).toEqual([
          'TEXT_DIRECTION_FORCED section.text',
        ]);
      }
      const { userErrors } = await act(network.keys.grantee, 'submitReport', { sections: [section('ab\u202ec')] });
      expect(userErrors[0].message).toContain('Character 3 (U+202E)');
    });
  });

  it('is no answer when nobody can see it', async () => {
    await unchanged(async () => {
      for (const text of ['\u200b', ' \u200d\u2060\ufeff ', '\u3164']) {
        expect(await refused(network.keys.grantee, 'submitReport', { sections: [section(text)] })).toEqual([
          'REPORT_EMPTY sections',
        ]);
      }
    });
    const sections = [section('Nước rút.'), section('\u200b\u200b', 'LEARNED')];
    expect((await write('submitReport', { sections })).sections).toHaveLength(1);
  });
});
