import { Injectable } from '@nestjs/common';
import { pagesBelow } from '../../agreements/pages-below.loaders.js';
import type { Actor } from '../../platform/access/actor.js';
import { organizationOf } from '../../platform/access/actor.js';
import { filteredId } from '../../platform/api/filtered-id.js';
import type { Page, PageArguments } from '../../platform/api/page.js';
import { readPage } from '../../platform/api/page.js';
import type { RequestContext } from '../../platform/api/request-context.js';
import { insertRow, updateRow } from '../../platform/db/columns.js';
import { CursorCipher } from '../../platform/db/cursor.service.js';
import { expectVersion } from '../../platform/db/expect-version.js';
import type { Tx } from '../../platform/db/transaction.js';
import { notFound, refuse } from '../../platform/errors/refusal.js';
import { appendEvent } from '../../platform/events/append-event.js';
import type { Answer } from '../../platform/idempotency/mutations.service.js';
import { Mutations } from '../../platform/idempotency/mutations.service.js';
import { ObstacleCodes } from '../codes/obstacle-codes.service.js';
import { monthLimits, monthOf } from '../obstacle.rules.js';
import { PracticeChangeRow } from './practice-change.entity.js';
import type {
  PracticeChangesArgs,
  PracticeChangesOfFunderArgs,
  PublishPracticeChangeInput,
  RetractPracticeChangeInput,
} from './practice-changes.inputs.js';
import type { PracticeChange, Wanted } from './practice-changes.store.js';
import { lockPracticeChange, practiceChangeList } from './practice-changes.store.js';

export type { PracticeChange };

/** A funder says in public what it changed. Nothing follows from it for any obstacle: those only their grantees resolve. */
@Injectable()
export class PracticeChanges {
  private readonly ofFunder;

  constructor(
    private readonly mutations: Mutations,
    private readonly cipher: CursorCipher,
    private readonly codes: ObstacleCodes,
  ) {
    this.ofFunder = pagesBelow<PracticeChangesOfFunderArgs, PracticeChange>(
      {
        name: 'practiceChanges.funder',
        request: ({ actor }, { filter }) => practiceChangeList(wanted(actor, filter)),
        column: () => 'c.funder_id',
      },
      cipher,
    );
  }

  list({ actor, reader }: RequestContext, { filter, ...page }: PracticeChangesArgs): Promise<Page<PracticeChange>> {
    const list = practiceChangeList(wanted(actor, filter, filteredId('funder', 'funder', filter?.funder)));
    return readPage(reader, this.cipher, { ...list, arguments: page satisfies PageArguments });
  }

  below(
    context: RequestContext,
    funderId: string,
    args: PracticeChangesOfFunderArgs,
  ): Promise<Page<PracticeChange> | null> {
    return context.load(this.ofFunder, { parentId: funderId, args });
  }

  publish(actor: Actor, input: PublishPracticeChangeInput): Promise<Answer> {
    return this.mutations.run(actor, 'publishPracticeChange', input, async (tx) => {
      const { codes, youSaid, weDid } = input;
      await this.codes.checkList(tx, codes, 'codes');
      const { least, most } = monthLimits(tx.now);
      const effectiveMonth = monthOf(input.effectiveMonth);
      if (effectiveMonth < least || effectiveMonth > most) {
        throw refuse('DATE_OUT_OF_RANGE', { path: ['effectiveMonth'], parameters: { least, most } });
      }
      const id = tx.newId();
      const funderId = organizationOf(actor);
      const publishedAt = tx.now;
      insertRow(tx, PracticeChangeRow, { id, funderId, codes, youSaid, weDid, effectiveMonth, publishedAt });
      this.announce(tx, { id, funderId }, 'PRACTICE_CHANGE_PUBLISHED');
      return { id, version: 1 };
    });
  }

  retract(actor: Actor, input: RetractPracticeChangeInput): Promise<Answer> {
    return this.mutations.run(actor, 'retractPracticeChange', input, async (tx) => {
      const change = await lockPracticeChange(tx, input.id);
      if (!change) throw notFound('id');
      if (change.retractedAt) throw refuse('PRACTICE_CHANGE_ALREADY_RETRACTED', { path: ['id'] });
      expectVersion(change, input.expectedVersion);
      const version = change.version + 1;
      updateRow(tx, PracticeChangeRow, { id: change.id, retractedAt: tx.now, version });
      this.announce(tx, change, 'PRACTICE_CHANGE_RETRACTED');
      return { id: change.id, version };
    });
  }

  private announce(tx: Tx, { id, funderId }: Pick<PracticeChange, 'id' | 'funderId'>, type: string): void {
    appendEvent(tx, {
      type,
      subjectType: 'PRACTICE_CHANGE',
      subjectId: id,
      organizationId: funderId,
      forSteward: true,
    });
  }
}

interface Asked {
  readonly code?: { readonly in: readonly string[] } | null;
  readonly state?: { readonly in: readonly string[] } | null;
}

/** Row security leaves nobody what others retracted; that the list asks only for the caller's own keeps it in an index. */
function wanted(actor: Actor, filter: Asked | null | undefined, funderId?: string | null): Wanted {
  const states = filter?.state?.in ?? ['PUBLISHED'];
  const [isPublished, isRetracted] = [states.includes('PUBLISHED'), states.includes('RETRACTED')];
  const named = funderId ? [funderId] : null;
  const own = actor.role === 'FUNDER' ? actor.organizationIds : [];
  const funderIds = isRetracted ? own.filter((id) => !named || named.includes(id)) : named;
  // What no code can look like is left out here, since not every text can be sent to the database.
  return { funderIds, codes: filter?.code?.in.filter((code) => /^[A-Z_]+$/.test(code)), isPublished, isRetracted };
}
