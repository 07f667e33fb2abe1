import { expect, it } from '@jest/globals';
import { ERROR_CODES } from '../errors/codes.js';
import { refuse } from '../errors/refusal.js';
import type { Outcome } from '../idempotency/mutations.service.js';
import { NOTICE_CODES } from './notice-messages.js';

it('shares one code with the errors: it refuses a claim, and is told to whoever invites again', () => {
  expect(NOTICE_CODES.filter((code) => (ERROR_CODES as string[]).includes(code))).toEqual([
    'INVITATION_ALREADY_CLAIMED',
  ]);
});

it('is none of what refuses, nor refuses with what is only told', () => {
  const made = { id: 'x', version: 1 };
  const outcomes: Outcome[] = [
    { ...made, notices: [{ code: 'GRANTEE_ALREADY_INVITED' }] },
    // @ts-expect-error: this code refuses.
    { ...made, notices: [{ code: 'NOT_FOUND' }] },
    // @ts-expect-error: this one says what was kept.
    { ...made, notices: [{ code: 'SUBMISSION_DIFFERS' }] },
    // @ts-expect-error: nor is a reason for a refusal a notice.
    { ...made, notices: refuse('NOT_FOUND').reasons },
  ];
  // @ts-expect-error: this code is only told.
  const refusal = refuse('SUBMISSION_DIFFERS');
  const codes = outcomes.flatMap(({ notices = [] }) => notices.map(({ code }) => code as string));
  const isToldOnly = (code: string): boolean =>
    (NOTICE_CODES as string[]).includes(code) && !(ERROR_CODES as string[]).includes(code);
  expect(codes.map(isToldOnly)).toEqual([true, false, true, false]);
  expect(refusal.reasons.map(({ code }) => isToldOnly(code))).toEqual([true]);
});
