import type { RequestContext } from '../platform/api/request-context.js';
import type { AgreementCommand } from './agreement.lifecycle.js';
import { availableActions, hasAccepted, partyTo } from './agreement.lifecycle.js';
import { loadStateNow } from './agreement-now.loaders.js';
import { agreementDetails } from './agreements.loaders.js';
import type { Agreement } from './agreements.store.js';
import { dissolutionsByAgreement } from './dissolution/dissolutions.loaders.js';

/** What this caller may do now. What its state alone does not tell is read only where it decides. */
export async function loadAvailableActions(row: Agreement, context: RequestContext): Promise<AgreementCommand[]> {
  const party = partyTo(row, context.actor);
  const actions = availableActions(await loadStateNow(row, context), party);
  if (actions.includes('ANNOUNCE_DISSOLUTION')) {
    const announced = (await context.load(dissolutionsByAgreement, row.id)) ?? [];
    const isAnnounced = announced.some(({ state }) => state === 'ANNOUNCED');
    return actions.filter((action) => action !== 'ANNOUNCE_DISSOLUTION' || !isAnnounced);
  }
  if (row.fiscalSponsorId === null || !actions.includes('ACCEPT')) return actions;
  const details = await context.load(agreementDetails, row.id);
  const acceptance = {
    fiscalSponsorId: row.fiscalSponsorId,
    acceptedByName: details?.acceptedByName ?? null,
    sponsorAcceptedByName: details?.sponsorAcceptedByName ?? null,
  };
  return actions.filter((action) => action !== 'ACCEPT' || !hasAccepted(acceptance, party));
}
