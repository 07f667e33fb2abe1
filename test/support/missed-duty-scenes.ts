import { AmendmentEffects } from '../../src/agreements/amendments/amendment-effects.service.js';
import { takeAmendmentEffect } from '../../src/agreements/amendments/take-amendment-effect.job.js';
import { SYSTEM_ACTOR } from '../../src/platform/access/actor.js';
import { Database } from '../../src/platform/db/database.service.js';
import { amendmentScenes, answer, idOf } from './amendment-scenes.js';
import { money } from './money-scenes.js';
import type { Network } from './network.js';
import { suggestionScenes } from './suggestion-scenes.js';

// What a query answers depends on the query; tests assert on it.
/* eslint-disable @typescript-eslint/no-explicit-any */
export type Change = (agreement: any) => object;
export const moved =
  (dueOn: string): Change =>
  ({ installments: [first] }) => ({
    kind: 'MOVE_PAYMENT_LATER',
    installments: [{ installmentId: first.id, dueOn }],
  });
export const reduced: Change = ({ installments: [first] }) => ({
  kind: 'REDUCE_FUNDS',
  installments: [{ installmentId: first.id, amount: money('100.00') }],
});
export const cancelled: Change = ({ installments: [first] }) => ({
  kind: 'REDUCE_FUNDS',
  installments: [{ installmentId: first.id }],
});
export const ended: Change = () => ({ kind: 'RELEASE' });

/** What becomes of money that is late, as a grantee reads it. */
export function missedDutyScenes(network: () => Network) {
  const amendments = amendmentScenes(network);
  const suggestions = suggestionScenes(network);
  const scenes = {
    /** The funder asks for it, and the grantee agrees and waives the notice. */
    async agreeTo(agreement: any, change: Change, effectiveOn: string, key = network().keys.grantee): Promise<any> {
      const input = { ...idOf(agreement), ...change(agreement), effectiveOn, waiveNotice: true };
      const proposed = await amendments.done(network().keys.funder, 'proposeAmendment', input);
      return amendments.done(key, 'acceptAmendment', answer(proposed, { waiveNotice: true }));
    },
    async installmentsOf(id: string, key = network().keys.grantee): Promise<any[]> {
      const query = `query ($id: ID!) { agreement(id: $id) { installments { id state dueOn isLate daysLate receivedOn
        amount { amount } missedDueDays { dueOn amount { amount } until daysLate } } } }`;
      const { data, errors } = await network().call(key, query, { id });
      if (errors) throw new Error(JSON.stringify(errors));
      return data.agreement && data.agreement.installments;
    },
    async firstOf({ id, installments }: any, key?: string): Promise<any> {
      return (await scenes.installmentsOf(id, key)).find((one) => one.id === installments[0].id);
    },
    async delays(agreement: any, key?: string): Promise<string[]> {
      const made = await suggestions.of('DISBURSEMENT_DELAY', key);
      return made
        .filter((one) => (one.agreement as { id: string }).id === agreement.id)
        .map(({ day, delayDays }) => `${day as string}: ${delayDays as number} days`);
    },
    /** As the job does it whose time has come. */
    writeWhatIsDue(id: string): Promise<unknown> {
      const job = takeAmendmentEffect(network().app.get(AmendmentEffects));
      return network()
        .app.get(Database)
        .write(SYSTEM_ACTOR, (tx) => job(tx, amendments.uuid(id)));
    },
  };
  return scenes;
}
