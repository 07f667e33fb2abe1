import type { AmendmentModel } from './amendment-model.js';
import { amendmentProblem, passDays } from './amendment-model.js';
import type { By, Command } from './commands.js';
import { onInstallment, onPayment } from './money-commands.js';
import type { Day, ModelInstallment, ModelPayment } from './money-model.js';
import { hasLiveMoney, isInFlight, stateOf } from './money-model.js';

export const NOTICE_DAYS = 60;

interface Terms {
  committed: number;
  installments: ModelInstallment[];
}
export interface ModelExpectation {
  dueOn: Day;
  movedTo: Day | null;
  isWaived: boolean;
}

/** Null when it is done; else the code of the refusal. */
export type Verdict = string | null;
const FUNDERS: readonly By[] = ['funder', 'secondFunder'];

/**
 * One agreement as the domain tells it, without a database, versions of rows or a job: an amendment takes effect at the
 * first instant of its day. Written against the words of the domain and not against the service's rules.
 */
export class AgreementModel {
  state:
    | 'DRAFT'
    | 'OFFERED'
    | 'CHANGES_REQUESTED'
    | 'ACTIVE'
    | 'COMPLETED'
    | 'RELEASED'
    | 'DECLINED'
    | 'WITHDRAWN'
    | 'GONE' = 'DRAFT';
  revision = 1;
  /** Written after changes were requested, and not offered yet. */
  private hidden: Terms | null = null;
  /** Those that needed consent, in the order they were proposed. */
  amendments: AmendmentModel[] = [];
  endsOn: Day;
  acceptedOn: Day = Infinity;

  constructor(
    readonly startsOn: Day,
    private terms: Terms,
    readonly expectation: ModelExpectation,
  ) {
    this.endsOn = startsOn + 729;
  }

  static terms(startsOn: Day, parts: readonly number[], isOff = false): Terms {
    const installments = parts.map((amount, i) => ({
      ...{ id: '', dueOn: startsOn + i * 200, owedFrom: Infinity, amount, isReleased: false },
      ...{ closedOn: null, payments: [], holds: [], past: [] },
    }));
    return { committed: parts.reduce((sum, one) => sum + one, 0) + (isOff ? 1 : 0), installments };
  }

  get committed(): number {
    return this.terms.committed;
  }
  set committed(amount: number) {
    this.terms.committed = amount;
  }
  get installments(): ModelInstallment[] {
    return this.terms.installments;
  }
  set installments(installments: ModelInstallment[]) {
    this.terms.installments = installments;
  }
  get payments(): { payment: ModelPayment; installment: ModelInstallment }[] {
    return this.installments.flatMap((installment) =>
      installment.payments.map((payment) => ({ payment, installment })),
    );
  }
  get hasMoneyInFlight(): boolean {
    return this.payments.some(({ payment }) => isInFlight(payment));
  }

  /** What the clock does by itself: an agreed change takes effect on its day, and what is over and done is complete. */
  pass(today: Day): void {
    passDays(this, today);
    if (this.state === 'ACTIVE' && this.isOver(today)) this.state = 'COMPLETED';
  }

  /** Whether on this day the term is over and nothing is awaited. */
  isOver(day: Day): boolean {
    return this.endsOn < day && this.installments.every((one) => ['RECEIVED', 'RELEASED'].includes(stateOf(one)));
  }

  /** Another one to try something with, and what is spoken of in it. */
  copyWith<T>(spokenOf: T): [AgreementModel, T] {
    const [fields, same] = structuredClone([{ ...this }, spokenOf] as const);
    return [Object.assign(Object.create(AgreementModel.prototype) as AgreementModel, fields), same];
  }

  attempt(command: Command, today: Day): Verdict {
    const verdict = this.decide(command, today);
    if (verdict === null) this.pass(today);
    return verdict;
  }

