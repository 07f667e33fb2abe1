import type { LoaderContext } from '../../platform/api/loader.js';
import { loadByKey, loadManyByKey } from '../../platform/api/loader.js';
import type { Agreement } from '../agreements.store.js';
import { dayIn, endOfDuty } from '../due-day.rules.js';
import { expectationsByAgreement } from '../expectations/expectations.loaders.js';
import type { Expectation } from '../expectations/expectations.store.js';
import { disbursementsByAgreement, installmentsByAgreement } from '../payments/payments.loaders.js';
import type { PastDueDay } from '../payments/lateness.rules.js';
import type { Installment } from '../payments/payments.store.js';
import type { Schedule } from './amended-schedule.rules.js';
import { pastDueIn, scheduleOf } from './amended-schedule.rules.js';
import type { Amendment } from './amendments.store.js';
import { AMENDMENTS_BY_ID, AMENDMENTS_OF_AGREEMENTS } from './amendments.store.js';
import type { Step } from './waiting-amendments.rules.js';
import { isWaiting, stepsUntil } from './waiting-amendments.rules.js';

export const amendmentById = loadByKey<Amendment>('amendmentById', AMENDMENTS_BY_ID, 'id');
export const amendmentsByAgreement = loadManyByKey<Amendment>(
  'amendmentsByAgreement',
  AMENDMENTS_OF_AGREEMENTS,
  'agreementId',
);

/** `missed` are due days that were over when other terms took effect, and that no row says yet. */
export type InstallmentInForce = Installment & { readonly missed?: readonly PastDueDay[] };

/** An agreement's rows as they are in force. */
export interface InForce {
  readonly currency: string;
  readonly timeZone: string;
  readonly schedule: Schedule;
  /** What became of each accepted amendment that waited: it took effect, or it lapsed. */
  readonly steps: readonly Step<Amendment>[];
  readonly installments: readonly InstallmentInForce[];
  readonly expectations: readonly Expectation[];
}

/** Whether the day of an accepted amendment has come that the row does not show. `amendsAt` is that of the first one. */
export function isBehind({ amendsAt, state }: Agreement, now: Date): boolean {
  return amendsAt !== null && amendsAt <= now && state === 'ACTIVE';
}

/**
 * What is in force when the rows do not show it yet: the day of an accepted amendment has come, and neither the job nor
 * anybody's change has written it. Null, at no cost, when the rows are right.
 */
export async function inForce(row: Agreement, context: LoaderContext): Promise<InForce | null> {
  const { amendsAt, timeZone, acceptedAt } = row;
  if (!isBehind(row, context.now) || amendsAt === null || timeZone === null || acceptedAt === null) return null;
  const [amendments, installments, disbursements, expectations] = await Promise.all([
    context.load(amendmentsByAgreement, row.id),
    context.load(installmentsByAgreement, row.id),
    context.load(disbursementsByAgreement, row.id),
    context.load(expectationsByAgreement, row.id),
  ]);
  if (!amendments || !installments || !disbursements || !expectations) return null;
  const rows = scheduleOf(row, { installments, disbursements, expectations });
  const steps = stepsUntil(rows, amendments.filter(isWaiting), context.now, timeZone, { isMoneyAwaited: true });
  if (steps.length === 0) return null;
  const schedule = steps[steps.length - 1].after;
  const known = new Map(installments.map((one) => [one.id, one]));
  const lateAt = ({ id, dueOn }: { readonly id: string; readonly dueOn: string }): Date | null => {
    const old = known.get(id)!;
    return dueOn === old.dueOn ? old.lateAt : endOfDuty(dueOn, timeZone, acceptedAt);
  };
  const missed = steps.flatMap(({ amendment, before, after }) => {
    const until = dayIn(timeZone, amendment.takesEffectAt!);
    return pastDueIn(before, after, until).map((one) => ({ ...one, lateAt: lateAt(one), until }));
  });
  return {
    currency: row.currency,
    timeZone,
    schedule,
    steps,
    installments: schedule.installments.map(({ payments: _payments, ...one }) => ({
      ...known.get(one.id)!,
      ...one,
      lateAt: lateAt(one),
      missed: missed.filter(({ id }) => id === one.id),
    })),
    expectations: expectations.map((one, i) =>
      schedule.expectations[i].isWaived && one.waivedAt === null ? { ...one, waivedAt: amendsAt } : one,
    ),
  };
}
