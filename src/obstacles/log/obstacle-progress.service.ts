import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor.js';
import { updateRow } from '../../platform/db/columns.js';
import { expectVersion } from '../../platform/db/expect-version.js';
import type { Tx } from '../../platform/db/transaction.js';
import { actionNotAllowed, notFound } from '../../platform/errors/refusal.js';
import type { Answer, Outcome } from '../../platform/idempotency/mutations.service.js';
import { Mutations } from '../../platform/idempotency/mutations.service.js';
import type { ObstacleCommand, ObstacleState } from '../obstacle.lifecycle.js';
import { decide } from '../obstacle.lifecycle.js';
import type { SharedEvent } from '../sharing/obstacle-sharing.service.js';
import { ObstacleSharing } from '../sharing/obstacle-sharing.service.js';
import type { SharedRow } from '../sharing/shared-obstacle.entity.js';
import { lockShared } from '../sharing/shared.store.js';
import { lockEntry, nextInStream } from './entries.store.js';
import { EntryRow } from './entry.entity.js';
import { ObstacleEntries } from './obstacle-entries.service.js';
import type { ReopenObstacleInput, ResolveObstacleInput, WithdrawObstacleInput } from './obstacle-log.inputs.js';
import { OUTCOMES } from './obstacle-log.service.js';

interface Step {
  readonly command: ObstacleCommand;
  readonly type: SharedEvent;
  /** What it changes in a hidden entry, and in the copy of a shared one. */
  readonly hidden: (now: Date) => Partial<EntryRow>;
  readonly shared: (old: SharedRow, now: Date) => Partial<SharedRow>;
}

/** The owner's own steps after logging. A hidden entry changes in the log; a shared one in the copy, for all to see. */
@Injectable()
export class ObstacleProgress {
  constructor(
    private readonly mutations: Mutations,
    private readonly entries: ObstacleEntries,
    private readonly sharing: ObstacleSharing,
  ) {}

  resolve(actor: Actor, input: ResolveObstacleInput): Promise<Answer> {
    const resolved = (now: Date): { resolvedAt: Date } => ({ resolvedAt: now });
    return this.take(actor, 'resolveObstacle', input, {
      command: 'RESOLVE',
      type: 'OBSTACLE_RESOLVED',
      hidden: resolved,
      shared: (_, now) => resolved(now),
    });
  }

  reopen(actor: Actor, input: ReopenObstacleInput): Promise<Answer> {
    return this.take(actor, 'reopenObstacle', input, {
      command: 'REOPEN',
      type: 'OBSTACLE_REOPENED',
      hidden: () => ({ resolvedAt: null }),
      shared: (old, now) => this.sharing.reopened(old, now),
    });
  }

  withdraw(actor: Actor, input: WithdrawObstacleInput): Promise<Answer> {
    return this.take(actor, 'withdrawObstacle', input, {
      command: 'WITHDRAW',
      type: 'OBSTACLE_WITHDRAWN',
      hidden: (now) => ({ withdrawnAt: now }),
      shared: (_, now) => this.sharing.withdrawn(now),
    });
  }

  private take(actor: Actor, operation: string, input: ResolveObstacleInput, step: Step): Promise<Answer> {
    const work = async (tx: Tx): Promise<Outcome> => {
      const entry = await lockEntry(tx, input.id);
      if (!entry) throw notFound('id');
      const copy = entry.tier === 'SHARED' ? await lockShared(tx, entry.id) : null;
      const version = entry.version + (copy ? copy.version - 1 : 0);
      expectVersion({ version }, input.expectedVersion);
      const to = this.next(copy?.state ?? entry.state, entry, step.command);
      if (copy) {
        this.sharing.step(tx, copy, to, step.type, step.shared(copy, tx.now));
      } else {
        const place = await nextInStream(tx, entry);
        const changes = step.hidden(tx.now);
        updateRow(tx, EntryRow, { ...changes, id: entry.id, state: to, version: version + 1, updatedAt: tx.now });
        this.entries.note(tx, step.type, place, entry);
      }
      return { id: entry.id, version: version + 1 };
    };
    return this.mutations.run(actor, operation, input, work, OUTCOMES);
  }

  private next(state: ObstacleState, { tier }: EntryRow, command: ObstacleCommand): ObstacleState {
    const to = decide(state, tier, command);
    if (to === null) throw actionNotAllowed(command, state, 'id');
    return to;
  }
}
