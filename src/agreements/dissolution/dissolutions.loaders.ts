import { loadByKey, loadManyByKey } from '../../platform/api/loader.js';
import type { RequestContext } from '../../platform/api/request-context.js';
import { loadStateNow } from '../agreement-now.loaders.js';
import { agreementById } from '../agreements.loaders.js';
import { disbursementsByAgreement } from '../payments/payments.loaders.js';
import type { DissolutionCommand } from './dissolution.lifecycle.js';
import { DISSOLUTION_COMMAND_NAMES, decideDissolution } from './dissolution.lifecycle.js';
import { isRecordable } from './dissolution.rules.js';
import type { Dissolution } from './dissolutions.store.js';
import { DISSOLUTIONS_BY_ID, DISSOLUTIONS_OF_AGREEMENTS } from './dissolutions.store.js';

export const dissolutionById = loadByKey<Dissolution>('dissolutionById', DISSOLUTIONS_BY_ID, 'id');
export const dissolutionsByAgreement = loadManyByKey<Dissolution>(
  'dissolutionsByAgreement',
  DISSOLUTIONS_OF_AGREEMENTS,
  'agreementId',
);

/** What this caller may do at this moment. */
export async function loadDissolutionActions(
  { agreementId, state, earliestOn }: Dissolution,
  context: RequestContext,
): Promise<DissolutionCommand[]> {
  const { actor, now } = context;
  const actions = DISSOLUTION_COMMAND_NAMES.filter((command) => decideDissolution(state, command, actor.role) !== null);
  if (!actions.includes('RECORD')) return actions;
  const agreement = await context.load(agreementById, agreementId);
  const payments = (await context.load(disbursementsByAgreement, agreementId)) ?? [];
  const stateNow = agreement && (await loadStateNow(agreement, context));
  const isNow = stateNow !== null && isRecordable(earliestOn, { ...agreement!, state: stateNow }, payments, now);
  return actions.filter((command) => command !== 'RECORD' || isNow);
}
