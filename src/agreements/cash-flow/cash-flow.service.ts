import { Injectable } from '@nestjs/common';
import type { RequestContext } from '../../platform/api/request-context.js';
import { forbidden, refusePublic } from '../../platform/access/closed.js';
import { refuse } from '../../platform/errors/refusal.js';
import { addMonths } from '../due-day.rules.js';
import { cashFlowOfFunder, cashFlowOfGrantee } from './cash-flow.loaders.js';
import { LONGEST_MONTHS, monthsBetween } from './cash-flow.rules.js';
import type { CashFlowRow } from './cash-flow.store.js';
import type { CashFlowArgs } from './cash-flow.type.js';

/** Money by month, of the caller's own agreements with the one asked about. */
@Injectable()
export class CashFlow {
  of(
    side: 'FUNDER' | 'GRANTEE',
    parentId: string,
    { from, to }: CashFlowArgs,
    context: RequestContext,
  ): Promise<CashFlowRow[] | null> {
    const { role } = context.actor;
    refusePublic(context.actor);
    if (role !== 'FUNDER' && role !== 'GRANTEE') {
      throw forbidden(context.actor, 'cashFlow', ['FUNDER', 'GRANTEE']);
    }
    const months = monthsBetween(from, to);
    if (months === null) {
      const parameters = { least: from, most: addMonths(from, LONGEST_MONTHS - 1) };
      throw refuse('DATE_OUT_OF_RANGE', { path: ['to'], parameters });
    }
    return context.load(side === 'FUNDER' ? cashFlowOfFunder : cashFlowOfGrantee, { parentId, ...months });
  }
}
