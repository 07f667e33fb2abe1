import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor.js';
import { Currencies } from '../../platform/api/currencies.service.js';
import type { Amount } from '../../platform/api/money.rules.js';
import { decimalText } from '../../platform/api/money.type.js';
import { insertRow, updateRow } from '../../platform/db/columns.js';
import { refuse } from '../../platform/errors/refusal.js';
import type { Answer } from '../../platform/idempotency/mutations.service.js';
import { Mutations } from '../../platform/idempotency/mutations.service.js';
import { latestDay } from '../due-day.rules.js';
import { DisbursementRow } from './disbursement.entity.js';
import type { Disbursement } from './payments.store.js';
import { keepLateness } from './lateness.store.js';
import { RepaymentRow } from './repayment.entity.js';
import type { RecordRepaymentInput } from './repayments.inputs.js';
import { Settlement, checkDay, nextState } from './settlement.service.js';

/** Money that goes back after it was received. Only who received it says so; the funder cannot claim it. */
@Injectable()
export class Repayments {
  constructor(
    private readonly mutations: Mutations,
    private readonly settlement: Settlement,
    private readonly currencies: Currencies,
  ) {}

  record(actor: Actor, input: RecordRepaymentInput): Promise<Answer> {
    const amount = this.currencies.read(input.amount, ['amount']);
    return this.mutations.run(actor, 'recordRepayment', input, async (tx) => {
      const { scene, payment } = await this.settlement.sceneOfPayment(tx, input.disbursementId, 'disbursementId');
      nextState(tx, scene, payment, 'REPAY', 'disbursementId');
      checkAmount(amount, payment);
      checkDay(input.repaidOn, 'repaidOn', payment.receivedOn!, latestDay(tx.now));
      const { id: agreementId, funderId, granteeId, offeredTo } = scene.agreement;
      const id = tx.newId();
      insertRow(tx, RepaymentRow, {
        ...{ id, agreementId, funderId, granteeId, offeredTo },
        disbursementId: payment.id,
        installmentId: payment.installmentId,
        amountMinor: amount.minor,
        currency: amount.currency,
        repaidOn: input.repaidOn,
        coveredFrom: payment.isSurplus ? null : scene.installment.receivedOn,
        reason: input.reason,
        createdAt: tx.now,
      });
      const repaidMinor = payment.repaidMinor + amount.minor;
      const changes = { repaidMinor, version: payment.version + 1, updatedAt: tx.now };
      updateRow(tx, DisbursementRow, { id: payment.id, ...changes });
      const event = { type: 'REPAYMENT_RECORDED', subject: { type: 'REPAYMENT', id } } as const;
      this.settlement.settle(tx, scene, { ...payment, ...changes }, event);
      await keepLateness(tx, scene.agreement);
      return { id, version: 1 };
    });
  }
}

function checkAmount(amount: Amount, { amountMinor, repaidMinor, currency }: Disbursement): void {
  if (amount.currency !== currency) {
    throw refuse('CURRENCY_MISMATCH', { path: ['amount', 'currency'], parameters: { expected: currency } });
  }
  if (amount.minor > amountMinor - repaidMinor) {
    const parameters = { left: decimalText({ minor: amountMinor - repaidMinor, currency }) };
    throw refuse('REPAYMENT_ABOVE_PAYMENT', { path: ['amount', 'amount'], parameters });
  }
}
