import { Injectable } from '@nestjs/common';
import { Currencies } from '../../platform/api/currencies.service.js';
import { decimalText } from '../../platform/api/money.type.js';
import { Refusal, refuse } from '../../platform/errors/refusal.js';
import type { AgreementRow } from '../agreement.entity.js';
import type { Sponsor } from '../terms/terms.rules.js';
import type { Schedule } from './amended-schedule.rules.js';
import { checkChange } from './amendment-checks.rules.js';
import type { AmendmentKind, Change, InstallmentChange } from './amendment.rules.js';
import { checkForm } from './amendment.rules.js';
import type { AmendedInstallmentInput, ProposeAmendmentInput } from './amendments.inputs.js';

/** Makes a change of an input: exact amounts, and an id for each new installment, the same whenever it takes effect. */
@Injectable()
export class AmendmentReader {
  constructor(private readonly currencies: Currencies) {}

  read(
    input: ProposeAmendmentInput,
    { currency }: AgreementRow,
    fiscalSponsor: Sponsor | null,
    newId: () => string,
  ): Change {
    const change = {
      installments: (input.installments ?? []).map((one, i) => this.installment(one, i, currency, newId)),
      endsOn: input.endsOn ?? null,
      expectationIds: [...new Set(input.expectationIds ?? [])],
      fiscalSponsor,
    };
    const problems = checkForm(input.kind, change, input.effectiveOn ?? null);
    if (problems.length > 0) throw new Refusal(problems);
    return change;
  }

  refuseUnfit({ currency }: AgreementRow, schedule: Schedule, kind: AmendmentKind, change: Change): void {
    const problems = checkChange(schedule, kind, change, (minor) => decimalText({ minor, currency }));
    if (problems.length > 0) throw new Refusal(problems);
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
