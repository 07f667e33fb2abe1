import { Injectable } from '@nestjs/common';
import { Currencies } from '../../platform/api/currencies.service.js';
import type { MoneyInput } from '../../platform/api/money.type.js';
import { decimalText } from '../../platform/api/money.type.js';
import { publicId } from '../../platform/api/ids.js';
import { Refusal, refuse } from '../../platform/errors/refusal.js';
import type { Amount } from '../../platform/api/money.rules.js';
import { scheduled } from '../terms/schedule.rules.js';
import type { AgreementTermsInput, InstallmentScheduleInput } from '../terms/terms.inputs.js';
import type { Sponsor, Terms, TermsProblem } from '../terms/terms.rules.js';
import { checkDraft, checkOffer, sponsored } from '../terms/terms.rules.js';
import type { Parties } from './negotiation.store.js';

/** Makes terms of an input: exact amounts, and the funder's own defaults, copied so that later changes do not reach back. */
@Injectable()
export class TermsReader {
  constructor(private readonly currencies: Currencies) {}

  read(input: AgreementTermsInput, defaults: Parties): Terms {
    const committed = this.currencies.read(input.committed, ['terms', 'committed']);
    const terms: Terms = {
      ...sponsored(sponsorOf(defaults)),
      committedMinor: committed.minor,
      currency: committed.currency,
      awardedOn: input.awardedOn ?? null,
      startsOn: input.startsOn,
      endsOn: input.endsOn,
      installments: this.installments(input, committed),
      expectations: (input.expectations ?? []).map(({ dueOn }) => dueOn).sort(),
      noticeDays: input.noticeDays ?? defaults.noticeDays,
      responseDays: input.responseDays ?? defaults.responseDays,
      lobbyingClause: input.lobbyingClause ?? 'NONE',
      lobbyingReason: input.lobbyingReason ?? null,
      note: input.note ?? null,
    };
    refuseProblems(checkDraft(terms));
    return terms;
  }

  checkOffer(terms: Terms): void {
    refuseProblems(checkOffer(terms, (minor) => decimalText({ minor, currency: terms.currency })));
  }

  private installments({ installments, schedule }: AgreementTermsInput, committed: Amount): Terms['installments'] {
    if ((installments == null) === (schedule == null)) {
      throw refuse('INSTALLMENTS_OR_SCHEDULE', { path: ['terms', 'installments'] });
    }
    if (schedule) return this.scheduled(schedule, committed);
    return installments!
      .map(({ dueOn, amount }, i) => ({
        dueOn,
        amountMinor: this.amount(amount, ['terms', 'installments', String(i), 'amount'], committed.currency),
      }))
      .sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0));
  }

  private scheduled({ firstAmount, ...schedule }: InstallmentScheduleInput, committed: Amount): Terms['installments'] {
    const path = ['terms', 'schedule', 'firstAmount'];
    const firstMinor = firstAmount ? this.amount(firstAmount, path, committed.currency) : null;
    const installments = scheduled(committed.minor, { ...schedule, firstMinor });
    if (installments === null) {
      const parameters = { committed: decimalText(committed), parts: schedule.parts };
      throw refuse('SCHEDULE_DOES_NOT_FIT', { path: ['terms', 'schedule'], parameters });
    }
    return installments;
  }

  private amount(amount: MoneyInput, path: readonly string[], expected: string): bigint {
    const { minor, currency } = this.currencies.read(amount, path);
    if (currency !== expected) {
      throw refuse('CURRENCY_MISMATCH', { path: [...path, 'currency'], parameters: { expected } });
    }
    return minor;
  }
}

/** The sponsor of the group, fixed in the terms that are written now. */
export function sponsorOf({ fiscalSponsorId, fiscalSponsorName }: Parties): Sponsor | null {
  if (fiscalSponsorId === null) return null;
  return { id: fiscalSponsorId, name: fiscalSponsorName ?? publicId('grantee', fiscalSponsorId) };
}

function refuseProblems(problems: readonly TermsProblem[]): void {
  if (problems.length > 0) throw new Refusal(problems);
}
