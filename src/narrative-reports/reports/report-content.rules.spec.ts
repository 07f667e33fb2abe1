import { describe, expect, it } from '@jest/globals';
import type { ReportContent, ReportSection } from './report-content.rules.js';
import {
  bytesOf,
  isSamePrompt,
  periodOf,
  questionOf,
  sectionOf,
  sharedWith,
  withSection,
} from './report-content.rules.js';

const section = (prompt: string, text: string, rest: Partial<ReportSection> = {}): ReportSection => ({
  prompt,
  funderId: null,
  question: null,
  text,
  isVisible: true,
  ...rest,
});
const content = (...sections: ReportSection[]): ReportContent => ({
  format: 'WRITTEN',
  language: 'vi',
  periodStart: '2026-01-01',
  periodEnd: '2026-12-31',
  minutesSpent: 40,
  peopleInvolved: null,
  sections,
});

describe('sectionOf', () => {
  it.each([
    ['WHAT_HAPPENED', undefined, true],
    ['WHAT_HAPPENED', false, false],
    ['FUNDER_MAKES_HARDER', undefined, false],
    ['FUNDER_MAKES_HARDER', null, false],
    ['FUNDER_MAKES_HARDER', true, true],
    ['FREE_TEXT', undefined, true],
    ['own:1', undefined, true],
  ])('%s with visibility %s is visible: %s', (prompt, isVisible, expected) => {
    expect(sectionOf({ prompt, text: 'x', isVisible }, null)?.isVisible).toBe(expected);
  });

  it.each([[undefined], [null], ['']])('is nothing for the text %p', (text) => {
    expect(sectionOf({ prompt: 'LEARNED', text }, null)).toBeNull();
  });
});

describe('sharedWith', () => {
  const [ours, theirs] = ['funder-1', 'funder-2'];

  it('leaves out what is hidden, as if it were not answered', () => {
    const hidden = content(section('LEARNED', 'a'), section('SURPRISES', 'b', { isVisible: false }));
    expect(sharedWith(hidden, ours)).toEqual(sharedWith(content(section('LEARNED', 'a')), ours));
  });

  it("leaves out answers to another funder's prompts", () => {
    const report = content(
      section('own:1', 'ours', { funderId: ours, question: { en: 'Who?', vi: null } }),
      section('own:1', 'theirs', { funderId: theirs, question: { en: 'When?', vi: null } }),
    );
    expect(sharedWith(report, ours).sections).toEqual([
      { prompt: 'own:1', question: { en: 'Who?', vi: null }, text: 'ours' },
    ]);
  });

  it('names no funder and says nothing of visibility', () => {
    const text = JSON.stringify(sharedWith(content(section('own:1', 'x', { funderId: ours })), ours));
    expect(text).not.toMatch(/funder|isVisible/i);
  });
});

describe('withSection', () => {
  const report = [section('LEARNED', 'a'), section('own:1', 'b', { funderId: 'f' })];

  it.each([
    ['replaces in its place', section('LEARNED', 'c'), ['c', 'b']],
    ['adds at the end', section('SURPRISES', 'c'), ['a', 'b', 'c']],
    ['tells one funder from another', section('own:1', 'c', { funderId: 'g' }), ['a', 'b', 'c']],
  ])('%s', (_, put, expected) => {
    expect(withSection(report, put, put).map(({ text }) => text)).toEqual(expected);
  });

  it('takes one out', () => {
    expect(withSection(report, { prompt: 'LEARNED' }, null).map(({ text }) => text)).toEqual(['b']);
  });
});

it('counts bytes, not characters', () => {
  expect(bytesOf([section('LEARNED', 'lũ lụt'), section('SURPRISES', 'ab')])).toBe(11);
});

it.each([
  [{ prompt: 'a' }, { prompt: 'a', funderId: null }, true],
  [{ prompt: 'own:1', funderId: 'f' }, { prompt: 'own:1', funderId: 'g' }, false],
  [{ prompt: 'a' }, { prompt: 'b' }, false],
])('isSamePrompt(%j, %j) is %p', (one, other, expected) => {
  expect(isSamePrompt(one, other)).toBe(expected);
});

it('asks in the language of the reader, where it can', () => {
  expect(questionOf({ prompt: 'LEARNED', question: null }, 'vi')).toBe('Bạn đã học được điều gì?');
  expect(questionOf({ prompt: 'own:1', question: { en: 'Who?', vi: null } }, 'vi')).toBe('Who?');
});

it('has a period or none', () => {
  expect(periodOf({ periodStart: null, periodEnd: null })).toBeNull();
  expect(periodOf(content())).toEqual({ startsOn: '2026-01-01', endsOn: '2026-12-31' });
});