  private decide(command: Command, today: Day): Verdict {
    switch (command.do) {
      case 'revise':
        return this.step(command, 'funder', ['DRAFT', 'CHANGES_REQUESTED'], () => {
          const terms = AgreementModel.terms(this.startsOn, command.parts, command.isOff);
          if (this.state === 'DRAFT') this.terms = terms;
          else this.hidden = terms;
          return null;
        });
      case 'offer': {
        const offered = this.hidden ?? this.terms;
        const sum = offered.installments.reduce((all, { amount }) => all + amount, 0);
        const isOff = sum === offered.committed ? null : 'INSTALLMENTS_DO_NOT_SUM';
        return this.step(command, 'funder', ['DRAFT', 'CHANGES_REQUESTED'], () => {
          if (isOff !== null) return isOff;
          if (this.hidden) this.revision++;
          this.terms = offered;
          this.hidden = null;
          return this.become('OFFERED');
        });
      }
      case 'requestChanges':
        return this.step(command, 'grantee', ['OFFERED'], () => this.become('CHANGES_REQUESTED'));
      case 'accept':
        return this.step(command, 'grantee', ['OFFERED'], () =>
          command.isOld ? 'REVISION_MISMATCH' : this.accept(today),
        );
      case 'decline':
        return this.step(command, 'grantee', ['OFFERED', 'CHANGES_REQUESTED'], () => this.become('DECLINED'));
      case 'withdraw':
        return this.step(command, 'funder', ['OFFERED', 'CHANGES_REQUESTED'], () => this.become('WITHDRAWN'));
      case 'discard':
        return this.step(command, 'funder', ['DRAFT'], () => this.become('GONE'));
      case 'renew':
        return this.step({ ...command, isStale: false }, 'funder', ['ACTIVE', 'COMPLETED', 'RELEASED'], () => null);
      case 'record':
      case 'placeHold':
      case 'liftHold':
        return onInstallment(this, command, today);
      case 'confirm':
      case 'correct':
      case 'reportMissing':
      case 'return':
      case 'void':
      case 'repay':
        return onPayment(this, command, today);
      case 'moveExpectation':
      case 'waiveExpectation':
        return this.onExpectation(command);
      case 'propose':
      case 'answer':
        return amendmentProblem(this, command, today);
    }
  }

  /** Who may call it at all, whose it is, and what was read: asked before anything else. */
  stranger({ by, isStale }: Pick<Command, 'by' | 'isStale'>, usual: 'funder' | 'grantee' | 'either'): Verdict {
    if (usual !== 'either' && FUNDERS.includes(by) !== (usual === 'funder')) return 'FORBIDDEN';
    if (this.state === 'GONE' || by.startsWith('second')) return 'NOT_FOUND';
    if (by === 'grantee' && this.state === 'DRAFT') return 'NOT_FOUND';
    return isStale ? 'STALE_VERSION' : null;
  }

  step(
    command: Pick<Command, 'by' | 'isStale'>,
    usual: 'funder' | 'grantee',
    from: readonly string[],
    then: () => Verdict,
  ): Verdict {
    const refused = this.stranger(command, usual) ?? (from.includes(this.state) ? null : 'ACTION_NOT_ALLOWED');
    return refused ?? then();
  }

  /** Nothing is owed before this day. */
  private accept(today: Day): null {
    this.acceptedOn = today;
    for (const one of this.installments) one.owedFrom = today;
    return this.become('ACTIVE');
  }

  become(state: AgreementModel['state']): null {
    this.state = state;
    return null;
  }

  private onExpectation(command: Command & { do: 'moveExpectation' | 'waiveExpectation' }): Verdict {
    const { expectation } = this;
    const usual = command.do === 'moveExpectation' ? 'grantee' : 'funder';
    const refused = this.stranger({ ...command, isStale: false }, usual);
    const isUnderWay = ['ACTIVE', 'COMPLETED'].includes(this.state);
    if (refused ?? !isUnderWay) return refused ?? 'ACTION_NOT_ALLOWED';
    if (command.isStale) return 'STALE_VERSION';
    if (expectation.isWaived) return 'EXPECTATION_WAIVED';
    if (command.do === 'moveExpectation') {
      if (Math.abs(command.days) > 90) return 'EXPECTATION_MOVED_TOO_FAR';
      expectation.movedTo = expectation.dueOn + command.days;
    } else expectation.isWaived = true;
    return null;
  }

  /** Whether an amendment may touch it. */
  isUntouched(one: ModelInstallment): boolean {
    return !one.isReleased && !hasLiveMoney(one);
  }
}

/** At least one minor unit, so that a share of little is something. */
export const shareOf = (amount: number, percent: number): number =>
  percent > 100 ? amount + 1 : Math.max(1, Math.floor((amount * percent) / 100));
