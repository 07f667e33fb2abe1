import { expect, it } from '@jest/globals';
import type { ReportCommand, ReportState } from './narrative-report.lifecycle.js';
import { REPORT_TRANSITIONS, isAllowed } from './narrative-report.lifecycle.js';

it.each<[ReportCommand, ReportState, boolean]>([
  ['saveReportSection', 'DRAFT', true],
  ['saveReportSection', 'SUBMITTED', false],
  ['deleteDraftReport', 'DRAFT', true],
  ['deleteDraftReport', 'SUBMITTED', false],
  ['submitReport', 'DRAFT', true],
  ['submitReport', 'SUBMITTED', false],
  ['correctReport', 'DRAFT', false],
  ['correctReport', 'SUBMITTED', true],
  ['shareReport', 'DRAFT', false],
  ['shareReport', 'SUBMITTED', true],
])('%s on %s: %p', (command, state, expected) => {
  expect(isAllowed(state, command)).toBe(expected);
});

it('never leads back to a draft', () => {
  const fromSubmitted = Object.values(REPORT_TRANSITIONS).filter(({ from }) => from === 'SUBMITTED');
  expect(fromSubmitted.every(({ to }) => to === 'SUBMITTED')).toBe(true);
});
