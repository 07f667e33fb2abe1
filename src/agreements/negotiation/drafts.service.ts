import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor.js';
import { organizationOf } from '../../platform/access/actor.js';
import { insertRow } from '../../platform/db/columns.js';
import type { Tx } from '../../platform/db/transaction.js';
import { notFound, refuse } from '../../platform/errors/refusal.js';
import type { Answer, Outcome } from '../../platform/idempotency/mutations.service.js';
import { Mutations } from '../../platform/idempotency/mutations.service.js';
import { AgreementRow } from '../agreement.entity.js';
import { AgreementsService } from '../agreements.service.js';
import { addDays, dayIn } from '../due-day.rules.js';
import { findRevisionToRenew, writeHiddenRevision } from '../terms/revisions.store.js';
import type { Terms } from '../terms/terms.rules.js';
import { headOf, recordedTerms, renewedTerms, sponsored, termsOf } from '../terms/terms.rules.js';
import { dueBeforeAcceptance } from './due-before-acceptance.js';
import type {
  DiscardAgreementInput,
  DraftAgreementInput,
  RenewAgreementInput,
  ReviseAgreementInput,
} from './negotiation.inputs.js';
import type { Parties } from './negotiation.store.js';
import { findParties, removeDraft, replaceSchedule } from './negotiation.store.js';
import { TermsReader, sponsorOf } from './terms-reader.service.js';

/** What the funder writes before the grantee sees it. */
@Injectable()
export class Drafts {
  constructor(
    private readonly mutations: Mutations,
    private readonly agreements: AgreementsService,
    private readonly reader: TermsReader,
  ) {}

  draft(actor: Actor, input: DraftAgreementInput): Promise<Answer> {
    return this.mutations.run(actor, 'draftAgreement', input, async (tx) => {
      const parties = await this.partiesOf(tx, organizationOf(actor), input.granteeId);
      const terms = this.reader.read(input.terms, parties);
      const notices = dueBeforeAcceptance(terms, dayIn(parties.timeZone, tx.now), ['terms']);
      return { ...this.create(tx, input.granteeId, terms, null), notices };
    });
  }

  /** Before the first offer the draft itself changes; after it, the next revision, hidden until it is offered. */
  revise(actor: Actor, input: ReviseAgreementInput): Promise<Answer> {
    return this.mutations.run(actor, 'reviseAgreement', input, async (tx) => {
      const { agreement } = await this.agreements.step(tx, 'REVISE', input.id, input.expectedVersion);
      const parties = await this.partiesOf(tx, agreement.funderId, agreement.granteeId);
      const terms = this.reader.read(input.terms, parties);
      const isDraft = agreement.state === 'DRAFT';
      const revision = isDraft ? agreement.revision : agreement.revision + 1;
      writeHiddenRevision(tx, agreement, revision, terms);
      const event = { type: 'AGREEMENT_REVISED', revision, isHidden: true };
      const outcome = this.agreements.save(tx, agreement, isDraft ? headOf(terms) : {}, event);
      if (isDraft) replaceSchedule(tx, agreement, terms);
      return { ...outcome, notices: dueBeforeAcceptance(terms, dayIn(parties.timeZone, tx.now), ['terms']) };
    });
  }

  discard(actor: Actor, input: DiscardAgreementInput): Promise<Answer> {
    return this.mutations.run(actor, 'discardAgreement', input, async (tx) => {
      const { agreement } = await this.agreements.step(tx, 'DISCARD', input.id, input.expectedVersion);
      removeDraft(tx, agreement.id);
      this.agreements.announce(tx, agreement, { type: 'AGREEMENT_DISCARDED', isHidden: true });
      return { id: agreement.id, version: agreement.version };
    });
  }

  renew(actor: Actor, input: RenewAgreementInput): Promise<Answer> {
    return this.mutations.run(actor, 'renewAgreement', input, async (tx) => {
      const { agreement: old } = await this.agreements.step(tx, 'RENEW', input.id);
      const parties = await this.partiesOf(tx, old.funderId, old.granteeId);
      const revision = await findRevisionToRenew(tx, old.id, old.revision);
      const today = dayIn(old.timeZone ?? parties.timeZone, tx.now);
      const terms = revision ? termsOf(revision.terms) : recordedTerms(old, parties, today);
      const startsOn = input.startsOn ?? (old.endsOn === null ? today : addDays(old.endsOn, 1));
      const renewed = renewedTerms(terms, startsOn);
      const sponsor = renewed.fiscalSponsor ?? sponsorOf(parties);
      const notices = dueBeforeAcceptance(renewed, dayIn(parties.timeZone, tx.now));
      return { ...this.create(tx, old.granteeId, { ...renewed, ...sponsored(sponsor) }, old.id), notices };
    });
  }

  private create(tx: Tx, granteeId: string, terms: Terms, renewsId: string | null): Outcome {
    const agreement = {
      id: tx.newId(),
      funderId: organizationOf(tx.actor),
      granteeId,
      offeredTo: null,
      fiscalSponsorId: null,
      state: 'DRAFT',
      origin: 'LIVE',
      ...headOf(terms),
      revision: 1,
      renewsId,
      version: 1,
      createdAt: tx.now,
      updatedAt: tx.now,
    } satisfies Partial<AgreementRow>;
    insertRow<AgreementRow>(tx, AgreementRow, agreement);
    writeHiddenRevision(tx, agreement, 1, terms);
    replaceSchedule(tx, agreement, terms);
    this.agreements.announce(tx, agreement, { type: 'AGREEMENT_DRAFTED', isHidden: true });
    return { id: agreement.id, version: 1 };
  }

  private async partiesOf(tx: Tx, funderId: string, granteeId: string): Promise<Parties> {
    if (funderId === granteeId) throw refuse('SAME_PARTIES', { path: ['granteeId'] });
    const parties = await findParties(tx, funderId, granteeId);
    if (!parties || parties.mergedInto !== null) throw notFound('granteeId');
    if (parties.fiscalSponsorId === funderId) throw refuse('SPONSOR_IS_FUNDER', { path: ['granteeId'] });
    return parties;
  }
}
