import { Injectable } from '@nestjs/common';
import { updateRow } from '../../platform/db/columns.js';
import type { Tx } from '../../platform/db/transaction.js';
import { appendEvent } from '../../platform/events/append-event.js';
import { AgreementRow } from '../agreement.entity.js';
import { stateAt } from '../completion/completion.rules.js';
import { dayIn, endOfDuty } from '../due-day.rules.js';
import { nextDueOn } from '../payments/lateness.rules.js';
import { keepLateness } from '../payments/lateness.store.js';
import { termsDocument } from '../terms/revisions.loaders.js';
import { findRevision } from '../terms/revisions.store.js';
import { renderAgreed } from '../terms/terms-text.rules.js';
import { termsOf } from '../terms/terms.rules.js';
import { amended, amendedTerms } from './amended-schedule.rules.js';
import { changeOf } from './amendment.rules.js';
import { AmendmentRow } from './amendment.entity.js';
import type { Amendment } from './amendments.store.js';
import * as store from './amendments.store.js';
import type { LapseReason } from './waiting-amendments.rules.js';
import { effectOf } from './waiting-amendments.rules.js';

type Told = Pick<Amendment, 'id' | 'funderId' | 'granteeId' | 'fiscalSponsorId' | 'newSponsorId' | 'baseRevision'>;

/** Makes an accepted amendment the terms in force: at acceptance, or once its day has come. */
@Injectable()
export class AmendmentEffects {
  /**
   * The locked agreement as it is today: accepted amendments whose day has come take effect, one after the other, before
   * anything else is decided. An early end waits for money in flight, and those after it wait with it. Its state is that
   * of the rule: what is over is complete, whether or not the job has written it.
   */
  async bringUpToDate(tx: Tx, agreement: AgreementRow): Promise<AgreementRow> {
    const today = await this.amendedByToday(tx, agreement);
    return { ...today, state: stateAt(today, tx.now) };
  }

  private async amendedByToday(tx: Tx, agreement: AgreementRow): Promise<AgreementRow> {
    if (agreement.amendsAt === null || agreement.amendsAt > tx.now) return agreement;
    let today = agreement;
    for (const amendment of await store.findWaiting(tx, agreement.id)) {
      if (today.state === 'RELEASED' || amendment.takesEffectAt! > tx.now) break;
      if (today.state === 'COMPLETED') {
        today = await this.lapse(tx, today, amendment, 'AGREEMENT_COMPLETED');
        continue;
      }
      const effect = effectOf(await store.readSchedule(tx, today), amendment, today.timeZone!);
      if (effect.is === 'BLOCKED') break;
      today =
        effect.is === 'DONE'
          ? await this.takeEffect(tx, today, amendment)
          : await this.lapse(tx, today, amendment, effect.because);
    }
    return today;
  }

  /** An accepted amendment will not take effect: the locked agreement waits for the others only. */
  async withdraw(tx: Tx, agreement: AgreementRow, amendment: Amendment): Promise<AgreementRow> {
    this.end(tx, amendment, { state: 'WITHDRAWN' });
    return this.waitForOthers(tx, agreement, amendment);
  }

  /** Those that waited for a day after the agreement ended have nothing left to change. */
  async lapseAll(tx: Tx, agreementId: string): Promise<void> {
    for (const amendment of await store.findWaiting(tx, agreementId))
      this.endAsLapsed(tx, amendment, 'AGREEMENT_ENDED');
  }

  private async lapse(
    tx: Tx,
    agreement: AgreementRow,
    amendment: Amendment,
    because: LapseReason,
  ): Promise<AgreementRow> {
    this.endAsLapsed(tx, amendment, because);
    return this.waitForOthers(tx, agreement, amendment);
  }

  private endAsLapsed(tx: Tx, amendment: Amendment, lapsedBecause: LapseReason): void {
    this.end(tx, amendment, { state: 'LAPSED', lapsedBecause });
  }

  private end(tx: Tx, amendment: Amendment, changes: Pick<Partial<Amendment>, 'state' | 'lapsedBecause'>): void {
    const { id, version } = amendment;
    updateRow(tx, AmendmentRow, { id, ...changes, endedAt: tx.now, version: version + 1 });
    store.markLaterStale(tx, amendment);
    this.tell(tx, amendment, `AMENDMENT_${changes.state}`);
  }

