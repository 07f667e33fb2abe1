import type { OnModuleInit } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { remindedUntil, responseDuty } from '../../narrative-reports/responses/response-duty.rules.js';
import { insertRow, updateRow } from '../../platform/db/columns.js';
import type { Tx } from '../../platform/db/transaction.js';
import { appendEvent } from '../../platform/events/append-event.js';
import { Jobs } from '../../platform/jobs/jobs.service.js';
import type { EntryRow } from '../log/entry.entity.js';
import type { ObstacleState } from '../obstacle.lifecycle.js';
import type { ResponseTerms } from '../obstacle.rules.js';
import { SharedRow } from './shared-obstacle.entity.js';
import { takeUnreminded } from './shared.store.js';

export type SharedEvent =
  | 'OBSTACLE_SHARED'
  | 'OBSTACLE_ACKNOWLEDGED'
  | 'OBSTACLE_ANSWERED'
  | 'OBSTACLE_RESOLVED'
  | 'OBSTACLE_REOPENED'
  | 'OBSTACLE_WITHDRAWN'
  | 'OBSTACLE_RESPONSE_DUE';

export const REMINDER = 'remind_obstacle_responses';
const REMINDED_AT_ONCE = 100;

/** What both sides see of a shared obstacle: the copy, and the network's history of it. */
@Injectable()
export class ObstacleSharing implements OnModuleInit {
  constructor(private readonly jobs: Jobs) {}

  onModuleInit(): void {
    this.jobs.schedule(REMINDER, '5 * * * *', () => (tx) => this.remind(tx));
  }

  /** The copy begins now: version 1, its own dates, and the first event that anybody but the owner can see. */
  share(tx: Tx, entry: Content, funderId: string, { responseDays, timeZone }: ResponseTerms): void {
    const { id, organizationId, agreementId, code, otherCodes, beganMonth, text } = entry;
    const { delayDays, costMinor, costCurrency, hoursLost } = entry;
    insertRow(tx, SharedRow, {
      id,
      funderId,
      organizationId,
      agreementId,
      state: 'OPEN',
      code,
      otherCodes,
      beganMonth,
      text,
      delayDays,
      costMinor,
      costCurrency,
      hoursLost,
      responseDays,
      timeZone,
      ...responseDuty({ responseDays, timeZone }, tx.now),
      sharedAt: tx.now,
      updatedAt: tx.now,
    });
    this.announce(tx, { id, funderId, organizationId }, 'OBSTACLE_SHARED');
  }

  /** A step of its life after sharing, told to funder, grantee and steward. */
  step(tx: Tx, old: SharedRow, state: ObstacleState, type: SharedEvent, changes: Partial<SharedRow> = {}): number {
    const version = old.version + 1;
    updateRow(tx, SharedRow, { ...changes, id: old.id, state, version, updatedAt: tx.now });
    this.announce(tx, old, type);
    return version;
  }

  /** A new duty to answer; what was answered before is kept. */
  reopened(old: SharedRow, now: Date): Partial<SharedRow> {
    const { answer, answeredAt, acknowledgedAt, changeBy } = old;
    const earlier =
      answer === null || answeredAt === null
        ? []
        : [
            {
              answer,
              changeBy,
              acknowledgedAt: acknowledgedAt?.toISOString() ?? null,
              answeredAt: answeredAt.toISOString(),
            },
          ];
    return {
      ...responseDuty(old, now),
      earlierAnswers: [...old.earlierAnswers, ...earlier],
      acknowledgedAt: null,
      answer: null,
      changeBy: null,
      answeredAt: null,
      resolvedAt: null,
      remindedAt: null,
    };
  }

  /** Nothing of what the grantee wrote stays in the copy. */
  withdrawn(now: Date): Partial<SharedRow> {
    return {
      withdrawnAt: now,
      agreementId: null,
      code: null,
      otherCodes: [],
      beganMonth: null,
      text: null,
      delayDays: null,
      costMinor: null,
      costCurrency: null,
      hoursLost: null,
    };
  }

  /** Once for each duty, gently, and seen by the grantee who waits. Repeated until there are no more. */
  private async remind(tx: Tx): Promise<boolean> {
    const due = await takeUnreminded(tx, remindedUntil(tx.now), REMINDED_AT_ONCE);
    for (const parties of due) this.announce(tx, parties, 'OBSTACLE_RESPONSE_DUE');
    return due.length === REMINDED_AT_ONCE;
  }

  private announce(tx: Tx, { id, funderId, organizationId }: Parties, type: SharedEvent): void {
    const parties = { funderId, granteeId: organizationId, forSteward: true };
    appendEvent(tx, { type, subjectType: 'OBSTACLE', subjectId: id, ...parties });
  }
}

type Parties = Pick<SharedRow, 'id' | 'funderId' | 'organizationId'>;
export type Content = Pick<
  EntryRow,
  | 'id'
  | 'organizationId'
  | 'agreementId'
  | 'code'
  | 'otherCodes'
  | 'beganMonth'
  | 'text'
  | 'delayDays'
  | 'costMinor'
  | 'costCurrency'
  | 'hoursLost'
>;
