import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor.js';
import { updateRow } from '../../platform/db/columns.js';
import { expectVersion } from '../../platform/db/expect-version.js';
import type { Tx } from '../../platform/db/transaction.js';
import { actionNotAllowed, notFound, refuse } from '../../platform/errors/refusal.js';
import type { Answer, Outcome } from '../../platform/idempotency/mutations.service.js';
import { Mutations } from '../../platform/idempotency/mutations.service.js';
import { addJob } from '../../platform/jobs/add-job.js';
import { AgreementRow } from '../agreement.entity.js';
import { lockAgreement } from '../agreements.store.js';
import { hasMoneyInFlight } from './amended-schedule.rules.js';
import { AmendmentEffects } from './amendment-effects.service.js';
import { AmendmentReader } from './amendment-reader.service.js';
import { AmendmentRow } from './amendment.entity.js';
import type { AmendmentAction, AmendmentState } from './amendment.lifecycle.js';
import { decideAmendment } from './amendment.lifecycle.js';
import * as rules from './amendment.rules.js';
import type { AcceptAmendmentInput, AmendmentChangeInput } from './amendments.inputs.js';
import type { Amendment } from './amendments.store.js';
import * as store from './amendments.store.js';
import type { ConsentParty } from './consent.rules.js';
import { consentPartyOf, stillNeeded, waitsForNewSponsor } from './consent.rules.js';
import { readStart } from './starting-schedule.js';

interface Scene {
  readonly amendment: Amendment;
  readonly party: ConsentParty;
  readonly to: AmendmentState;
  /** Null for the new sponsor: the agreement is not its own yet. */
  readonly agreement: AgreementRow | null;
}

/** What becomes of a proposal: it takes effect when the last has agreed whose consent it takes. */
@Injectable()
export class AmendmentAnswers {
  constructor(
    private readonly mutations: Mutations,
    private readonly effects: AmendmentEffects,
    private readonly reader: AmendmentReader,
  ) {}

  accept(actor: Actor, input: AcceptAmendmentInput): Promise<Answer> {
    return this.mutations.run(actor, 'acceptAmendment', input, async (tx) => {
      const scene = await this.begin(tx, 'ACCEPT', input);
      const { agreement, amendment, party } = scene;
      if (amendment.agreedBy.includes(party)) throw refuse('ALREADY_AGREED', { path: ['id'] });
      refuseStale(amendment, agreement?.revision ?? amendment.baseRevision);
      if (agreement && agreement.state !== 'ACTIVE') throw actionNotAllowed('ACCEPT', agreement.state, 'id');
      if (waitsForNewSponsor(amendment, party)) throw refuse('NEW_SPONSOR_FIRST', { path: ['id'] });
      const agreed = {
        agreedBy: [...amendment.agreedBy, party],
        noticeWaived: amendment.noticeWaived || (party === 'GRANTEE' && input.waiveNotice === true),
      };
      // Only the grantee can waive the notice: a sponsor that answers before it leaves that open.
      if (party !== 'SPONSOR') refuseShort(amendment, agreed.noticeWaived);
      if (agreement && stillNeeded({ ...amendment, ...agreed }).length === 0) {
        return this.conclude(tx, agreement, { ...amendment, ...agreed });
      }
      this.effects.tell(tx, amendment, 'AMENDMENT_AGREED');
      return change(tx, amendment, agreed);
    });
  }

  decline(actor: Actor, input: AmendmentChangeInput): Promise<Answer> {
    return this.mutations.run(actor, 'declineAmendment', input, async (tx) =>
      this.end(tx, await this.begin(tx, 'DECLINE', input)),
    );
  }

  /** A proposal by its proposer; what was agreed for a later day by the funder, until that day. */
  withdraw(actor: Actor, input: AmendmentChangeInput): Promise<Answer> {
    return this.mutations.run(actor, 'withdrawAmendment', input, async (tx) => {
      const scene = await this.begin(tx, 'WITHDRAW', input);
      const { agreement, amendment } = scene;
      if (amendment.state === 'PROPOSED' || agreement === null) return this.end(tx, scene);
      await this.effects.withdraw(tx, agreement, amendment);
      return { id: amendment.id, version: amendment.version + 1 };
    });
  }

