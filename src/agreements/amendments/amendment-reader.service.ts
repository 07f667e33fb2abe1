import { Injectable } from '@nestjs/common';
import { Currencies } from '../../platform/api/currencies.service.js';
import { Refusal, refuse } from '../../platform/errors/refusal.js';
import type { AgreementRow } from '../agreement.entity.js';
import type { Change, InstallmentChange } from './amendment.rules.js';
import { checkForm } from './amendment.rules.js';
import type { AmendedInstallmentInput, ProposeAmendmentInput } from './amendments.inputs.js';

/** Makes a change of an input: exact amounts, and an id for each new installment, the same whenever it takes effect. */
@Injectable()
export class AmendmentReader {
  constructor(private readonly currencies: Currencies) {}

  read(input: ProposeAmendmentInput, { currency }: AgreementRow, newId: () => string): Change {
    const change = {
      installments: (input.installments ?? []).map((one, i) => this.installment(one, i, currency, newId)),
      endsOn: input.endsOn ?? null,
      expectationIds: [...new Set(input.expectationIds ?? [])],
    };
    const problems = checkForm(input.kind, change, input.effectiveOn ?? null);
    if (problems.length > 0) throw new Refusal(problems);
    return change;
  }

  private installment(
    { installmentId, dueOn, amount }: AmendedInstallmentInput,
    i: number,
    currency: string,
    newId: () => string,
  ): InstallmentChange {
    const path = ['installments', String(i), 'amount'];
    const read = amount == null ? null : this.currencies.read(amount, path);
    if (read !== null && read.currency !== currency) {
      throw refuse('CURRENCY_MISMATCH', { path: [...path, 'currency'], parameters: { expected: currency } });
    }
    const isNew = installmentId == null;
    return { id: installmentId ?? newId(), isNew, dueOn: dueOn ?? null, amountMinor: read?.minor ?? null };
  }
}
