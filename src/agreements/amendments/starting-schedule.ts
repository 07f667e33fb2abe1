import type { Tx } from '../../platform/db/transaction.js';
import type { AgreementRow } from '../agreement.entity.js';
import type { AgreementRevision } from '../terms/revisions.store.js';
import { findRevision } from '../terms/revisions.store.js';
import type { Terms } from '../terms/terms.rules.js';
import { termsOf } from '../terms/terms.rules.js';
import type { Schedule } from './amended-schedule.rules.js';
import { amendedTerms } from './amended-schedule.rules.js';
import { changeOf, startOfDay } from './amendment.rules.js';
import { findWaiting, readSchedule } from './amendments.store.js';
import { stepsUntil } from './waiting-amendments.rules.js';

export interface Start {
  readonly revision: AgreementRevision;
  readonly terms: Terms;
  readonly schedule: Schedule;
}

/**
 * What an amendment starts from: the terms as they will be on its own day, with all in effect that was agreed for days
 * until then; or the terms of now, when it has no day or that day has come.
 */
export async function readStart(tx: Tx, agreement: AgreementRow, effectiveOn: string | null): Promise<Start> {
  const timeZone = agreement.timeZone!;
  const revision = (await findRevision(tx, agreement.id, agreement.revision))!;
  const day = effectiveOn === null ? tx.now : startOfDay(effectiveOn, timeZone);
  const waiting = day > tx.now ? await findWaiting(tx, agreement.id) : [];
  const schedule = await readSchedule(tx, agreement);
  // Money that is on its way now will have come by then, or not.
  return stepsUntil(schedule, waiting, day, timeZone, { isMoneyAwaited: false }).reduce<Start>(
    (start, { amendment, before, after }) => ({
      ...start,
      terms: amendedTerms(start.terms, before, after, changeOf(amendment.change)),
      schedule: after,
    }),
    { revision, terms: termsOf(revision.terms), schedule },
  );
}
