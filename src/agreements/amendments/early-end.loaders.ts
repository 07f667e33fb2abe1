import type { RequestContext } from '../../platform/api/request-context.js';
import { agreementById } from '../agreements.loaders.js';
import { dayIn } from '../due-day.rules.js';
import { expectationsByAgreement } from '../expectations/expectations.loaders.js';
import { disbursementsByAgreement, installmentsByAgreement } from '../payments/payments.loaders.js';
import { revisionsByAgreement } from '../terms/revisions.loaders.js';
import { termsOf } from '../terms/terms.rules.js';
import { scheduleOf } from './amended-schedule.rules.js';
import { startOfDay } from './amendment.rules.js';
import { amendmentsByAgreement } from './amendments.loaders.js';
import type { Amendment } from './amendments.store.js';
import type { EarlyEnd } from './early-end.rules.js';
import { earlyEndOf } from './early-end.rules.js';
import { isWaiting, stepsUntil } from './waiting-amendments.rules.js';

/** For one that is proposed or agreed to: by what is paid now, or by its revision once it is in effect. */
export async function loadEarlyEnd(
  row: Amendment,
  context: RequestContext,
): Promise<(EarlyEnd & { readonly currency: string }) | null> {
  const { agreementId, kind, state, revision, effectiveOn, takesEffectAt } = row;
  if (kind !== 'RELEASE' || (state !== 'PROPOSED' && state !== 'ACCEPTED')) return null;
  const agreement = await context.load(agreementById, agreementId);
  if (!agreement?.timeZone || effectiveOn === null) return null;
  const { currency, timeZone } = agreement;
  const today = dayIn(timeZone, context.now);
  const agreedDay = takesEffectAt && dayIn(timeZone, takesEffectAt);
  const on = agreedDay ?? (effectiveOn > today ? effectiveOn : today);
  if (revision !== null) {
    const revisions = (await context.load(revisionsByAgreement, agreementId)) ?? [];
    const committed = (number: number): bigint =>
      termsOf(revisions.find((one) => one.number === number)!.terms).committedMinor;
    const paidMinor = committed(revision);
    return { on, currency, paidMinor, dueBeforeMinor: 0n, notComingMinor: committed(revision - 1) - paidMinor };
  }
  const [amendments, installments, disbursements, expectations] = await Promise.all([
    context.load(amendmentsByAgreement, agreementId),
    context.load(installmentsByAgreement, agreementId),
    context.load(disbursementsByAgreement, agreementId),
    context.load(expectationsByAgreement, agreementId),
  ]);
  if (!amendments || !installments || !disbursements || !expectations) return null;
  const rows = scheduleOf(agreement, { installments, disbursements, expectations });
  // What was agreed for days until then will be in effect. The one that is asked about is left out.
  const others = amendments.filter((other) => isWaiting(other) && other.id !== row.id);
  const steps = stepsUntil(rows, others, startOfDay(on, timeZone), timeZone, { isMoneyAwaited: false });
  const last = steps.findLast(({ after }) => after.state === 'ACTIVE');
  return { currency, ...earlyEndOf(last?.after ?? rows, on, today) };
}
