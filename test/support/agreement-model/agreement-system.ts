import { AmendmentEffects } from '../../../src/agreements/amendments/amendment-effects.service.js';
import { takeAmendmentEffect } from '../../../src/agreements/amendments/take-amendment-effect.job.js';
import { SYSTEM_ACTOR } from '../../../src/platform/access/actor.js';
import { Database } from '../../../src/platform/db/database.service.js';
import { Jobs } from '../../../src/platform/jobs/jobs.service.js';
import type { Network } from '../network.js';
import type { AgreementModel } from './agreement-model.js';
import { AgreementModel as Model, NOTICE_DAYS, shareOf } from './agreement-model.js';
import { isAdverse, picked, wishOf } from './amendment-model.js';
import type { By, Command } from './commands.js';
import type { Day } from './money-model.js';
import { left, openHold, repaid } from './money-model.js';

const CURRENCY = 'USD';
export const dayText = (day: Day): string => new Date(day * 86_400_000).toISOString().slice(0, 10);
export const dayOf = (text: string): Day => Date.parse(`${text}T00:00:00Z`) / 86_400_000;
const money = (minor: number): object => ({ amount: (minor / 100).toFixed(2), currency: CURRENCY });

const VIEW = `id state revision version endsOn committed { amount }
  installments { id number dueOn amount { amount } state receivedOn daysLate isLate legalHolds { id version liftedOn }
    disbursements { id version state amount { amount } isSurplus repaid { amount } } }
  expectations { id version dueOn movedTo state }
  amendments { id version state isStale lapsedBecause revision }`;

export interface View {
  readonly id: string;
  readonly state: string;
  readonly revision: number;
  readonly version: number;
  readonly endsOn: string;
  readonly committed: { amount: string };
  readonly installments: readonly {
    readonly id: string;
    readonly dueOn: string;
    readonly amount: { amount: string };
    readonly state: string;
    readonly receivedOn: string | null;
    readonly daysLate: number;
    readonly isLate: boolean;
    readonly legalHolds: readonly { id: string; version: number; liftedOn: string | null }[];
    readonly disbursements: readonly {
      readonly id: string;
      readonly version: number;
      readonly state: string;
      readonly amount: { amount: string };
      readonly isSurplus: boolean;
      readonly repaid: { amount: string };
    }[];
  }[];
  readonly expectations: readonly { id: string; version: number; movedTo: string | null; state: string }[];
  readonly amendments: readonly {
    readonly id: string;
    readonly version: number;
    readonly state: string;
    readonly isStale: boolean;
    readonly lapsedBecause: string | null;
    readonly revision: number | null;
  }[];
}

/** The agreement of the service that the model speaks of, over HTTP. */
export class AgreementSystem {
  /** What the funder read last. */
  view: View | null = null;
  /** What the grantee read last: the funder's hidden edits do not show there. */
  granteesView: View | null = null;

  constructor(
    private readonly network: Network,
    readonly id: string,
  ) {}

  static async draft(network: Network, startsOn: Day, parts: readonly number[]): Promise<AgreementSystem> {
    const input = { granteeId: network.ids.grantee, terms: termsOf(startsOn, parts, false) };
    const answer = (await network.mutate(network.keys.funder, 'draftAgreement', input, 'agreement { id }')) as {
      agreement: { id: string };
    };
    return new AgreementSystem(network, answer.agreement.id);
  }

  /** What a party reads; null when it is not there for it. */
  async read(by: By): Promise<View | null> {
    const query = `query ($id: ID!) { agreement(id: $id) { ${VIEW} } }`;
    const { data, errors, text } = await this.network.call(this.network.keys[by], query, { id: this.id });
    if (errors) throw new Error(text);
    return (data as { agreement: View | null }).agreement;
  }

  /** The code of the refusal, or null; the ids of what the model picks come from what was read last. */
  async attempt(command: Command, model: AgreementModel, today: Day): Promise<string | null> {
    const found = this.inputOf(command, model, today);
    if (found === null) return 'NOTHING';
    const [name, input] = found;
    const type = `${name[0].toUpperCase()}${name.slice(1)}Input!`;
    const query = `mutation ($input: ${type}) { ${name}(input: $input) { userErrors { code } } }`;
    const { data, errors } = await this.network.call(this.network.keys[command.by], query, { input });
    if (errors) return errors[0].extensions.code;
    return (data as Record<string, { userErrors: { code: string }[] }>)[name].userErrors[0]?.code ?? null;
  }

  /** What the worker does when it comes round. */
  async runJobs(uuid: string): Promise<void> {
    const effect = takeAmendmentEffect(this.network.app.get(AmendmentEffects));
    await this.network.app.get(Database).write(SYSTEM_ACTOR, (tx) => effect(tx, uuid));
    await this.network.app.get(Jobs).runScheduled('complete_agreements');
  }

