import type { RequestContext } from '../../platform/api/request-context.js';
import { agreementById } from '../agreements.loaders.js';
import type { AmendmentState } from './amendment.lifecycle.js';
import { inForce } from './amendments.loaders.js';
import type { Amendment } from './amendments.store.js';
import type { LapseReason } from './waiting-amendments.rules.js';
import { isWaiting, startsFrom } from './waiting-amendments.rules.js';

export interface AmendmentNow {
  readonly state: AmendmentState;
  readonly lapsedBecause: LapseReason | null;
  readonly isStale: boolean;
}

/** What has become of an amendment by this moment, whether or not a job or anybody's change has written it. */
export async function loadAmendmentNow(row: Amendment, context: RequestContext): Promise<AmendmentNow> {
  const { state, lapsedBecause, staleAt } = row;
  const written = { state, lapsedBecause, isStale: state === 'PROPOSED' && staleAt !== null };
  const isOpen = state === 'PROPOSED' && staleAt === null;
  if (!isOpen && !isWaiting(row)) return written;
  const agreement = await context.load(agreementById, row.agreementId);
  if (!agreement) return written;
  const lapsed = (because: LapseReason): AmendmentNow => ({ state: 'LAPSED', lapsedBecause: because, isStale: false });
  const isDue = row.takesEffectAt !== null && row.takesEffectAt <= context.now;
  if (isWaiting(row) && agreement.state === 'RELEASED') return lapsed('AGREEMENT_ENDED');
  if (isWaiting(row) && agreement.state === 'COMPLETED' && isDue) return lapsed('AGREEMENT_COMPLETED');
  const steps = (await inForce(agreement, context))?.steps ?? [];
  if (isOpen) {
    const isStale = steps.some(
      ({ amendment, after, lapsedBecause: because }) =>
        after.state === 'RELEASED' || startsFrom(row, amendment) === (because !== null),
    );
    return { ...written, isStale };
  }
  const because = steps.find(({ amendment }) => amendment.id === row.id)?.lapsedBecause ?? null;
  return because === null ? written : lapsed(because);
}
