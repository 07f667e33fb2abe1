import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, endOfDay } from '../due-day.rules.js';
import type { Due, Pause } from './lateness.rules.js';
import { asOwed, daysLate, daysLateBefore, daysLateInAll, isLate, lateFrom, pausesOf } from './lateness.rules.js';

const zone = 'Asia/Ho_Chi_Minh';
const due: Due = {
  state: 'SCHEDULED',
  dueOn: '2026-11-23',
  lateAt: new Date('2026-11-23T17:00:00Z'),
  receivedOn: null,
};
const morning = (day: string): Date => new Date(`${day}T03:00:00Z`);

describe('lateness', () => {
  it.each([
    ['2026-11-23T16:59:59.999Z', false, 0],
    ['2026-11-23T17:00:00.000Z', true, 1],
    ['2026-11-24T16:59:59.999Z', true, 1],
    ['2026-12-03T00:00:00.000Z', true, 10],
  ])('at %s: %s, %i days', (now, late, days) => {
    expect(isLate(due, [], zone, new Date(now))).toBe(late);
    expect(isLate({ ...due, state: 'SENT' }, [], zone, new Date(now))).toBe(late);
    expect(daysLate(due, [], zone, new Date(now))).toBe(days);
  });

  it('counts to receipt, and stays', () => {
    const received = { ...due, state: 'RECEIVED', receivedOn: '2026-11-30' } as const;
    expect(isLate(received, [], zone, morning('2027-12-01'))).toBe(false);
    expect(daysLate(received, [], zone, morning('2027-12-01'))).toBe(7);
    expect(daysLate({ ...received, receivedOn: '2026-11-01' }, [], zone, new Date())).toBe(0);
  });

  it('counts from acceptance what was due before', () => {
    const accepted = { ...due, lateAt: endOfDay('2026-12-10', zone) };
    const owed = asOwed(accepted, zone);
    expect(owed.dueOn).toBe('2026-12-10');
    expect(isLate(owed, [], zone, new Date('2026-12-10T16:59:59.999Z'))).toBe(false);
    expect(isLate(owed, [], zone, new Date('2026-12-10T17:00:00.000Z'))).toBe(true);
    expect(daysLate(owed, [], zone, morning('2026-12-13'))).toBe(3);
    expect(daysLate({ ...owed, state: 'RECEIVED', receivedOn: '2026-12-10' }, [], zone, morning('2027-01-01'))).toBe(0);
    // Every other duty is as it was, also where clocks change in the night.
    expect(asOwed(due, zone)).toBe(due);
    for (const [day, where] of [
      ['2026-03-28', 'Europe/Paris'],
      ['2026-09-05', 'America/Santiago'],
      ['2026-10-24', 'Asia/Beirut'],
    ]) {
      const one = { ...due, dueOn: day, lateAt: endOfDay(day, where) };
      expect(asOwed(one, where)).toBe(one);
    }
    expect(asOwed({ ...due, lateAt: null }, zone).dueOn).toBe(due.dueOn);
  });

  it('does not exist before acceptance or after release', () => {
    const later = morning('2030-01-01');
    expect(isLate({ ...due, lateAt: null }, [], null, later)).toBe(false);
    expect(daysLate({ ...due, lateAt: null }, [], null, later)).toBe(0);
    expect(isLate({ ...due, state: 'RELEASED' }, [], zone, later)).toBe(false);
  });

  it.each<[string, Pause[], string, boolean, number]>([
    ['placed before the due day', [{ from: '2026-11-01', to: null }], '2026-12-03', false, 0],
    ['placed five days late', [{ from: '2026-11-28', to: null }], '2026-11-28', false, 5],
    ['placed five days late, later', [{ from: '2026-11-28', to: null }], '2026-12-03', false, 5],
    ['lifted on that day', [{ from: '2026-11-28', to: '2026-12-03' }], '2026-12-03', true, 5],
    ['lifted two days ago', [{ from: '2026-11-28', to: '2026-12-03' }], '2026-12-05', true, 7],
    ['over before the due day', [{ from: '2026-11-01', to: '2026-11-10' }], '2026-11-25', true, 2],
    ['lifted today, late never', [{ from: '2026-11-20', to: '2026-11-30' }], '2026-11-30', false, 0],
    [
      'twice, touching',
      [
        { from: '2026-11-30', to: '2026-12-02' },
        { from: '2026-11-25', to: '2026-11-30' },
      ],
      '2026-12-03',
      true,
      3,
    ],
  ])('under a hold %s', (_, pauses, today, late, days) => {
    expect(isLate(due, pauses, zone, morning(today))).toBe(late);
    expect(daysLate(due, pauses, zone, morning(today))).toBe(days);
  });

  it('is what is left when each day in any pause is taken away', () => {
    const day = (offset: number): string => addDays('2026-11-23', offset);
    const span = fc.record({ from: fc.integer({ min: -20, max: 60 }), length: fc.integer({ min: 0, max: 30 }) });
    fc.assert(
      fc.property(fc.array(span, { maxLength: 5 }), fc.integer({ min: 1, max: 60 }), (spans, received) => {
        const pauses = spans.map(({ from, length }) => ({ from: day(from), to: day(from + length) }));
        const one = { ...due, state: 'RECEIVED', receivedOn: day(received) } as const;
        const left = Array.from({ length: received }, (_, i) => i + 1).filter(
          (late) => !spans.some(({ from, length }) => late > from && late <= from + length),
        );
        expect(daysLate(one, pauses, zone, morning('2028-01-01'))).toBe(left.length);
      }),
    );
  });

  it('begins at the instant that is stored for lists, whatever was paused, in any zone', () => {
    const day = (offset: number): string => addDays('2026-11-23', offset);
    const span = fc.record({
      from: fc.integer({ min: -20, max: 60 }),
      length: fc.option(fc.integer({ min: 0, max: 30 }), { freq: 9 }),
    });
    const zones = fc.constantFrom(zone, 'America/New_York', 'Pacific/Kiritimati', 'Australia/Lord_Howe');
    const states = fc.constantFrom('SCHEDULED', 'SENT', 'RELEASED');
    const minutes = fc.integer({ min: -2_000, max: 130_000 });
    fc.assert(
      fc.property(fc.array(span, { maxLength: 4 }), zones, states, minutes, (spans, where, state, later) => {
        const pauses = spans.map(({ from, length }) => ({
          from: day(from),
          to: length === null ? null : day(from + length),
        }));
        const one: Due = { ...due, state: state, lateAt: endOfDay(due.dueOn, where) };
        const from = lateFrom(one, pauses, where);
        for (const now of [
          new Date(one.lateAt!.getTime() + later * 60_000),
          from,
          from && new Date(from.getTime() - 1),
        ])
          if (now) expect(isLate(one, pauses, where, now)).toBe(from !== null && from <= now);
      }),
    );
    expect(lateFrom({ ...due, lateAt: null }, [], zone)).toBeNull();
    expect(lateFrom(due, [], null)).toBeNull();
  });

  it('is paused by holds, and by the days money was there before it went back', () => {
    const holds = [{ placedOn: '2026-11-01', liftedOn: null }];
    const repayments = [
      { coveredFrom: '2026-11-05', repaidOn: '2026-11-09' },
      { coveredFrom: null, repaidOn: '2026-11-20' },
    ];
    expect(pausesOf(holds, repayments)).toEqual([
      { from: '2026-11-01', to: null },
      { from: '2026-11-05', to: '2026-11-09' },
    ]);
  });
});

