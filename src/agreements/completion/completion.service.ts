import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import type { Tx } from '../../platform/db/transaction.js';
import { Jobs } from '../../platform/jobs/jobs.service.js';
import type { AgreementParty } from '../agreement.lifecycle.js';
import { decide } from '../agreement.lifecycle.js';
import { AgreementsService } from '../agreements.service.js';
import { latestDay } from '../due-day.rules.js';
import { isComplete } from './completion.rules.js';
import { complete, lockEnding } from './completion.store.js';

const AT_ONCE = 200;
const FIRST = '00000000-0000-0000-0000-000000000000';

/**
 * Each hour, agreements whose last day is over and that have nothing left become `COMPLETED`. The job writes down what
 * the rule says, and late only means later: nothing is decided by the stored state that the rule would decide
 * otherwise, since of a complete agreement no installment is open.
 */
@Injectable()
export class Completion implements OnModuleInit {
  constructor(
    private readonly agreements: AgreementsService,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    this.jobs.schedule('complete_agreements', '23 * * * *', () => {
      let after = FIRST;
      return async (tx) => {
        const reached = await this.completeSome(tx, after);
        after = reached ?? after;
        return reached !== null;
      };
    });
  }

  /** One transaction's worth; answers the last agreement it looked at, or null when there are no more. */
  private async completeSome(tx: Tx, after: string): Promise<string | null> {
    const ending = await lockEnding(tx, latestDay(tx.now), after, AT_ONCE);
    for (const agreement of ending) {
      if (!isComplete(agreement, agreement.installments, tx.now)) continue;
      if (!decide(agreement.state, 'COMPLETE', tx.actor.role as AgreementParty).allowed) continue;
      complete(tx, agreement);
      this.agreements.announce(tx, agreement, { type: 'AGREEMENT_COMPLETED' });
    }
    return ending.length < AT_ONCE ? null : ending[ending.length - 1].id;
  }
}
