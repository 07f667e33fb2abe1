import { describe, expect, it } from '@jest/globals';
import type { Formatted, ReportFormat } from './report-format.rules.js';
import { checkFormat, isEmpty, isSecureLink } from './report-format.rules.js';

const TALK = { heldOn: '2026-11-02', minutes: 40, granteePeople: 3, funderPeople: 1, notes: 'Chúng tôi nói về lũ.' };
const LINK = { url: 'https://example.org/film', label: null };
const report = (format: ReportFormat, more: Partial<Formatted> = {}): Formatted => ({ format, sections: [], ...more });

describe('the format of a report', () => {
  it.each<[string, Formatted, number, string | null]>([
    ['written with a section', report('WRITTEN', { sections: [{}] }), 0, null],
    ['written with a link only', report('WRITTEN', { links: [LINK] }), 0, 'REPORT_EMPTY sections'],
    ['written with a file only', report('WRITTEN'), 1, 'REPORT_EMPTY sections'],
    [
      'written beside a conversation',
      report('WRITTEN', { sections: [{}], conversation: TALK }),
      0,
      'CONVERSATION_NOT_EXPECTED conversation',
    ],
    ['a conversation with its notes', report('CONVERSATION', { conversation: TALK }), 0, null],
    [
      'a conversation of which nothing is told',
      report('CONVERSATION', { sections: [{}] }),
      1,
      'CONVERSATION_MISSING conversation',
    ],
    ['a recording elsewhere', report('RECORDING', { links: [LINK] }), 0, null],
    ['a recording attached', report('RECORDING'), 1, null],
    ['a recording with nothing', report('RECORDING', { sections: [{}] }), 0, 'FILE_OR_LINK_MISSING links'],
    ['a document elsewhere', report('REUSED_DOCUMENT', { links: [LINK] }), 0, null],
    ['a document attached', report('REUSED_DOCUMENT'), 2, null],
    ['a document with nothing', report('REUSED_DOCUMENT', { links: [] }), 0, 'FILE_OR_LINK_MISSING links'],
  ])('%s', (_name, given, attachments, expected) => {
    const problem = checkFormat(given, attachments);
    expect(problem && `${problem.code} ${problem.path.join('.')}`).toBe(expected);
  });

  it.each<[Formatted, number, boolean]>([
    [report('WRITTEN'), 0, true],
    [report('WRITTEN'), 1, false],
    [report('WRITTEN', { sections: [{}] }), 0, false],
    [report('RECORDING', { links: [LINK] }), 0, false],
    [report('CONVERSATION', { conversation: TALK }), 0, false],
  ])('shows its reader nothing: %j with %i files, %s', (given, attachments, empty) => {
    expect(isEmpty(given, attachments)).toBe(empty);
  });

  it.each([
    ['https://example.org/', true],
    ['http://example.org/', false],
    ['javascript:alert(1)//https://', false],
  ])('links to %s: %s', (url, secure) => expect(isSecureLink(url)).toBe(secure));
});
