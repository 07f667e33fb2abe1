import type { AgreementModel, Verdict } from './agreement-model.js';
import { shareOf } from './agreement-model.js';
import type { Command } from './commands.js';
import type { Day, ModelInstallment, ModelPayment } from './money-model.js';
import { bound, left, openHold, receivedOn, repaid, stateOf } from './money-model.js';

type OnInstallment = Command & { do: 'record' | 'placeHold' | 'liftHold' };
type OnPayment = Command & { do: 'confirm' | 'correct' | 'reportMissing' | 'return' | 'void' | 'repay' };
const isSettled = (one: ModelInstallment): boolean => ['RECEIVED', 'RELEASED'].includes(stateOf(one));

export function onInstallment(model: AgreementModel, command: OnInstallment, today: Day): Verdict {
  const one = model.installments[command.installment % model.installments.length];
  if (command.do === 'liftHold') return liftHold(model, command, one, today);
  return model.step({ ...command, isStale: false }, 'funder', ['ACTIVE'], () => {
    if (command.do === 'record') {
      const amount = shareOf(left(one) || one.amount, command.percent);
      if (amount > left(one)) return 'PAYMENT_ABOVE_INSTALLMENT';
      const nothing = { receivedOn: null, isSurplus: false, repayments: [] };
      one.payments.push({ id: '', version: 1, state: 'SENT', amount, sentOn: today, ...nothing });
      return null;
    }
    if (isSettled(one)) return 'ACTION_NOT_ALLOWED';
    if (openHold(one)) return 'ALREADY_ON_HOLD';
    one.holds.push({ id: '', version: 1, from: today, to: null });
    return null;
  });
}

function liftHold(model: AgreementModel, command: OnInstallment, { holds }: ModelInstallment, today: Day): Verdict {
  const hold = holds.find(({ to }) => to === null) ?? holds.at(-1);
  if (!hold) return 'NOTHING';
  const refused = model.stranger(command, 'funder') ?? (hold.to === null ? null : 'ACTION_NOT_ALLOWED');
  if (refused !== null) return refused;
  hold.to = today;
  hold.version++;
  return null;
}

export function onPayment(model: AgreementModel, command: OnPayment, today: Day): Verdict {
  const found = model.payments;
  if (found.length === 0) return 'NOTHING';
  const { payment, installment } = found[command.payment % found.length];
  const usual = command.do === 'return' || command.do === 'void' ? 'funder' : 'grantee';
  const refused = model.stranger(command.do === 'repay' ? { ...command, isStale: false } : command, usual);
  if (refused !== null) return refused;
  if (!FROM[command.do].includes(payment.state)) return 'ACTION_NOT_ALLOWED';
  const verdict = change(command, payment, installment, today);
  if (verdict !== null) return verdict;
  payment.version++;
  if (model.state === 'RELEASED') installment.closedOn = receivedOn(installment);
  if (model.state === 'COMPLETED' && !isSettled(installment)) model.become('ACTIVE');
  return null;
}

const FROM: Record<OnPayment['do'], ModelPayment['state'][]> = {
  confirm: ['SENT', 'MISSING'],
  correct: ['RECEIVED'],
  reportMissing: ['SENT'],
  return: ['MISSING'],
  void: ['SENT', 'MISSING'],
  repay: ['RECEIVED'],
};

function change(command: OnPayment, payment: ModelPayment, installment: ModelInstallment, today: Day): Verdict {
  switch (command.do) {
    case 'confirm':
      if (command.less < 0) return 'RECEIVED_MORE_THAN_SENT';
      payment.isSurplus = installment.amount - bound(installment, payment) < payment.amount;
      payment.state = 'RECEIVED';
      payment.receivedOn = today;
      return null;
    case 'correct':
      if (repaid(payment) > 0 && payment.receivedOn !== today) return 'DATE_OUT_OF_RANGE';
      payment.receivedOn = today;
      return null;
    case 'reportMissing':
      payment.state = 'MISSING';
      return null;
    case 'return':
      payment.state = 'RETURNED';
      return null;
    case 'void':
      payment.state = 'VOIDED';
      return null;
    case 'repay': {
      const rest = payment.amount - repaid(payment);
      const amount = shareOf(rest || payment.amount, command.percent);
      if (amount > rest) return 'REPAYMENT_ABOVE_PAYMENT';
      const coveredFrom = payment.isSurplus ? null : receivedOn(installment);
      payment.repayments.push({ amount, on: today, coveredFrom });
      return null;
    }
  }
}
