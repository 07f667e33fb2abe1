import type { LoaderContext } from '../platform/api/loader.js';
import type { AgreementState } from './agreement.lifecycle.js';
import type { Agreement } from './agreements.store.js';
import type { InForce } from './amendments/amendments.loaders.js';
import { inForce, isBehind } from './amendments/amendments.loaders.js';
import { stateAt } from './completion/completion.rules.js';
import { nextDueOn } from './payments/lateness.rules.js';

export const stateInForce = (
  { schedule: { state, endsOn }, installments, timeZone }: InForce,
  now: Date,
): AgreementState => stateAt({ state, endsOn, timeZone, nextDueOn: nextDueOn(installments) }, now);

/** The state at this moment, whether or not a job has written it. */
export async function loadStateNow(row: Agreement, context: LoaderContext): Promise<AgreementState> {
  const found = isBehind(row, context.now) ? await inForce(row, context) : null;
  return found ? stateInForce(found, context.now) : stateAt(row, context.now);
}
