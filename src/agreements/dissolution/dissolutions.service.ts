import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor.js';
import { SYSTEM_ACTOR } from '../../platform/access/actor.js';
import { insertRow, updateRow } from '../../platform/db/columns.js';
import { Database } from '../../platform/db/database.service.js';
import { expectVersion } from '../../platform/db/expect-version.js';
import type { Tx } from '../../platform/db/transaction.js';
import { actionNotAllowed, notFound, refuse } from '../../platform/errors/refusal.js';
import type { Answer, Outcome } from '../../platform/idempotency/mutations.service.js';
import { Mutations } from '../../platform/idempotency/mutations.service.js';
import { AgreementRow } from '../agreement.entity.js';
import type { AgreementCommand } from '../agreement.lifecycle.js';
import { decide } from '../agreement.lifecycle.js';
import { AgreementsService, notPossible } from '../agreements.service.js';
import { lockAgreement } from '../agreements.store.js';
import { AmendmentEffects } from '../amendments/amendment-effects.service.js';
import { markOthersStale, readSchedule, writeSchedule } from '../amendments/amendments.store.js';
import { takeAmendmentEffect } from '../amendments/take-amendment-effect.job.js';
import { stateAt } from '../completion/completion.rules.js';
import { dayIn, endOfDuty } from '../due-day.rules.js';
import { DissolutionRow } from './dissolution.entity.js';
import type { DissolutionCommand, DissolutionState } from './dissolution.lifecycle.js';
import { decideDissolution } from './dissolution.lifecycle.js';
import { dissolved, earliestDay, hasUnansweredMoney } from './dissolution.rules.js';
import type {
  AnnounceDissolutionInput,
  RecordDissolutionInput,
  WithdrawDissolutionInput,
} from './dissolutions.inputs.js';
import type { Dissolution } from './dissolutions.store.js';
import { findAnnounced, findDissolution } from './dissolutions.store.js';

interface Scene {
  readonly agreement: AgreementRow;
  readonly dissolution: Dissolution;
  readonly to: DissolutionState;
}

/** The one end that nobody agrees to, because there is nobody left who could. */
@Injectable()
export class Dissolutions {
  constructor(
    private readonly mutations: Mutations,
    private readonly database: Database,
    private readonly agreements: AgreementsService,
    private readonly effects: AmendmentEffects,
  ) {}

  announce(actor: Actor, input: AnnounceDissolutionInput): Promise<Answer> {
    return this.mutations.run(actor, 'announceDissolution', input, async (tx) => {
      const agreement = await lockAgreement(tx, input.agreementId);
      if (!agreement) throw notFound('agreementId');
      refuseUntimely(tx, agreement, 'ANNOUNCE_DISSOLUTION', 'agreementId');
      const open = await findAnnounced(tx, agreement.id);
      if (open)
        throw refuse('DISSOLUTION_ANNOUNCED', { path: ['agreementId'], parameters: { earliest: open.earliestOn } });
      const id = tx.newId();
      const announcedOn = dayIn(agreement.timeZone!, tx.now);
      insertRow(tx, DissolutionRow, {
        id,
        agreementId: agreement.id,
        funderId: agreement.funderId,
        granteeId: agreement.granteeId,
        ceased: input.ceased,
        legalBasis: input.legalBasis,
        state: 'ANNOUNCED',
        announcedAt: tx.now,
        announcedOn,
        earliestOn: earliestDay(announcedOn),
        version: 1,
      });
      this.tell(tx, agreement, id, 'DISSOLUTION_ANNOUNCED');
      return { id, version: 1 };
    });
  }

  async record(actor: Actor, input: RecordDissolutionInput): Promise<Answer> {
    await this.writeWhatIsDue(actor, input.id);
    return this.mutations.run(actor, 'recordDissolution', input, async (tx) => {
      const { agreement, dissolution, to } = await this.begin(tx, 'RECORD', input);
      refuseUntimely(tx, agreement, 'DISSOLVE', 'id');
      const timeZone = agreement.timeZone!;
      const recordedOn = dayIn(timeZone, tx.now);
      const { earliestOn } = dissolution;
      if (recordedOn < earliestOn) {
        throw refuse('DISSOLUTION_TOO_EARLY', { path: ['id'], parameters: { earliest: earliestOn } });
      }
      const before = await readSchedule(tx, agreement);
      if (hasUnansweredMoney(before)) throw refuse('MONEY_IN_FLIGHT', { path: ['id'] });
      const after = dissolved(before, recordedOn);
      const { id, version } = agreement;
      const { state, committedMinor } = after;
      const ended = { state, committedMinor, amendsAt: null, endedAt: tx.now, version: version + 1, updatedAt: tx.now };
      // It ends first: the steward's role may write nothing of an agreement that goes on, not even what follows from rows.
      updateRow(tx, AgreementRow, { id, ...ended });
      writeSchedule(tx, agreement, before, after, recordedOn, (day) => endOfDuty(day, timeZone, agreement.acceptedAt!));
      markOthersStale(tx, dissolution);
      await this.effects.lapseAll(tx, id);
      this.tell(tx, agreement, dissolution.id, 'DISSOLUTION_RECORDED');
      this.agreements.announce(tx, agreement, { type: 'AGREEMENT_RELEASED' });
      return change(tx, dissolution, { state: to, decidedAt: tx.now, recordedOn });
    });
  }

  withdraw(actor: Actor, input: WithdrawDissolutionInput): Promise<Answer> {
    return this.mutations.run(actor, 'withdrawDissolution', input, async (tx) => {
      const { agreement, dissolution, to } = await this.begin(tx, 'WITHDRAW', input);
      this.tell(tx, agreement, dissolution.id, 'DISSOLUTION_WITHDRAWN');
      return change(tx, dissolution, { state: to, decidedAt: tx.now });
    });
  }

  /** An amendment whose day has come takes effect first, as its job would do it: the steward has no right to. */
  private async writeWhatIsDue(actor: Actor, id: string): Promise<void> {
    const found = await this.database.write(actor, (tx) => findDissolution(tx, id));
    if (found)
      await this.database.write(SYSTEM_ACTOR, (tx) => takeAmendmentEffect(this.effects)(tx, found.agreementId));
  }

  private async begin(
    tx: Tx,
    command: DissolutionCommand,
    input: RecordDissolutionInput | WithdrawDissolutionInput,
  ): Promise<Scene> {
    const found = await findDissolution(tx, input.id);
    const agreement = found && (await lockAgreement(tx, found.agreementId));
    const dissolution = agreement && (await findDissolution(tx, input.id));
    if (!dissolution) throw notFound('id');
    expectVersion(dissolution, input.expectedVersion);
    const to = decideDissolution(dissolution.state, command, tx.actor.role);
    if (to === null) {
      throw actionNotAllowed(command, dissolution.state, 'id');
    }
    return { agreement, dissolution, to };
  }

  private tell(tx: Tx, agreement: AgreementRow, id: string, type: string): void {
    this.agreements.announce(tx, agreement, { type, subject: { type: 'DISSOLUTION', id } });
  }
}

/** By the state of this moment: what is over is complete, whether or not the job has written it. */
function refuseUntimely(tx: Tx, agreement: AgreementRow, command: AgreementCommand, field: string): void {
  const state = stateAt(agreement, tx.now);
  if (!decide(state, command, 'STEWARD').allowed) throw notPossible(state, command, [field]);
}

function change(tx: Tx, { id, version }: Dissolution, changes: Partial<Dissolution>): Outcome {
  updateRow(tx, DissolutionRow, { id, ...changes, version: version + 1 });
  return { id, version: version + 1 };
}
