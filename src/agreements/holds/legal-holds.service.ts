import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor.js';
import { insertRow, updateRow } from '../../platform/db/columns.js';
import { expectVersion } from '../../platform/db/expect-version.js';
import { actionNotAllowed, notFound, refuse } from '../../platform/errors/refusal.js';
import type { Answer } from '../../platform/idempotency/mutations.service.js';
import { Mutations } from '../../platform/idempotency/mutations.service.js';
import { AgreementsService } from '../agreements.service.js';
import { lockAgreement } from '../agreements.store.js';
import { dayIn } from '../due-day.rules.js';
import { keepLateness } from '../payments/lateness.store.js';
import { findInstallment } from '../payments/payments.store.js';
import { LegalHoldRow } from './legal-hold.entity.js';
import type { LiftLegalHoldInput, PlaceLegalHoldInput } from './legal-holds.inputs.js';
import { findHold, findOpenHold } from './legal-holds.store.js';

/** The law keeps a payment back: for the grounds there are, from now on, and with its basis in words. */
@Injectable()
export class LegalHolds {
  constructor(
    private readonly mutations: Mutations,
    private readonly agreements: AgreementsService,
  ) {}

  place(actor: Actor, input: PlaceLegalHoldInput): Promise<Answer> {
    return this.mutations.run(actor, 'placeLegalHold', input, async (tx) => {
      const found = await findInstallment(tx, input.installmentId);
      if (!found) throw notFound('installmentId');
      const { agreement } = await this.agreements.step(tx, 'PLACE_LEGAL_HOLD', found.agreementId);
      const { state } = (await findInstallment(tx, found.id))!;
      if (state === 'RECEIVED' || state === 'RELEASED') {
        throw actionNotAllowed('PLACE_LEGAL_HOLD', state, 'installmentId');
      }
      if (await findOpenHold(tx, found.id)) throw refuse('ALREADY_ON_HOLD', { path: ['installmentId'] });
      const { id: agreementId, funderId, granteeId, offeredTo } = agreement;
      const id = tx.newId();
      insertRow(tx, LegalHoldRow, {
        ...{ id, agreementId, funderId, granteeId, offeredTo },
        installmentId: found.id,
        ground: input.ground,
        legalBasis: input.legalBasis,
        placedAt: tx.now,
        placedOn: dayIn(agreement.timeZone!, tx.now),
        version: 1,
      });
      await keepLateness(tx, agreement);
      this.agreements.save(tx, agreement, {}, { type: 'LEGAL_HOLD_PLACED', subject: { type: 'LEGAL_HOLD', id } });
      return { id, version: 1 };
    });
  }

  /** Whatever became of the agreement meanwhile. */
  lift(actor: Actor, input: LiftLegalHoldInput): Promise<Answer> {
    return this.mutations.run(actor, 'liftLegalHold', input, async (tx) => {
      const found = await findHold(tx, input.id);
      const agreement = found && (await lockAgreement(tx, found.agreementId));
      if (!agreement) throw notFound('id');
      const hold = (await findHold(tx, input.id))!;
      expectVersion(hold, input.expectedVersion);
      if (hold.liftedAt !== null) {
        throw actionNotAllowed('LIFT_LEGAL_HOLD', 'LIFTED', 'id');
      }
      const { id } = hold;
      const version = hold.version + 1;
      const lifted = { liftedAt: tx.now, liftedOn: dayIn(agreement.timeZone!, tx.now) };
      updateRow(tx, LegalHoldRow, { id, ...lifted, version });
      await keepLateness(tx, agreement);
      this.agreements.save(tx, agreement, {}, { type: 'LEGAL_HOLD_LIFTED', subject: { type: 'LEGAL_HOLD', id } });
      return { id, version };
    });
  }
}
