import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Schedule } from '../amendments/amended-schedule.rules.js';
import type { DisbursementState } from '../payments/disbursement.lifecycle.js';
import type { DissolutionState } from './dissolution.lifecycle.js';
import {
  DISSOLUTION_COMMAND_NAMES,
  DISSOLUTION_STATES,
  decideDissolution,
  dissolutionTransitions,
} from './dissolution.lifecycle.js';
import { dissolved, earliestDay, hasUnansweredMoney, isRecordable } from './dissolution.rules.js';

const schedule = (state: DisbursementState): Schedule => ({
  state: 'ACTIVE',
  committedMinor: 300n,
  startsOn: '2027-01-01',
  endsOn: '2028-12-31',
  installments: [
    { id: 'a', number: 1, dueOn: '2027-01-31', amountMinor: 100n, state: 'RECEIVED', payments: [] },
    {
      ...{ id: 'b', number: 2, dueOn: '2027-06-30', amountMinor: 100n, state: 'SCHEDULED' },
      payments: [{ state, amountMinor: 100n, repaidMinor: 0n, receivedOn: null, isSurplus: false }],
    },
  ],
  expectations: [
    { id: 'past', dueOn: '2027-01-31', movedTo: null, isMet: false, isWaived: false },
    { id: 'moved', dueOn: '2027-03-31', movedTo: '2027-05-31', isMet: false, isWaived: false },
    { id: 'met', dueOn: '2028-12-31', movedTo: null, isMet: true, isWaived: false },
  ],
});

describe('a dissolution', () => {
  it('needs sixty days of notice', () => {
    expect(earliestDay('2026-11-23')).toBe('2027-01-22');
    expect(earliestDay('2027-12-31')).toBe('2028-02-29');
  });

  it('releases what was not received and drops what is expected later; the term stays as it was agreed', () => {
    const after = dissolved(schedule('VOIDED'), '2027-04-30');
    expect([after.state, after.endsOn]).toEqual(['RELEASED', '2028-12-31']);
    expect(after.installments.map(({ state }) => state)).toEqual(['RECEIVED', 'RELEASED']);
    expect(after.expectations.map(({ isWaived }) => isWaived)).toEqual([false, true, false]);
  });

  it.each<[DisbursementState, boolean]>([
    ['SENT', true],
    ['MISSING', false],
    ['RECEIVED', false],
    ['RETURNED', false],
    ['VOIDED', false],
  ])('waits for a payment that is %s: %s', (state, waits) => {
    expect(hasUnansweredMoney(schedule(state))).toBe(waits);
  });

  it.each<[string, object, string, string, boolean]>([
    ['on the last day of the notice', {}, 'RECEIVED', '2027-01-21T16:59:59Z', false],
    ['from the first instant of its day', {}, 'RECEIVED', '2027-01-21T17:00:00Z', true],
    ['while a payment is on its way', {}, 'SENT', '2027-02-01T00:00:00Z', false],
    ['while a payment is missing', {}, 'MISSING', '2027-02-01T00:00:00Z', true],
    ['once the agreement is complete', { state: 'COMPLETED' }, 'RECEIVED', '2027-02-01T00:00:00Z', false],
  ])('can be recorded %s', (_, change, payment, now, isNow) => {
    const agreement = { state: 'ACTIVE', timeZone: 'Asia/Ho_Chi_Minh', ...change };
    expect(isRecordable('2027-01-22', agreement, [{ state: payment }], new Date(now))).toBe(isNow);
  });

  it.each<[DissolutionState, string]>(
    DISSOLUTION_STATES.flatMap((state) =>
      ['FUNDER', 'GRANTEE', 'STEWARD', 'ANALYST', 'SYSTEM'].map((role): [DissolutionState, string] => [state, role]),
    ),
  )('that is %s is in the hands of the steward: %s', (state, role) => {
    const allowed = DISSOLUTION_COMMAND_NAMES.filter((name) => decideDissolution(state, name, role) !== null);
    expect(allowed).toEqual(role === 'STEWARD' && state === 'ANNOUNCED' ? ['RECORD', 'WITHDRAW'] : []);
  });

  it('changes in the database as in the table', () => {
    const migration = readFileSync(new URL('../../../migrations/0010-dissolutions.ts', import.meta.url), 'utf8');
    const body = migration.split('CREATE FUNCTION dissolutions_legal_transition()')[1].split('THEN RAISE')[0];
    expect([...body.matchAll(/'(\w+>\w+)'/g)].map(([, pair]) => pair).sort()).toEqual(dissolutionTransitions());
  });
});
