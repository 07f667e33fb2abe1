import { Derived } from '../../platform/api/derived.js';
import type { Agreement } from '../agreements.store.js';
import { countedTotal, receivedTotals } from './payment.rules.js';
import { disbursementsByAgreement } from './payments.loaders.js';

/** What counts toward what was promised. */
export const SentTotal = (): PropertyDecorator =>
  Derived<Agreement>(async (row, context) => {
    const payments = (await context.load(disbursementsByAgreement, row.id)) ?? [];
    return { minor: countedTotal(payments), currency: row.currency };
  });

/** What has arrived of what was promised, or of the surplus beside it. */
export const ReceivedTotals = (of: Parameters<typeof receivedTotals>[1]): PropertyDecorator =>
  Derived<Agreement>(async (row, context) =>
    receivedTotals((await context.load(disbursementsByAgreement, row.id)) ?? [], of),
  );
