import { expect } from '@jest/globals';
import type { AgreementScenes } from './agreement-scenes.js';
import type { Network } from './network.js';

export const money = (amount: string, currency = 'USD'): object => ({ amount, currency });

export const DISBURSEMENT = `disbursement { id state version receivedOn received { amount currency } transferCost { amount } impliedRate
  isSurplus repaid { amount } receipts { receivedOn received { amount currency } reason } installment { id state receivedOn } }`;
export const HOLD =
  'legalHold { id ground legalBasis placedOn placedAt liftedOn version installment { id isLate daysLate } }';
export const REPAYMENT = `repayment { id amount { amount currency } repaidOn reason
  agreement { state sentTotal { amount } } disbursement { id version repaid { amount } installment { state } } }`;

/* eslint-disable @typescript-eslint/no-explicit-any -- What a query answers depends on the query. */
export type Thing = Record<string, any> & { id: string; version: number };
export type Payload = Record<string, Thing> & { userErrors: object[] };
/* eslint-enable @typescript-eslint/no-explicit-any */

/** Money between the first funder and the first grantee, in a network that may change from test to test. */
export interface MoneyScenes {
  done(party: 'funder' | 'grantee', name: string, input: object, selection: string): Promise<Thing>;
  refused(party: keyof Network['keys'], name: string, input: object): Promise<object[]>;
  send(installmentId: string, amount: object, sentOn?: string): Promise<Thing>;
  confirm(sent: Thing, received: object, receivedOn?: string): Promise<Thing>;
  received(installmentId: string, amount: string, sentOn?: string, receivedOn?: string): Promise<Thing>;
  repay(disbursementId: string, amount: string, repaidOn?: string): Promise<Thing>;
  eventsOf(subjectId: string): Promise<string[]>;
}

export function moneyScenes(network: () => Network, agreements: AgreementScenes): MoneyScenes {
  const scenes: MoneyScenes = {
    async done(party, name, input, selection) {
      const payload = (await network().mutate(network().keys[party], name, input, selection)) as Payload;
      expect(payload.userErrors).toEqual([]);
      return Object.values<Thing>(payload)[0];
    },
    refused: async (party, name, input) =>
      ((await network().mutate(network().keys[party], name, input, '__typename')) as Payload).userErrors,
    send: (installmentId, amount, sentOn = '2027-01-20') =>
      scenes.done('funder', 'recordDisbursement', { installmentId, amount, sentOn }, DISBURSEMENT),
    confirm: ({ id, version }, received, receivedOn = '2027-01-22') =>
      scenes.done(
        'grantee',
        'confirmDisbursement',
        { id, expectedVersion: version, receivedOn, received },
        DISBURSEMENT,
      ),
    received: async (installmentId, amount, sentOn, receivedOn) =>
      scenes.confirm(await scenes.send(installmentId, money(amount), sentOn), money(amount), receivedOn),
    repay: (disbursementId, amount, repaidOn = '2027-02-04') =>
      scenes.done(
        'grantee',
        'recordRepayment',
        { disbursementId, amount: money(amount), repaidOn, reason: 'Twice.' },
        REPAYMENT,
      ),
    async eventsOf(subjectId) {
      const rows = await network().sql<{ event: string }>(
        'SELECT type || $2 || actor_role AS event FROM events WHERE subject_id = $1 ORDER BY at, id',
        [agreements.uuid(subjectId), ' by '],
      );
      return rows.map(({ event }) => event);
    },
  };
  return scenes;
}
