import type { OnModuleInit } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor.js';
import { decimalText } from '../../platform/api/money.type.js';
import { insertRow, updateRow } from '../../platform/db/columns.js';
import { expectVersion } from '../../platform/db/expect-version.js';
import type { Tx } from '../../platform/db/transaction.js';
import { Refusal, notFound, refuse } from '../../platform/errors/refusal.js';
import type { Answer, Outcome } from '../../platform/idempotency/mutations.service.js';
import { Mutations } from '../../platform/idempotency/mutations.service.js';
import { addJob } from '../../platform/jobs/add-job.js';
import { Jobs } from '../../platform/jobs/jobs.service.js';
import type { AgreementRow } from '../agreement.entity.js';
import { decide } from '../agreement.lifecycle.js';
import { AgreementsService } from '../agreements.service.js';
import { lockAgreement } from '../agreements.store.js';
import { dayIn } from '../due-day.rules.js';
import { findRevision } from '../terms/revisions.store.js';
import { compareTerms } from '../terms/terms-comparison.rules.js';
import { termsOf } from '../terms/terms.rules.js';
import type { Schedule } from './amended-schedule.rules.js';
import { amended, amendedTerms, hasMoneyInFlight } from './amended-schedule.rules.js';
import { checkChange } from './amendment-checks.rules.js';
import { AmendmentEffects } from './amendment-effects.service.js';
import { AmendmentRow } from './amendment.entity.js';
import type { AmendmentCommand, AmendmentParty, AmendmentState } from './amendment.lifecycle.js';
import { decideAmendment } from './amendment.lifecycle.js';
import type { AmendmentKind, Change } from './amendment.rules.js';
import * as rules from './amendment.rules.js';
import { AmendmentReader } from './amendment-reader.service.js';
import type { AcceptAmendmentInput, AmendmentChangeInput, ProposeAmendmentInput } from './amendments.inputs.js';
import type { Amendment } from './amendments.store.js';
import * as store from './amendments.store.js';
import { takeAmendmentEffect } from './take-amendment-effect.job.js';

interface Scene {
  readonly agreement: AgreementRow;
  readonly amendment: Amendment;
  readonly to: AmendmentState;
}

/** An active agreement changes by consent, except for what is good for the grantee. */
@Injectable()
export class Amendments implements OnModuleInit {
  constructor(
    private readonly mutations: Mutations,
    private readonly agreements: AgreementsService,
    private readonly effects: AmendmentEffects,
    private readonly reader: AmendmentReader,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    this.jobs.register('take_amendment_effect', takeAmendmentEffect(this.effects));
  }

  propose(actor: Actor, input: ProposeAmendmentInput): Promise<Answer> {
    return this.mutations.run(actor, 'proposeAmendment', input, async (tx) => {
      const { kind } = input;
      const agreement = await this.lockActive(tx, input);
      const proposedBy = actor.role as AmendmentParty;
      const change = this.reader.read(input, agreement, () => tx.newId());
      const schedule = await store.readSchedule(tx, agreement);
      this.refuseUnfit(agreement, schedule, kind, change);
      const amendment = {
        ...this.noticeOf(tx, agreement, proposedBy, input),
        id: tx.newId(),
        agreementId: agreement.id,
        funderId: agreement.funderId,
        granteeId: agreement.granteeId,
        kind,
        proposedBy,
        baseRevision: agreement.revision,
        change: rules.storedChange(change),
        shown: await this.differences(tx, agreement, schedule, kind, change),
        message: input.message ?? null,
        revision: null,
        staleAt: null,
        proposedAt: tx.now,
        version: 1,
      };
      const event = { type: 'AMENDMENT_PROPOSED', subject: { type: 'AMENDMENT' as const, id: amendment.id } };
      if (rules.takesEffectAtOnce(kind, proposedBy)) {
        const accepted = { ...amendment, state: 'ACCEPTED' as const, decidedAt: tx.now, takesEffectAt: tx.now };
        const revision = agreement.revision + 1;
        insertRow(tx, AmendmentRow, { ...accepted, revision });
        this.agreements.announce(tx, agreement, event);
        this.agreements.announce(tx, agreement, { ...event, type: 'AMENDMENT_ACCEPTED', revision });
        await this.effects.takeEffect(tx, agreement, accepted);
      } else {
        if (await store.hasOpenAmendment(tx, agreement.id)) throw refuse('AMENDMENT_OPEN', { path: ['agreementId'] });
        insertRow(tx, AmendmentRow, { ...amendment, state: 'PROPOSED', decidedAt: null, takesEffectAt: null });
        this.agreements.save(tx, agreement, {}, event);
      }
      return { id: amendment.id, version: 1 };
    });
  }

