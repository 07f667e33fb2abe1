import { Injectable } from '@nestjs/common';
import { addYears, dayIn } from '../../agreements/due-day.rules.js';
import type { Actor } from '../../platform/access/actor.js';
import { expectVersion } from '../../platform/db/expect-version.js';
import type { Tx } from '../../platform/db/transaction.js';
import { actionNotAllowed, notFound, refuse } from '../../platform/errors/refusal.js';
import type { Answer } from '../../platform/idempotency/mutations.service.js';
import { Mutations } from '../../platform/idempotency/mutations.service.js';
import type { ObstacleState } from '../obstacle.lifecycle.js';
import { decide } from '../obstacle.lifecycle.js';
import type { AcknowledgeObstacleInput, RespondToObstacleInput } from './obstacle-responses.inputs.js';
import { ObstacleSharing } from './obstacle-sharing.service.js';
import type { SharedRow } from './shared-obstacle.entity.js';
import { lockShared } from './shared.store.js';

const MOST_YEARS_AHEAD = 5;

/** The funder's side: it reads and answers its copy, and never reaches the log. */
@Injectable()
export class ObstacleResponses {
  constructor(
    private readonly mutations: Mutations,
    private readonly sharing: ObstacleSharing,
  ) {}

  acknowledge(actor: Actor, input: AcknowledgeObstacleInput): Promise<Answer> {
    return this.mutations.run(actor, 'acknowledgeObstacle', input, async (tx) => {
      const [copy, to] = await this.lock(tx, input, 'ACKNOWLEDGE');
      const version = this.sharing.step(tx, copy, to, 'OBSTACLE_ACKNOWLEDGED', { acknowledgedAt: tx.now });
      return { id: copy.id, version };
    });
  }

  /** An answer implies having read it. */
  respond(actor: Actor, input: RespondToObstacleInput): Promise<Answer> {
    return this.mutations.run(actor, 'respondToObstacle', input, async (tx) => {
      const [copy, to] = await this.lock(tx, input, 'RESPOND');
      const changeBy = input.changeBy ?? null;
      this.checkChangeBy(copy, changeBy, tx.now);
      const version = this.sharing.step(tx, copy, to, 'OBSTACLE_ANSWERED', {
        acknowledgedAt: copy.acknowledgedAt ?? tx.now,
        answer: input.text,
        changeBy,
        answeredAt: tx.now,
      });
      return { id: copy.id, version };
    });
  }

  private async lock(
    tx: Tx,
    { id, expectedVersion }: AcknowledgeObstacleInput,
    command: 'ACKNOWLEDGE' | 'RESPOND',
  ): Promise<[SharedRow, ObstacleState]> {
    const copy = await lockShared(tx, id);
    if (!copy) throw notFound('id');
    expectVersion(copy, expectedVersion);
    const to = decide(copy.state, 'SHARED', command);
    if (to === null) {
      throw actionNotAllowed(command, copy.state, 'id');
    }
    return [copy, to];
  }

  private checkChangeBy({ sharedAt, timeZone }: SharedRow, changeBy: string | null, now: Date): void {
    const least = dayIn(timeZone, sharedAt);
    const most = addYears(dayIn(timeZone, now), MOST_YEARS_AHEAD);
    if (changeBy !== null && (changeBy < least || changeBy > most)) {
      throw refuse('DATE_OUT_OF_RANGE', { path: ['changeBy'], parameters: { least, most } });
    }
  }
}