  private inputOf(command: Command, model: AgreementModel, today: Day): [string, object] | null {
    const view = this.view!;
    const version = (row: { version: number }): number => row.version - (command.isStale ? 1 : 0);
    const own = { id: this.id, expectedVersion: version((command.by === 'grantee' && this.granteesView) || view) };
    switch (command.do) {
      case 'revise':
        return ['reviseAgreement', { ...own, terms: termsOf(model.startsOn, command.parts, command.isOff) }];
      case 'offer':
      case 'decline':
      case 'withdraw':
      case 'discard':
        return [`${command.do}Agreement`, own];
      case 'requestChanges':
        return ['requestAgreementChanges', { ...own, message: 'Sooner, please.' }];
      case 'renew':
        return ['renewAgreement', { id: this.id }];
      case 'accept': {
        const revision = command.isOld ? model.revision + 1 : model.revision;
        return ['acceptAgreement', { ...own, revision, acceptedByName: 'Hoa', acceptedByTitle: 'Director' }];
      }
      case 'record':
      case 'placeHold':
      case 'liftHold':
        return this.onInstallment(command, model, today, version);
      case 'moveExpectation':
      case 'waiveExpectation': {
        const [expectation] = view.expectations;
        const input = { id: expectation.id, expectedVersion: version(expectation) };
        if (command.do === 'waiveExpectation') return ['waiveExpectation', input];
        return ['moveExpectation', { ...input, movedTo: dayText(model.expectation.dueOn + command.days) }];
      }
      case 'propose':
        return ['proposeAmendment', this.proposal(command, model, today)];
      case 'answer': {
        const amendment = view.amendments.find(({ id }) => id === picked(model, command)?.id);
        if (!amendment) return null;
        const input = { id: amendment.id, expectedVersion: version(amendment) };
        const waives = command.how === 'accept' && { waiveNotice: command.waives };
        return [`${command.how}Amendment`, { ...input, ...waives }];
      }
      default:
        return this.onPayment(command, model, today, version);
    }
  }

  private onInstallment(
    command: Command & { do: 'record' | 'placeHold' | 'liftHold' },
    model: AgreementModel,
    today: Day,
    version: (row: { version: number }) => number,
  ): [string, object] | null {
    const one = model.installments[command.installment % model.installments.length];
    const installmentId = one.id;
    if (command.do === 'record') {
      const amount = money(shareOf(left(one) || one.amount, command.percent));
      return ['recordDisbursement', { installmentId, amount, sentOn: dayText(today) }];
    }
    if (command.do === 'placeHold') {
      return ['placeLegalHold', { installmentId, ground: 'COURT_ORDER', legalBasis: 'Order 7 of the court.' }];
    }
    const hold = openHold(one) ?? one.holds.at(-1);
    return hold ? ['liftLegalHold', { id: hold.id, expectedVersion: version(hold) }] : null;
  }

  private onPayment(
    command: Command & { do: 'confirm' | 'correct' | 'reportMissing' | 'return' | 'void' | 'repay' },
    model: AgreementModel,
    today: Day,
    version: (row: { version: number }) => number,
  ): [string, object] | null {
    const found = model.payments;
    if (found.length === 0) return null;
    const { payment } = found[command.payment % found.length];
    const input = { id: payment.id, expectedVersion: version(payment) };
    switch (command.do) {
      case 'confirm':
      case 'correct': {
        const received = money(Math.max(1, payment.amount - command.less));
        const name = command.do === 'confirm' ? 'confirmDisbursement' : 'correctReceipt';
        return [name, { ...input, received, receivedOn: dayText(today) }];
      }
      case 'reportMissing':
        return ['reportDisbursementMissing', input];
      case 'return':
      case 'void':
        return [`${command.do}Disbursement`, input];
      case 'repay': {
        const amount = money(shareOf(payment.amount - repaid(payment) || payment.amount, command.percent));
        const repayment = { disbursementId: payment.id, amount, repaidOn: dayText(today), reason: 'Too much.' };
        return ['recordRepayment', repayment];
      }
    }
  }

  private proposal(command: Command & { do: 'propose' }, model: AgreementModel, today: Day): object {
    const { kind, waives, notice, isStale } = command;
    const { installment, dueOn, amount, endsOn } = wishOf(model, command);
    const changed = {
      ...(installment && { installmentId: installment.id }),
      ...(dueOn !== null && { dueOn: dayText(dueOn) }),
      ...(amount !== null && { amount: money(amount) }),
    };
    const isOfInstallments = /FUNDS|PAYMENT/.test(kind);
    return {
      ...{ agreementId: this.id, kind, baseRevision: this.view!.revision + (isStale ? 1 : 0) },
      ...(isOfInstallments && { installments: [changed] }),
      ...(endsOn !== null && { endsOn: dayText(endsOn) }),
      ...(kind === 'DROP_REPORT' && { expectationIds: [this.view!.expectations[0].id] }),
      ...(isAdverse(kind) && { effectiveOn: dayText(today + notice), waiveNotice: waives }),
    };
  }
}

function termsOf(startsOn: Day, parts: readonly number[], isOff: boolean): object {
  const { committed, installments } = Model.terms(startsOn, parts, isOff);
  return {
    ...{ committed: money(committed), startsOn: dayText(startsOn), endsOn: dayText(startsOn + 729) },
    installments: installments.map(({ dueOn, amount }) => ({ dueOn: dayText(dueOn), amount: money(amount) })),
    expectations: [{ dueOn: dayText(startsOn + 364) }],
    noticeDays: NOTICE_DAYS,
  };
}