  accept(actor: Actor, input: AcceptAmendmentInput): Promise<Answer> {
    return this.mutations.run(actor, 'acceptAmendment', input, async (tx) => {
      const { agreement, amendment, to } = await this.begin(tx, 'ACCEPT', input);
      this.refuseUnready(tx, agreement, amendment);
      const { kind, effectiveOn, noticeUntil } = amendment;
      const waives = actor.role === 'GRANTEE' && input.waiveNotice === true;
      const noticeWaived = amendment.noticeWaived || waives;
      if (
        effectiveOn !== null &&
        !rules.isNoticeKept({ effectiveOn, noticeUntil: noticeUntil!, isWaived: noticeWaived })
      ) {
        throw refuse('NOTICE_TOO_SHORT', { path: ['waiveNotice'], parameters: { earliest: noticeUntil! } });
      }
      const schedule = await store.readSchedule(tx, agreement);
      this.refuseUnfit(agreement, schedule, kind, rules.changeOf(amendment.change));
      const day = effectiveOn === null ? tx.now : rules.startOfDay(effectiveOn, agreement.timeZone!);
      const isDue = day <= tx.now;
      if (isDue && kind === 'RELEASE' && hasMoneyInFlight(schedule)) throw refuse('MONEY_IN_FLIGHT', { path: ['id'] });
      const takesEffectAt = isDue ? tx.now : day;
      const changes = { state: to, decidedAt: tx.now, takesEffectAt, noticeWaived };
      const outcome = this.change(tx, amendment, changes);
      const event = { type: 'AMENDMENT_ACCEPTED', subject: { type: 'AMENDMENT' as const, id: amendment.id } };
      if (isDue) {
        this.agreements.announce(tx, agreement, event);
        await this.effects.takeEffect(tx, agreement, { ...amendment, ...changes });
      } else {
        this.agreements.save(tx, agreement, { amendsAt: takesEffectAt }, event);
        addJob(tx, 'take_amendment_effect', agreement.id, takesEffectAt);
      }
      return outcome;
    });
  }

  decline(actor: Actor, input: AmendmentChangeInput): Promise<Answer> {
    return this.end(actor, 'declineAmendment', 'DECLINE', input);
  }

  withdraw(actor: Actor, input: AmendmentChangeInput): Promise<Answer> {
    return this.end(actor, 'withdrawAmendment', 'WITHDRAW', input);
  }

  private end(
    actor: Actor,
    operation: string,
    command: AmendmentCommand,
    input: AmendmentChangeInput,
  ): Promise<Answer> {
    return this.mutations.run(actor, operation, input, async (tx) => {
      const { agreement, amendment, to } = await this.begin(tx, command, input);
      const subject = { type: 'AMENDMENT' as const, id: amendment.id };
      this.agreements.announce(tx, agreement, { type: `AMENDMENT_${to}`, subject });
      return this.change(tx, amendment, { state: to, decidedAt: tx.now });
    });
  }

