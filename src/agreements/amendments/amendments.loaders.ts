import { loadByKey, loadManyByKey } from '../../platform/api/loader.js';
import type { RequestContext } from '../../platform/api/request-context.js';
import type { Agreement } from '../agreements.store.js';
import { dayIn, endOfDuty } from '../due-day.rules.js';
import { expectationsByAgreement } from '../expectations/expectations.loaders.js';
import type { Expectation } from '../expectations/expectations.store.js';
import { disbursementsByAgreement, installmentsByAgreement } from '../payments/payments.loaders.js';
import type { PastDueDay } from '../payments/lateness.rules.js';
import type { Installment } from '../payments/payments.store.js';
import type { Schedule } from './amended-schedule.rules.js';
import { amended, hasMoneyInFlight, pastDueIn, scheduleOf } from './amended-schedule.rules.js';
import { changeOf } from './amendment.rules.js';
import type { Amendment } from './amendments.store.js';
import { AMENDMENTS_BY_ID, AMENDMENTS_OF_AGREEMENTS } from './amendments.store.js';

export const amendmentById = loadByKey<Amendment>('amendmentById', AMENDMENTS_BY_ID, 'id');
export const amendmentsByAgreement = loadManyByKey<Amendment>(
  'amendmentsByAgreement',
  AMENDMENTS_OF_AGREEMENTS,
  'agreementId',
);

/** `missed` is a due day that was over when other terms took effect, and that no row says yet. */
export type InstallmentInForce = Installment & { readonly missed?: PastDueDay };

/** An agreement's rows as they are in force. */
export interface InForce {
  readonly currency: string;
  readonly timeZone: string;
  readonly schedule: Schedule;
  readonly installments: readonly InstallmentInForce[];
  readonly expectations: readonly Expectation[];
}

/** Whether the day of an accepted amendment has come that the row does not show. */
export function isBehind({ amendsAt, state }: Agreement, now: Date): boolean {
  return amendsAt !== null && amendsAt <= now && state === 'ACTIVE';
}

/**
 * What is in force when the rows do not show it yet: the day of an accepted amendment has come, and neither the job nor
 * anybody's change has written it. Null, at no cost, when the rows are right.
 */
export async function inForce(row: Agreement, context: RequestContext): Promise<InForce | null> {
  const { amendsAt, timeZone, acceptedAt } = row;
  if (!isBehind(row, context.now) || amendsAt === null || timeZone === null || acceptedAt === null) return null;
  const [amendments, installments, disbursements, expectations] = await Promise.all([
    context.load(amendmentsByAgreement, row.id),
    context.load(installmentsByAgreement, row.id),
    context.load(disbursementsByAgreement, row.id),
    context.load(expectationsByAgreement, row.id),
  ]);
  const waiting = amendments?.find(({ state, revision }) => state === 'ACCEPTED' && revision === null);
  if (!waiting || !installments || !disbursements || !expectations) return null;
  const before = scheduleOf(row, { installments, disbursements, expectations });
  if (waiting.kind === 'RELEASE' && hasMoneyInFlight(before)) return null;
  const today = dayIn(timeZone, amendsAt);
  const schedule = amended(before, waiting.kind, changeOf(waiting.change), today);
  const missed = new Set(pastDueIn(before, schedule, today).map(({ id }) => id));
  const known = new Map(installments.map((one) => [one.id, one]));
  return {
    currency: row.currency,
    timeZone,
    schedule,
    installments: schedule.installments.map(({ payments: _payments, ...one }) => {
      const old = known.get(one.id)!;
      const lateAt = one.dueOn === old.dueOn ? old.lateAt : endOfDuty(one.dueOn, timeZone, acceptedAt);
      return {
        ...old,
        ...one,
        lateAt,
        ...(missed.has(one.id) && {
          missed: { dueOn: old.dueOn, lateAt: old.lateAt, amountMinor: old.amountMinor, until: today },
        }),
      };
    }),
    expectations: expectations.map((one, i) =>
      schedule.expectations[i].isWaived && one.waivedAt === null ? { ...one, waivedAt: amendsAt } : one,
    ),
  };
}
