import type { OnModuleInit } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/db/transaction.js';
import type { NewEvent } from '../../platform/events/append-event.js';
import { appendEvent } from '../../platform/events/append-event.js';
import type { ScheduledStep } from '../../platform/jobs/jobs.service.js';
import { Jobs } from '../../platform/jobs/jobs.service.js';
import type { Reminder } from './reminder.rules.js';
import { endReminder, expectationReminder, installmentReminder } from './reminder.rules.js';
import type { Place } from './reminders.store.js';
import { START, dueExpectations, dueInstallments, endingAgreements, noteReminders } from './reminders.store.js';

const AT_ONCE = 200;

interface Candidate {
  readonly place: Place;
  readonly reminder: Reminder | null;
  /** Whom to remind of what. */
  readonly event: Omit<NewEvent, 'type' | 'forSteward'>;
}
type Search = (tx: Tx, after: Place) => Promise<Candidate[]>;

/** A payment that is coming is the funder's to make; one that is late all of them know of, a fiscal sponsor too. */
const installments: Search = async (tx, after) =>
  (await dueInstallments(tx, after, AT_ONCE)).map((row) => {
    const { id, at, funderId, granteeId, sponsorId, timeZone } = row;
    const reminder = installmentReminder(row, timeZone, tx.now);
    const isLate = reminder?.type === 'INSTALLMENT_LATE';
    const others = isLate ? { granteeId, sponsorId } : {};
    const event = { subjectType: 'INSTALLMENT', subjectId: id, funderId, ...others } as const;
    return { place: { at, id }, reminder, event };
  });

/** Told to the grantee alone: to the funder it is nothing, and nothing follows from it. */
const expectations: Search = async (tx, after) =>
  (await dueExpectations(tx, after, AT_ONCE)).map((row) => {
    const { id, at, granteeId, timeZone } = row;
    const event = { subjectType: 'REPORTING_EXPECTATION', subjectId: id, granteeId } as const;
    return { place: { at, id }, reminder: expectationReminder(row, timeZone, tx.now), event };
  });

const ends: Search = async (tx, after) =>
  (await endingAgreements(tx, after, AT_ONCE)).map(({ id, at, revision, endsOn, timeZone, ...parties }) => ({
    place: { at, id },
    reminder: endReminder(endsOn, timeZone, tx.now),
    event: { subjectType: 'AGREEMENT', subjectId: id, revision, ...parties } as const,
  }));

/**
 * Each hour, what is coming and what is late becomes an event for whoever can do something about it, once for each fact
 * and day. A reminder changes nothing else: what is due or late anyone reads from the facts, whether or not this ran.
 */
@Injectable()
export class Reminders implements OnModuleInit {
  constructor(private readonly jobs: Jobs) {}

  onModuleInit(): void {
    this.jobs.schedule('remind', '7 * * * *', () => remindOf([installments, expectations, ends]));
  }
}

function remindOf(searches: readonly Search[]): ScheduledStep {
  const left = [...searches];
  let after = START;
  return async (tx) => {
    const candidates = await left[0](tx, after);
    await remind(tx, candidates);
    const isDone = candidates.length < AT_ONCE;
    if (isDone) left.shift();
    after = isDone ? START : candidates[candidates.length - 1].place;
    return left.length > 0;
  };
}

async function remind(tx: Tx, candidates: readonly Candidate[]): Promise<void> {
  const due = candidates.flatMap(({ reminder, event }) => (reminder ? [{ reminder, event }] : []));
  const noted = await noteReminders(
    tx,
    due.map(({ reminder, event: { subjectId } }) => ({ ...reminder, subjectId })),
  );
  for (const { reminder, event } of due) {
    if (noted.has(event.subjectId)) appendEvent(tx, { ...event, type: reminder.type, forSteward: false });
  }
}
