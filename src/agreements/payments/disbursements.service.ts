import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor.js';
import { Currencies } from '../../platform/api/currencies.service.js';
import { decimalText } from '../../platform/api/money.type.js';
import { insertRow, updateRow } from '../../platform/db/columns.js';
import { expectVersion } from '../../platform/db/expect-version.js';
import type { Tx } from '../../platform/db/transaction.js';
import { notFound, refuse } from '../../platform/errors/refusal.js';
import type { Answer } from '../../platform/idempotency/mutations.service.js';
import { Mutations } from '../../platform/idempotency/mutations.service.js';
import { AgreementsService } from '../agreements.service.js';
import { addDays, latestDay } from '../due-day.rules.js';
import { DisbursementRow } from './disbursement.entity.js';
import type { DisbursementCommand } from './disbursement.lifecycle.js';
import type {
  ConfirmDisbursementInput,
  CorrectReceiptInput,
  DisbursementChangeInput,
  RecordDisbursementInput,
} from './disbursements.inputs.js';
import { leftOn } from './payment.rules.js';
import type { Disbursement } from './payments.store.js';
import { findInstallment } from './payments.store.js';
import { Receipts } from './receipts.service.js';
import type { Scene } from './settlement.service.js';
import { Settlement, checkDay, nextState } from './settlement.service.js';

@Injectable()
export class Disbursements {
  constructor(
    private readonly mutations: Mutations,
    private readonly agreements: AgreementsService,
    private readonly currencies: Currencies,
    private readonly settlement: Settlement,
    private readonly receipts: Receipts,
  ) {}

  record(actor: Actor, input: RecordDisbursementInput): Promise<Answer> {
    const amount = this.currencies.read(input.amount, ['amount']);
    return this.mutations.run(actor, 'recordDisbursement', input, async (tx) => {
      const found = await findInstallment(tx, input.installmentId);
      if (!found) throw notFound('installmentId');
      const { agreement } = await this.agreements.step(tx, 'RECORD_DISBURSEMENT', found.agreementId);
      const scene = await this.settlement.sceneOf(tx, agreement, found.id);
      const { installment, payments } = scene;
      if (amount.currency !== installment.currency) {
        const parameters = { expected: installment.currency };
        throw refuse('CURRENCY_MISMATCH', { path: ['amount', 'currency'], parameters });
      }
      const left = leftOn(installment, payments);
      if (amount.minor > left) {
        const parameters = { left: decimalText({ minor: left, currency: installment.currency }) };
        throw refuse('PAYMENT_ABOVE_INSTALLMENT', { path: ['amount', 'amount'], parameters });
      }
      checkDay(input.sentOn, 'sentOn', addDays(agreement.startsOn!, -DAYS_BEFORE_START), latestDay(tx.now));
      const payment: Disbursement = {
        id: tx.newId(),
        agreementId: agreement.id,
        installmentId: installment.id,
        state: 'SENT',
        sentOn: input.sentOn,
        amountMinor: amount.minor,
        currency: amount.currency,
        reference: input.reference ?? null,
        receivedOn: null,
        receivedMinor: null,
        receivedCurrency: null,
        isSurplus: false,
        repaidMinor: 0n,
        version: 1,
        createdAt: tx.now,
        updatedAt: tx.now,
      };
      const { funderId, granteeId, offeredTo } = agreement;
      insertRow(tx, DisbursementRow, { ...payment, funderId, granteeId, offeredTo });
      this.settlement.settle(tx, scene, payment, { type: 'DISBURSEMENT_SENT' });
      return { id: payment.id, version: 1 };
    });
  }

  confirm(actor: Actor, input: ConfirmDisbursementInput): Promise<Answer> {
    return this.change(actor, 'confirmDisbursement', 'CONFIRM', input, (tx, payment, { installment, payments }) => {
      const others = payments.filter(({ id }) => id !== payment.id);
      const isSurplus = leftOn(installment, others) < payment.amountMinor;
      return { ...this.receipts.tell(tx, payment, input, null), isSurplus };
    });
  }

  /** What was told before stays readable. */
  correctReceipt(actor: Actor, input: CorrectReceiptInput): Promise<Answer> {
    return this.change(actor, 'correctReceipt', 'CORRECT', input, (tx, payment) => {
      // The days a repayment excuses were fixed when it was recorded.
      if (payment.repaidMinor > 0n) checkDay(input.receivedOn, 'receivedOn', payment.receivedOn!, payment.receivedOn!);
      return this.receipts.tell(tx, payment, input, input.reason ?? null);
    });
  }

  reportMissing(actor: Actor, input: DisbursementChangeInput): Promise<Answer> {
    return this.change(actor, 'reportDisbursementMissing', 'REPORT_MISSING', input);
  }

  return(actor: Actor, input: DisbursementChangeInput): Promise<Answer> {
    return this.change(actor, 'returnDisbursement', 'RETURN', input);
  }

  void(actor: Actor, input: DisbursementChangeInput): Promise<Answer> {
    return this.change(actor, 'voidDisbursement', 'VOID', input);
  }

  private change(
    actor: Actor,
    operation: string,
    command: DisbursementCommand,
    input: DisbursementChangeInput,
    detail: (tx: Tx, payment: Disbursement, scene: Scene) => Partial<DisbursementRow> = () => ({}),
  ): Promise<Answer> {
    return this.mutations.run(actor, operation, input, async (tx) => {
      const { scene, payment } = await this.settlement.sceneOfPayment(tx, input.id, 'id');
      expectVersion(payment, input.expectedVersion);
      const state = nextState(tx, scene, payment, command, 'id');
      const version = payment.version + 1;
      const changes = { ...detail(tx, payment, scene), state, version, updatedAt: tx.now };
      updateRow(tx, DisbursementRow, { id: payment.id, ...changes });
      const type = command === 'CORRECT' ? 'RECEIPT_CORRECTED' : `DISBURSEMENT_${state}`;
      this.settlement.settle(tx, scene, { ...payment, ...changes }, { type });
      return { id: payment.id, version };
    });
  }
}

/** Money for an installment that was due before the term may itself come early. */
const DAYS_BEFORE_START = 365;
