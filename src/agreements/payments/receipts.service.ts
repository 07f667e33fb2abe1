import { Injectable } from '@nestjs/common';
import { Currencies } from '../../platform/api/currencies.service.js';
import type { Amount } from '../../platform/api/money.rules.js';
import { decimalText } from '../../platform/api/money.type.js';
import type { Tx } from '../../platform/db/transaction.js';
import { refuse } from '../../platform/errors/refusal.js';
import { addDays, latestDay } from '../due-day.rules.js';
import type { ConfirmDisbursementInput } from './disbursements.inputs.js';
import type { Disbursement } from './payments.store.js';
import { keepReceipt } from './payments.store.js';
import { checkDay } from './settlement.service.js';

type Told = Pick<Disbursement, 'receivedOn' | 'receivedMinor' | 'receivedCurrency'>;

/** What the grantee tells of money that arrived, the first time and when it corrects that. */
@Injectable()
export class Receipts {
  constructor(private readonly currencies: Currencies) {}

  /** Refuses what cannot be true, and keeps what was told beside what was told before. */
  tell(
    tx: Tx,
    payment: Disbursement,
    input: Pick<ConfirmDisbursementInput, 'receivedOn' | 'received'>,
    reason: string | null,
  ): Told {
    const received: Amount = this.currencies.read(input.received, ['received']);
    // The day where the money was sent may be a day later than where it arrives.
    checkDay(input.receivedOn, 'receivedOn', addDays(payment.sentOn, -1), latestDay(tx.now));
    if (received.currency === payment.currency && received.minor > payment.amountMinor) {
      const parameters = { sent: decimalText({ minor: payment.amountMinor, currency: payment.currency }) };
      throw refuse('RECEIVED_MORE_THAN_SENT', { path: ['received', 'amount'], parameters });
    }
    const receipt = {
      receivedOn: input.receivedOn,
      receivedMinor: received.minor,
      receivedCurrency: received.currency,
    };
    keepReceipt(tx, payment.id, receipt, reason);
    return receipt;
  }
}