  /** All have agreed: it takes effect on its day, or now when that has come. */
  private async conclude(tx: Tx, agreement: AgreementRow, amendment: Amendment): Promise<Outcome> {
    const { kind, effectiveOn, agreedBy, noticeWaived } = amendment;
    const { schedule } = await readStart(tx, agreement, effectiveOn);
    if (schedule.state !== 'ACTIVE') throw actionNotAllowed('ACCEPT', schedule.state, 'id');
    this.reader.refuseUnfit(agreement, schedule, kind, rules.changeOf(amendment.change));
    const day = effectiveOn === null ? tx.now : rules.startOfDay(effectiveOn, agreement.timeZone!);
    const isDue = day <= tx.now;
    if (isDue && rules.waitsForMoney(kind) && hasMoneyInFlight(schedule))
      throw refuse('MONEY_IN_FLIGHT', { path: ['id'] });
    const takesEffectAt = isDue ? tx.now : day;
    const changes = { state: 'ACCEPTED' as const, decidedAt: tx.now, takesEffectAt, agreedBy, noticeWaived };
    const outcome = change(tx, amendment, changes);
    this.effects.tell(tx, amendment, 'AMENDMENT_ACCEPTED');
    if (isDue) {
      await this.effects.takeEffect(tx, agreement, { ...amendment, ...changes });
    } else {
      const { id, version, amendsAt: first } = agreement;
      const amendsAt = first !== null && first < takesEffectAt ? first : takesEffectAt;
      updateRow(tx, AgreementRow, { id, amendsAt, version: version + 1, updatedAt: tx.now });
      addJob(tx, 'take_amendment_effect', agreement.id, takesEffectAt);
    }
    return outcome;
  }

  private end(tx: Tx, { amendment, to }: Scene): Outcome {
    this.effects.tell(tx, amendment, `AMENDMENT_${to}`);
    return change(tx, amendment, { state: to, decidedAt: tx.now });
  }

  /**
   * The amendment locked, after its agreement where the caller has that, so that nobody changes either meanwhile. Whoever
   * accepts a proposal does so of the agreement as it is today.
   */
  private async begin(tx: Tx, command: AmendmentAction, input: AmendmentChangeInput): Promise<Scene> {
    const found = await store.findAmendment(tx, input.id);
    const isAsked = found !== null && consentPartyOf(found, tx.actor) === 'NEW_SPONSOR';
    const locked = found && !isAsked ? await lockAgreement(tx, found.agreementId) : null;
    const isAccepted = command === 'ACCEPT' && found?.state === 'PROPOSED';
    const agreement = locked && isAccepted ? await this.effects.bringUpToDate(tx, locked) : locked;
    const amendment = isAsked || agreement ? await store.lockAmendment(tx, input.id) : null;
    const party = amendment && consentPartyOf(amendment, tx.actor);
    if (!amendment || !party) throw notFound('id');
    expectVersion(amendment, input.expectedVersion);
    const to = decideAmendment(amendment, command, party, tx.now);
    if (to === null) throw actionNotAllowed(command, amendment.state, 'id');
    return { agreement, amendment, party, to };
  }
}

function refuseShort({ effectiveOn, noticeUntil }: Amendment, isWaived: boolean): void {
  if (effectiveOn === null || noticeUntil === null) return;
  if (rules.isNoticeKept({ effectiveOn, noticeUntil, isWaived })) return;
  throw refuse('NOTICE_TOO_SHORT', { path: ['waiveNotice'], parameters: { earliest: noticeUntil } });
}

function refuseStale({ staleAt, baseRevision }: Amendment, current: number): void {
  if (staleAt === null) return;
  throw refuse('AMENDMENT_STALE', { path: ['id'], parameters: { base: baseRevision, current } });
}

function change(tx: Tx, { id, version }: Amendment, changes: Partial<Amendment>): Outcome {
  updateRow(tx, AmendmentRow, { id, ...changes, version: version + 1 });
  return { id, version: version + 1 };
}
