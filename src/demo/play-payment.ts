import type { Money } from './narrator.js';
import { grouped, written } from './narrator.js';
import type { Scene } from './scene.js';

interface Payment {
  id: string;
  version: number;
  state: string;
  amount: Money;
  received: Money | null;
  installment: { state: string };
}
interface Account {
  sentTotal: Money;
  receivedTotals: Money[];
  installments: { id: string; number: number; state: string; amount: Money; daysLate: number }[];
}
const PAYMENT = `disbursement { id version state amount { amount currency } received { amount currency } installment { state } }`;
const ACCOUNT = `query ($id: ID!) { agreement(id: $id) { sentTotal { amount currency } receivedTotals { amount currency }
  installments { id number state amount { amount currency } daysLate } } }`;
/** What the dollar brought in dong on the day. */
const RATE = 25_330;

/** Days of lateness count up to receipt. */
function told({ number, state, daysLate }: Account['installments'][number]): string {
  return `installment ${number} ${state}${state === 'RECEIVED' ? `, ${daysLate} days late` : ''}`;
}

/** Sent is what the funder says; received is what the grantee says, in the currency it arrived in. */
export async function playPayment({ cast, say, today, run }: Scene, agreementId: string): Promise<void> {
  const { funder, grantee } = cast;
  const read = async (): Promise<Account> =>
    (await funder.ask<{ agreement: Account }>(ACCOUNT, { id: agreementId })).agreement;
  const first = (await read()).installments[0];

  say.step('The funder sends the first installment. It has arrived when the grantee says so, not before.');
  const sending = { installmentId: first.id, amount: first.amount, sentOn: today, reference: 'WIRE-0001' };
  const { disbursement: sent } = await funder.act<{ disbursement: Payment }>(
    'recordDisbursement',
    { ...sending, idempotencyKey: run },
    PAYMENT,
  );
  say.call('funder', 'recordDisbursement', `${sent.state}: ${written(sent.amount)}`);
  const replayed = await funder.act<{ disbursement: Payment }>(
    'recordDisbursement',
    { ...sending, idempotencyKey: run },
    PAYMENT,
  );
  const isSame = replayed.disbursement.id === sent.id;
  say.call(
    'funder',
    'the same call again',
    isSame ? 'the same payment: nothing was sent twice' : 'a second payment (!)',
  );

  const received = { amount: String(Number(first.amount.amount) * RATE), currency: 'VND' };
  const { disbursement: confirmed } = await grantee.act<{ disbursement: Payment }>(
    'confirmDisbursement',
    { id: sent.id, expectedVersion: sent.version, received, receivedOn: today, idempotencyKey: run },
    PAYMENT,
  );
  say.call(
    'grantee',
    'confirmDisbursement',
    `${confirmed.state}: ${written(confirmed.received!)} (a dollar brought ${grouped(String(RATE))} dong)`,
  );
  const { installments, sentTotal, receivedTotals } = await read();
  say.call(
    'funder',
    'agreement(id)',
    installments.map(told).join('; '),
    `sent ${written(sentTotal)}; received ${receivedTotals.map(written).join(' and ')}`,
  );
}
