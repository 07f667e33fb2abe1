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
import type { AgreementRow } from '../agreement.entity.js';
import { AgreementsService } from '../agreements.service.js';
import { lockAgreement } from '../agreements.store.js';
import { addDays, latestDay } from '../due-day.rules.js';
import { DisbursementRow } from './disbursement.entity.js';
import type { DisbursementCommand } from './disbursement.lifecycle.js';
import { decideDisbursement } from './disbursement.lifecycle.js';
import type {
  ConfirmDisbursementInput,
  DisbursementChangeInput,
  RecordDisbursementInput,
} from './disbursements.inputs.js';
import { InstallmentRow } from './installment.entity.js';
import { installmentAfter, leftToSend } from './payment.rules.js';
import type { Disbursement, Installment } from './payments.store.js';
import { findDisbursement, findInstallment, paymentsOf } from './payments.store.js';

/** A payment and what it belongs to, with the agreement locked. */
interface Scene {
  readonly agreement: AgreementRow;
  readonly installment: Installment;
  readonly payments: readonly Disbursement[];
}

@Injectable()
export class Disbursements {
  constructor(
    private readonly mutations: Mutations,
    private readonly agreements: AgreementsService,
    private readonly currencies: Currencies,
  ) {}

  record(actor: Actor, input: RecordDisbursementInput): Promise<Answer> {
    const amount = this.currencies.read(input.amount, ['amount']);
    return this.mutations.run(actor, 'recordDisbursement', input, async (tx) => {
      const found = await findInstallment(tx, input.installmentId);
      if (!found) throw notFound('installmentId');
      const { agreement } = await this.agreements.step(tx, 'RECORD_DISBURSEMENT', found.agreementId);
      const scene = await this.sceneOf(tx, agreement, found.id);
      const { installment, payments } = scene;
      if (amount.currency !== installment.currency) {
        const parameters = { expected: installment.currency };
        throw refuse('CURRENCY_MISMATCH', { path: ['amount', 'currency'], parameters });
      }
      const left = installment.state === 'RELEASED' ? 0n : leftToSend(installment.amountMinor, payments);
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
        version: 1,
        createdAt: tx.now,
        updatedAt: tx.now,
      };
      const { funderId, granteeId, offeredTo } = agreement;
      insertRow(tx, DisbursementRow, { ...payment, funderId, granteeId, offeredTo });
      this.settle(tx, scene, payment, 'DISBURSEMENT_SENT');
      return { id: payment.id, version: 1 };
    });
  }

  confirm(actor: Actor, input: ConfirmDisbursementInput): Promise<Answer> {
    const received = this.currencies.read(input.received, ['received']);
    return this.change(actor, 'confirmDisbursement', 'CONFIRM', input, (tx, payment, { installment, payments }) => {
      // The day where the money was sent may be a day later than where it arrives.
      checkDay(input.receivedOn, 'receivedOn', addDays(payment.sentOn, -1), latestDay(tx.now));
      if (received.currency === payment.currency && received.minor > payment.amountMinor) {
        const parameters = { sent: decimalText({ minor: payment.amountMinor, currency: payment.currency }) };
        throw refuse('RECEIVED_MORE_THAN_SENT', { path: ['received', 'amount'], parameters });
      }
      const others = payments.filter(({ id }) => id !== payment.id);
      return {
        receivedOn: input.receivedOn,
        receivedMinor: received.minor,
        receivedCurrency: received.currency,
        isSurplus: leftToSend(installment.amountMinor, others) < payment.amountMinor,
      };
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
      const found = await findDisbursement(tx, input.id);
      const agreement = found && (await lockAgreement(tx, found.agreementId));
      if (!agreement) throw notFound('id');
      const scene = await this.sceneOf(tx, agreement, found.installmentId);
      const payment = scene.payments.find(({ id }) => id === input.id)!;
      expectVersion(payment, input.expectedVersion);
      const state = decideDisbursement(payment.state, command, actor.role);
      if (state === null) {
        const parameters = { action: command, state: payment.state };
        throw refuse('ACTION_NOT_ALLOWED', { path: ['id'], parameters });
      }
      const version = payment.version + 1;
      const changes = { ...detail(tx, payment, scene), state, version, updatedAt: tx.now };
      updateRow(tx, DisbursementRow, { id: payment.id, ...changes });
      this.settle(tx, scene, { ...payment, ...changes }, `DISBURSEMENT_${state}`);
      return { id: payment.id, version };
    });
  }

  /** Read after the lock, so that nobody changes them meanwhile. */
  private async sceneOf(tx: Tx, agreement: AgreementRow, installmentId: string): Promise<Scene> {
    const installment = await findInstallment(tx, installmentId);
    if (!installment) throw notFound('installmentId');
    return { agreement, installment, payments: await paymentsOf(tx, installmentId) };
  }

  /** The installment follows its payments, and the agreement's version tells that something of it changed. */
  private settle(tx: Tx, { agreement, installment, payments }: Scene, changed: Disbursement, type: string): void {
    const now = [...payments.filter(({ id }) => id !== changed.id), changed];
    const after = installmentAfter(installment.amountMinor, now);
    if (installment.state !== 'RELEASED' && after.state !== installment.state) {
      updateRow(tx, InstallmentRow, { id: installment.id, ...after });
    }
    this.agreements.save(tx, agreement, {}, { type, subject: { type: 'DISBURSEMENT', id: changed.id } });
  }
}

/** Money for an installment that was due before the term may itself come early. */
const DAYS_BEFORE_START = 365;

function checkDay(day: string, field: string, least: string, most: string): void {
  if (day < least || day > most) throw refuse('DATE_OUT_OF_RANGE', { path: [field], parameters: { least, most } });
}
