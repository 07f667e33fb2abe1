import { Injectable } from '@nestjs/common';
import { updateRow } from '../../platform/db/columns.js';
import type { Tx } from '../../platform/db/transaction.js';
import { actionNotAllowed, notFound, refuse } from '../../platform/errors/refusal.js';
import type { AgreementRow } from '../agreement.entity.js';
import { partyTo } from '../agreement.lifecycle.js';
import type { AgreementEvent } from '../agreements.service.js';
import { AgreementsService } from '../agreements.service.js';
import { isComplete } from '../completion/completion.rules.js';
import type { DisbursementCommand, DisbursementState } from './disbursement.lifecycle.js';
import { decideDisbursement, isTimeForPayment } from './disbursement.lifecycle.js';
import { InstallmentRow } from './installment.entity.js';
import { installmentAfter } from './payment.rules.js';
import type { Disbursement, Installment } from './payments.store.js';
import { findDisbursement, findInstallment, paymentsOf } from './payments.store.js';

/** Payments and what they belong to, with the agreement locked. */
export interface Scene {
  readonly agreement: AgreementRow;
  readonly installment: Installment;
  readonly payments: readonly Disbursement[];
}

/** What follows from a payment, whoever changed it: its installment, and the agreement when that reopens. */
@Injectable()
export class Settlement {
  constructor(private readonly agreements: AgreementsService) {}

  /** Read after the lock, so that nobody changes them meanwhile. */
  async sceneOf(tx: Tx, agreement: AgreementRow, installmentId: string): Promise<Scene> {
    const installment = await findInstallment(tx, installmentId);
    if (!installment) throw notFound('installmentId');
    return { agreement, installment, payments: await paymentsOf(tx, installmentId) };
  }

  /** A payment found by its id, named `field` in the input, with its agreement locked. */
  async sceneOfPayment(tx: Tx, id: string, field: string): Promise<{ scene: Scene; payment: Disbursement }> {
    const found = await findDisbursement(tx, id);
    const agreement = found && (await this.agreements.lock(tx, found.agreementId));
    if (!agreement) throw notFound(field);
    const scene = await this.sceneOf(tx, agreement, found.installmentId);
    return { scene, payment: scene.payments.find((one) => one.id === id)! };
  }

  /**
   * The installment follows its payments, and the agreement's version tells that something of it changed. One that was
   * completed is active again when its installment is open again; in one that was released nothing opens any more, but
   * a corrected day of receipt still counts.
   */
  settle(
    tx: Tx,
    { agreement, installment, payments }: Scene,
    changed: Disbursement,
    { type, subject }: AgreementEvent,
  ): void {
    const after = installmentAfter(installment.amountMinor, [
      ...payments.filter(({ id }) => id !== changed.id),
      changed,
    ]);
    const isClosed = agreement.state === 'RELEASED' && after.state !== 'RECEIVED';
    const follows = installment.state !== 'RELEASED' && !isClosed;
    const differs = after.state !== installment.state || after.receivedOn !== installment.receivedOn;
    if (follows && differs) updateRow(tx, InstallmentRow, { id: installment.id, ...after });
    const event = { type, subject: subject ?? { type: 'DISBURSEMENT', id: changed.id } };
    const reopens = follows && agreement.state === 'COMPLETED' && !isComplete(agreement, [after.state], tx.now);
    this.agreements.save(tx, agreement, reopens ? { state: 'ACTIVE', endedAt: null } : {}, event);
    if (reopens) this.agreements.announce(tx, agreement, { type: 'AGREEMENT_REOPENED', isFound: true });
  }
}

/** What the caller's command makes of a payment; refused at another time, and for whoever does not receive it. */
export function nextState(
  tx: Tx,
  { agreement }: Scene,
  { state }: Disbursement,
  action: DisbursementCommand,
  field: string,
): DisbursementState {
  const next = decideDisbursement(state, action, partyTo(agreement, tx.actor), agreement.fiscalSponsorId !== null);
  if (next !== null) return next;
  if (isTimeForPayment(state, action)) throw refuse('FOR_ANOTHER_PARTY', { path: [field], parameters: { action } });
  throw actionNotAllowed(action, state, field);
}

export function checkDay(day: string, field: string, least: string, most: string): void {
  if (day < least || day > most) throw refuse('DATE_OUT_OF_RANGE', { path: [field], parameters: { least, most } });
}