  private async waitForOthers(tx: Tx, agreement: AgreementRow, { id }: Amendment): Promise<AgreementRow> {
    const amendsAt = await this.nextDay(tx, agreement, id);
    const changes = { amendsAt, version: agreement.version + 1, updatedAt: tx.now };
    updateRow(tx, AgreementRow, { id: agreement.id, ...changes });
    return { ...agreement, ...changes };
  }

  /** When the first of the other accepted amendments takes effect. */
  private async nextDay(tx: Tx, { id }: AgreementRow, except: string): Promise<Date | null> {
    const others = (await store.findWaiting(tx, id)).filter((other) => other.id !== except);
    return others[0]?.takesEffectAt ?? null;
  }

  /** All who have a part in it hear of it; the sponsor that is asked in a feed entry of its own. */
  tell(tx: Tx, amendment: Told, type: string, revision = amendment.baseRevision): void {
    const { id, funderId, granteeId, fiscalSponsorId, newSponsorId } = amendment;
    const about = { type, subjectType: 'AMENDMENT' as const, subjectId: id, revision };
    appendEvent(tx, { ...about, funderId, granteeId, sponsorId: fiscalSponsorId, forSteward: true });
    if (newSponsorId !== null) appendEvent(tx, { ...about, sponsorId: newSponsorId, forSteward: false });
  }

  /** The next revision, with the installments and reports it implies. */
  async takeEffect(tx: Tx, agreement: AgreementRow, amendment: Amendment): Promise<AgreementRow> {
    const { id, funderId, granteeId } = agreement;
    const change = changeOf(amendment.change);
    const timeZone = agreement.timeZone!;
    const current = await findRevision(tx, id, agreement.revision);
    const before = await store.readSchedule(tx, agreement);
    const today = dayIn(timeZone, amendment.takesEffectAt!);
    const after = amended(before, amendment.kind, change, today);
    const number = agreement.revision + 1;
    const terms = amendedTerms(termsOf(current!.terms), before, after, change);
    const changes = {
      state: after.state,
      fiscalSponsorId: amendment.newSponsorId ?? agreement.fiscalSponsorId,
      committedMinor: after.committedMinor,
      endsOn: after.endsOn,
      revision: number,
      // What was agreed for later days still waits, unless the agreement ends.
      amendsAt: after.state === 'RELEASED' ? null : await this.nextDay(tx, agreement, amendment.id),
      endedAt: after.state === 'RELEASED' ? tx.now : null,
      version: agreement.version + 1,
      updatedAt: tx.now,
    };
    updateRow(tx, AgreementRow, { id, ...changes });
    // Before the rows: the database asks the amendment of the revision since when its terms count.
    updateRow(tx, AmendmentRow, { id: amendment.id, revision: number });
    store.writeSchedule(tx, agreement, before, after, today, (day) => endOfDuty(day, timeZone, agreement.acceptedAt!));
    await keepLateness(tx, agreement);
    // Called what they were when they agreed, so that no other name gets into what is in force.
    const names = current!.agreedNames;
    const text = names && renderAgreed(termsDocument({ agreementId: id, number }, terms, names));
    store.writeAmendedRevision(tx, agreement, { number, terms, acceptedAt: amendment.decidedAt!, names, text });
    const hasWaited = amendment.takesEffectAt! > amendment.decidedAt!;
    if (hasWaited && after.state === 'ACTIVE') store.markEarlierStale(tx, amendment);
    else store.markOthersStale(tx, amendment);
    if (after.state === 'RELEASED') await this.lapseAll(tx, id);
    const about = {
      subjectType: 'AGREEMENT' as const,
      subjectId: id,
      revision: number,
      funderId,
      granteeId,
      sponsorId: changes.fiscalSponsorId,
      forSteward: true,
    };
    appendEvent(tx, { type: 'AGREEMENT_AMENDED', ...about });
    if (changes.fiscalSponsorId !== agreement.fiscalSponsorId) {
      // The last that the former sponsor hears.
      const ended = { subjectType: 'AGREEMENT' as const, subjectId: id, sponsorId: agreement.fiscalSponsorId };
      appendEvent(tx, { type: 'SPONSORSHIP_ENDED', ...ended, forSteward: false });
    }
    if (after.state === 'RELEASED') appendEvent(tx, { type: 'AGREEMENT_RELEASED', ...about });
    return { ...agreement, ...changes, nextDueOn: nextDueOn(after.installments) };
  }
}
