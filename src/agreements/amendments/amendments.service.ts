import type { OnModuleInit } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor.js';
import { decimalText } from '../../platform/api/money.type.js';
import { insertRow, updateRow } from '../../platform/db/columns.js';
import type { Tx } from '../../platform/db/transaction.js';
import { notFound, refuse } from '../../platform/errors/refusal.js';
import type { Answer } from '../../platform/idempotency/mutations.service.js';
import { Mutations } from '../../platform/idempotency/mutations.service.js';
import { Jobs } from '../../platform/jobs/jobs.service.js';
import { AgreementRow } from '../agreement.entity.js';
import { decide, partyTo } from '../agreement.lifecycle.js';
import { notPossible } from '../agreements.service.js';
import { lockAgreement } from '../agreements.store.js';
import { dayIn } from '../due-day.rules.js';
import { findParties } from '../negotiation/negotiation.store.js';
import { termsDocument } from '../terms/revisions.loaders.js';
import { compareTerms } from '../terms/terms-comparison.rules.js';
import { renderAgreed } from '../terms/terms-text.rules.js';
import type { Sponsor } from '../terms/terms.rules.js';
import { amended, amendedTerms } from './amended-schedule.rules.js';
import { AmendmentEffects } from './amendment-effects.service.js';
import { AmendmentRow } from './amendment.entity.js';
import type { AmendmentParty } from './amendment.lifecycle.js';
import type { AmendmentKind, Change } from './amendment.rules.js';
import * as rules from './amendment.rules.js';
import { paidUntil } from './early-end.rules.js';
import { AmendmentReader } from './amendment-reader.service.js';
import type { ProposeAmendmentInput } from './amendments.inputs.js';
import type { Amendment } from './amendments.store.js';
import * as store from './amendments.store.js';
import type { Start } from './starting-schedule.js';
import { readStart } from './starting-schedule.js';
import { takeAmendmentEffect } from './take-amendment-effect.job.js';

/** An active agreement changes by consent, except for what is good for the grantee. */
@Injectable()
export class Amendments implements OnModuleInit {
  constructor(
    private readonly mutations: Mutations,
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
      const sponsor = await this.newSponsor(tx, agreement, input);
      const change = this.reader.read(input, agreement, sponsor, () => tx.newId());
      const start = await readStart(tx, agreement, input.effectiveOn ?? null);
      if (start.schedule.state !== 'ACTIVE')
        throw notPossible(start.schedule.state, 'PROPOSE_AMENDMENT', ['effectiveOn']);
      this.reader.refuseUnfit(agreement, start.schedule, kind, change);
      const amendment = {
        ...this.noticeOf(tx, agreement, proposedBy, input),
        id: tx.newId(),
        agreementId: agreement.id,
        funderId: agreement.funderId,
        granteeId: agreement.granteeId,
        fiscalSponsorId: agreement.fiscalSponsorId,
        newSponsorId: sponsor?.id ?? null,
        kind,
        proposedBy,
        agreedBy: [proposedBy],
        baseRevision: agreement.revision,
        change: rules.storedChange(change),
        ...(await this.shown(tx, agreement, start, kind, change, input.effectiveOn ?? null)),
        message: input.message ?? null,
        revision: null,
        staleAt: null,
        endedAt: null,
        lapsedBecause: null,
        proposedAt: tx.now,
        version: 1,
      };
      if (rules.takesEffectAtOnce(kind, proposedBy)) {
        const accepted = { ...amendment, state: 'ACCEPTED' as const, decidedAt: tx.now, takesEffectAt: tx.now };
        const revision = agreement.revision + 1;
        insertRow(tx, AmendmentRow, { ...accepted, revision });
        this.effects.tell(tx, amendment, 'AMENDMENT_PROPOSED');
        this.effects.tell(tx, amendment, 'AMENDMENT_ACCEPTED', revision);
        await this.effects.takeEffect(tx, agreement, accepted);
      } else {
        if (await store.hasOpenAmendment(tx, agreement.id)) throw refuse('AMENDMENT_OPEN', { path: ['agreementId'] });
        insertRow(tx, AmendmentRow, { ...amendment, state: 'PROPOSED', decidedAt: null, takesEffectAt: null });
        const { id, version } = agreement;
        updateRow(tx, AgreementRow, { id, version: version + 1, updatedAt: tx.now });
        this.effects.tell(tx, amendment, 'AMENDMENT_PROPOSED');
      }
      return { id: amendment.id, version: 1 };
    });
  }

  private async lockActive(tx: Tx, { agreementId, baseRevision }: ProposeAmendmentInput): Promise<AgreementRow> {
    const found = await lockAgreement(tx, agreementId);
    if (!found) throw notFound('agreementId');
    const { revision } = found;
    const agreement = await this.effects.bringUpToDate(tx, found);
    const action = 'PROPOSE_AMENDMENT';
    if (!decide(agreement.state, action, partyTo(agreement, tx.actor)).allowed)
      throw notPossible(agreement.state, action, ['agreementId']);
    if (revision === baseRevision) return agreement;
    throw refuse('REVISION_MISMATCH', {
      path: ['baseRevision'],
      parameters: { current: revision, named: baseRevision },
    });
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

  /** How the terms would differ; for a new sponsor, which cannot read the old ones, the whole document. */
  private async shown(
    tx: Tx,
    agreement: AgreementRow,
    { revision, terms, schedule }: Start,
    kind: AmendmentKind,
    change: Change,
    effectiveOn: string | null,
  ): Promise<Pick<Amendment, 'shown' | 'proposedText'>> {
    const today = dayIn(agreement.timeZone!, tx.now);
    const day = effectiveOn !== null && effectiveOn > today ? effectiveOn : today;
    const after = amended(kind === 'RELEASE' ? paidUntil(schedule, day, today) : schedule, kind, change, day);
    const proposed = amendedTerms(terms, schedule, after, change);
    const differences = compareTerms(
      terms,
      proposed,
      (minor, currency) => `${decimalText({ minor, currency })} ${currency}`,
    );
    if (kind === 'CHANGE_SPONSOR') {
      const names = await findParties(tx, agreement.funderId, agreement.granteeId);
      const timeZone = agreement.timeZone!;
      const document = termsDocument({ ...revision, number: revision.number + 1 }, proposed, { ...names!, timeZone });
      return { shown: differences, proposedText: renderAgreed(document) };
    }
    if (after.state === schedule.state) return { shown: differences, proposedText: null };
    const ends = { field: 'state', before: schedule.state, after: after.state };
    return { shown: [ends, ...differences], proposedText: null };
  }

  private async newSponsor(
    tx: Tx,
    { funderId, granteeId, fiscalSponsorId }: AgreementRow,
    input: ProposeAmendmentInput,
  ): Promise<Sponsor | null> {
    const id = input.fiscalSponsorId ?? null;
    if (input.kind === 'CHANGE_SPONSOR' && fiscalSponsorId === null)
      throw refuse('NOT_SPONSORED', { path: ['agreementId'] });
    if (id === null) return null;
    const sponsor = [funderId, granteeId, fiscalSponsorId].includes(id) ? null : await store.findSponsor(tx, id);
    if (sponsor === null) throw refuse('NEW_SPONSOR_UNFIT', { path: ['fiscalSponsorId'] });
    return sponsor;
  }
}