  private async lockActive(tx: Tx, { agreementId, baseRevision }: ProposeAmendmentInput): Promise<AgreementRow> {
    const found = await lockAgreement(tx, agreementId);
    if (!found) throw notFound('agreementId');
    const { revision } = found;
    const agreement = await this.effects.bringUpToDate(tx, found);
    const action = 'PROPOSE_AMENDMENT';
    if (!decide(agreement.state, action, tx.actor.role as AmendmentParty).allowed) {
      throw refuse('ACTION_NOT_ALLOWED', { path: ['agreementId'], parameters: { action, state: agreement.state } });
    }
    if (revision === baseRevision) return agreement;
    throw refuse('REVISION_MISMATCH', {
      path: ['baseRevision'],
      parameters: { current: revision, named: baseRevision },
    });
  }

  /** The amendment with its agreement locked, so that nobody changes either meanwhile. */
  private async begin(tx: Tx, command: AmendmentCommand, input: AmendmentChangeInput): Promise<Scene> {
    const found = await store.findAmendment(tx, input.id);
    const agreement = found && (await lockAgreement(tx, found.agreementId));
    const amendment = agreement && (await store.findAmendment(tx, input.id));
    if (!amendment) throw notFound('id');
    expectVersion(amendment, input.expectedVersion);
    const to = decideAmendment(amendment, command, tx.actor.role);
    if (to === null) throw notAllowed(command, amendment.state);
    return { agreement, amendment, to };
  }

  private refuseUnready(tx: Tx, agreement: AgreementRow, amendment: Amendment): void {
    if (agreement.state !== 'ACTIVE') throw notAllowed('ACCEPT', agreement.state);
    if (amendment.staleAt === null && amendment.baseRevision === agreement.revision) return;
    const parameters = { base: amendment.baseRevision, current: agreement.revision };
    throw refuse('AMENDMENT_STALE', { path: ['id'], parameters });
  }

  private refuseUnfit({ currency }: AgreementRow, schedule: Schedule, kind: AmendmentKind, change: Change): void {
    const problems = checkChange(schedule, kind, change, (minor) => decimalText({ minor, currency }));
    if (problems.length > 0) throw new Refusal(problems);
  }

  /** What the notice depends on is fixed now; later changes of `noticeDays` do not reach back. */
  private noticeOf(
    tx: Tx,
    { timeZone, noticeDays }: AgreementRow,
    proposedBy: AmendmentParty,
    { effectiveOn, waiveNotice }: ProposeAmendmentInput,
  ): Pick<Amendment, 'effectiveOn' | 'noticeUntil' | 'noticeWaived'> {
    if (effectiveOn == null) return { effectiveOn: null, noticeUntil: null, noticeWaived: false };
    const today = dayIn(timeZone!, tx.now);
    const noticeUntil = rules.noticeUntil(today, noticeDays!);
    if (!rules.isNoticeKept({ effectiveOn, noticeUntil, isWaived: waiveNotice === true })) {
      throw refuse('NOTICE_TOO_SHORT', { path: ['effectiveOn'], parameters: { earliest: noticeUntil } });
    }
    return { effectiveOn, noticeUntil, noticeWaived: proposedBy === 'GRANTEE' && waiveNotice === true };
  }

  private async differences(
    tx: Tx,
    agreement: AgreementRow,
    schedule: Schedule,
    kind: AmendmentKind,
    change: Change,
  ): Promise<Amendment['shown']> {
    const terms = termsOf((await findRevision(tx, agreement.id, agreement.revision))!.terms);
    const after = amended(schedule, kind, change, dayIn(agreement.timeZone!, tx.now));
    const differences = compareTerms(
      terms,
      amendedTerms(terms, schedule, after),
      (minor, currency) => `${decimalText({ minor, currency })} ${currency}`,
    );
    if (after.state === schedule.state) return differences;
    return [{ field: 'state', before: schedule.state, after: after.state }, ...differences];
  }

  private change(tx: Tx, { id, version }: Amendment, changes: Partial<Amendment>): Outcome {
    updateRow(tx, AmendmentRow, { id, ...changes, version: version + 1 });
    return { id, version: version + 1 };
  }
}

function notAllowed(action: string, state: string): Refusal {
  return refuse('ACTION_NOT_ALLOWED', { path: ['id'], parameters: { action, state } });
}
