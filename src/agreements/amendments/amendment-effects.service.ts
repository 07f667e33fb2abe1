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
import { amended, amendedTerms, hasMoneyInFlight } from './amended-schedule.rules.js';
import { changeOf, takesEffectAtOnce } from './amendment.rules.js';
import { AmendmentRow } from './amendment.entity.js';
import type { Amendment } from './amendments.store.js';
import * as store from './amendments.store.js';

type Told = Pick<Amendment, 'id' | 'funderId' | 'granteeId' | 'fiscalSponsorId' | 'newSponsorId' | 'baseRevision'>;

/** Makes an accepted amendment the terms in force: at acceptance, or once its day has come. */
@Injectable()
export class AmendmentEffects {
  /**
   * The locked agreement as it is today: if the day of an accepted amendment has come, it takes effect before anything
   * else is decided. A release waits for money in flight. Its state is that of the rule: what is over is complete,
   * whether or not the job has written it.
   */
  async bringUpToDate(tx: Tx, agreement: AgreementRow): Promise<AgreementRow> {
    const today = await this.amendedByToday(tx, agreement);
    return { ...today, state: stateAt(today, tx.now) };
  }

  private async amendedByToday(tx: Tx, agreement: AgreementRow): Promise<AgreementRow> {
    if (agreement.amendsAt === null || agreement.amendsAt > tx.now || agreement.state !== 'ACTIVE') return agreement;
    const amendment = await store.findWaiting(tx, agreement.id);
    if (!amendment) return agreement;
    if (amendment.kind === 'RELEASE' && hasMoneyInFlight(await store.readSchedule(tx, agreement))) return agreement;
    return this.takeEffect(tx, agreement, amendment);
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
      // What the funder does at once leaves alone what both agreed for a later day.
      amendsAt: takesEffectAtOnce(amendment.kind, amendment.proposedBy) ? agreement.amendsAt : null,
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
    store.markOthersStale(tx, amendment);
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