describe('a due day that was over when another was agreed to', () => {
  const past = { dueOn: '2026-11-23', lateAt: null, amountMinor: 100n, until: '2026-12-13' };

  it.each<[string, string | null, number]>([
    ['and nothing came', null, 20],
    ['and money came later', '2027-03-01', 20],
    ['and money had come before the change', '2026-12-01', 8],
    ['and money had come in time', '2026-11-23', 0],
  ])('stays missed: %s', (_, receivedOn, days) => {
    const arrived = { amountMinor: 100n, receivedOn };
    expect(daysLateBefore(past, [], arrived)).toBe(days);
    expect(daysLateBefore(past, [{ from: '2026-11-25', to: null }], arrived)).toBe(Math.min(days, 2));
    // Of less than was due nothing is said.
    expect(daysLateBefore(past, [], { amountMinor: 99n, receivedOn })).toBe(20);
  });

  it('counts beside the present one, each day once, less what was paused', () => {
    const day = (offset: number): string => addDays('2026-11-23', offset);
    const span = fc.record({ from: fc.integer({ min: -5, max: 40 }), length: fc.integer({ min: 0, max: 20 }) });
    const changes = fc.array(
      fc.record({ wait: fc.integer({ min: 1, max: 15 }), ahead: fc.integer({ min: 1, max: 25 }) }),
      {
        maxLength: 3,
      },
    );
    const arrival = fc.option(fc.integer({ min: -5, max: 90 }));
    fc.assert(
      fc.property(changes, fc.array(span, { maxLength: 3 }), arrival, (moves, spans, received) => {
        let [dueOn, agreed] = [0, 0];
        const replaced = moves.map(({ wait, ahead }) => {
          agreed = Math.max(agreed, dueOn) + wait;
          const one = { dueOn, until: agreed };
          dueOn += ahead;
          return one;
        });
        const today = Math.max(100, received ?? 0);
        const isPaused = (late: number): boolean =>
          spans.some(({ from, length }) => late > from && late <= from + length);
        const days = new Set<number>();
        for (const { dueOn: since, until } of [...replaced, { dueOn, until: today }])
          for (let late = since + 1; late <= Math.min(until, received ?? until); late++)
            if (!isPaused(late)) days.add(late);
        const one = { ...due, amountMinor: 100n, dueOn: day(dueOn), lateAt: endOfDay(day(dueOn), zone) };
        const seen = received === null ? one : { ...one, state: 'RECEIVED' as const, receivedOn: day(received) };
        const pauses = spans.map(({ from, length }) => ({ from: day(from), to: day(from + length) }));
        const ended = replaced.map((each) => ({
          dueOn: day(each.dueOn),
          lateAt: null,
          amountMinor: 100n,
          until: day(each.until),
        }));
        expect(daysLateInAll(seen, ended, pauses, zone, morning(day(today)))).toBe(days.size);
      }),
    );
  });
});
