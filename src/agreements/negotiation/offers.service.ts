import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Organizations } from '../../organizations/organizations.service.js';
import type { Actor } from '../../platform/access/actor.js';
import type { Tx } from '../../platform/db/transaction.js';
import { notFound, refuse } from '../../platform/errors/refusal.js';
import type { Answer } from '../../platform/idempotency/mutations.service.js';
import { Mutations } from '../../platform/idempotency/mutations.service.js';
import type { AgreementRow } from '../agreement.entity.js';
import type { AgreementCommand, AgreementParty } from '../agreement.lifecycle.js';
import { hasAccepted, isAcceptedByAll } from '../agreement.lifecycle.js';
import { AgreementsService } from '../agreements.service.js';
import { dayIn, endOfDuty } from '../due-day.rules.js';
import { termsDocument } from '../terms/revisions.loaders.js';
import { findRevision } from '../terms/revisions.store.js';
import { renderAgreed } from '../terms/terms-text.rules.js';
import { headOf, termsOf } from '../terms/terms.rules.js';
import { dueBeforeAcceptance } from './due-before-acceptance.js';
import type {
  AcceptAgreementInput,
  AgreementChangeInput,
  OfferAgreementInput,
  RequestAgreementChangesInput,
} from './negotiation.inputs.js';
import * as store from './negotiation.store.js';
import { TermsReader } from './terms-reader.service.js';

/** What passes between the parties until they agree or part. */
@Injectable()
export class Offers {
  constructor(
    private readonly mutations: Mutations,
    private readonly agreements: AgreementsService,
    private readonly organizations: Organizations,
    private readonly reader: TermsReader,
  ) {}

  /** The newest revision, hidden until now, becomes what both see; without a new one the last is offered again. */
  offer(actor: Actor, input: OfferAgreementInput): Promise<Answer> {
    return this.mutations.run(actor, 'offerAgreement', input, async (tx) => {
      const { agreement, to } = await this.agreements.step(tx, 'OFFER', input.id, input.expectedVersion);
      const { id, revision: shown, granteeId, funderId } = agreement;
      const revision = (await findRevision(tx, id, shown + 1)) ?? (await findRevision(tx, id, shown))!;
      const terms = termsOf(revision.terms);
      this.reader.checkOffer(terms);
      const { number } = revision;
      const offered = {
        state: to,
        offeredTo: granteeId,
        fiscalSponsorId: terms.fiscalSponsor?.id ?? null,
        offeredAt: tx.now,
        changesRequested: null,
        revision: number,
        ...NOBODY_ACCEPTED,
      };
      const event = { type: 'AGREEMENT_OFFERED', revision: number };
      const outcome = this.agreements.save(tx, agreement, { ...headOf(terms), ...offered }, event);
      if (number !== shown) store.replaceSchedule(tx, { ...agreement, offeredTo: granteeId }, terms);
      store.showToGrantee(tx, agreement, number);
      this.organizations.acquaint(tx, funderId, granteeId);
      const parties = await store.findParties(tx, funderId, granteeId);
      return { ...outcome, notices: parties ? dueBeforeAcceptance(terms, dayIn(parties.timeZone, tx.now)) : [] };
    });
  }

  /**
   * From here on both owe each other something, so what duties depend on is fixed: the time zone and each deadline. Of a
   * sponsored project group and sponsor both accept, in any order.
   */
  accept(actor: Actor, input: AcceptAgreementInput): Promise<Answer> {
    return this.mutations.run(actor, 'acceptAgreement', input, async (tx) => {
      const { agreement, to, party } = await this.agreements.step(tx, 'ACCEPT', input.id, input.expectedVersion);
      const { id, revision, funderId, granteeId } = agreement;
      if (revision !== input.revision) {
        const parameters = { current: revision, named: input.revision };
        throw refuse('REVISION_MISMATCH', { path: ['revision'], parameters });
      }
      if (hasAccepted(agreement, party)) throw refuse('ALREADY_AGREED', { path: ['id'] });
      const person = acceptedBy(party, input);
      if (!isAcceptedByAll({ ...agreement, ...person })) {
        return this.agreements.save(tx, agreement, person, { type: 'AGREEMENT_PARTLY_ACCEPTED' });
      }
      const parties = await store.findParties(tx, funderId, granteeId);
      const agreed = await findRevision(tx, id, revision);
      if (!parties || !agreed) throw notFound('id');
      const { timeZone, funderName, granteeName } = parties;
      const names = { funderName, granteeName, timeZone };
      const text = renderAgreed(termsDocument(agreed, termsOf(agreed.terms), names));
      await this.fixDeadlines(tx, id, timeZone);
      store.keepAgreedText(tx, agreement, text, names);
      const acceptedDigest = createHash('sha256').update(text).digest();
      const changes = { state: to, acceptedAt: tx.now, ...person, acceptedDigest, timeZone };
      return this.agreements.save(tx, agreement, changes, { type: 'AGREEMENT_ACCEPTED' });
    });
  }

  requestChanges(actor: Actor, input: RequestAgreementChangesInput): Promise<Answer> {
    return this.mutations.run(actor, 'requestAgreementChanges', input, async (tx) => {
      const { agreement, to } = await this.agreements.step(tx, 'REQUEST_CHANGES', input.id, input.expectedVersion);
      store.keepRequestedChanges(tx, agreement, input.message);
      const changes = { state: to, changesRequested: input.message };
      return this.agreements.save(tx, agreement, changes, { type: 'AGREEMENT_CHANGES_REQUESTED' });
    });
  }

  decline(actor: Actor, input: AgreementChangeInput): Promise<Answer> {
    return this.end(actor, 'declineAgreement', 'DECLINE', input, 'AGREEMENT_DECLINED');
  }

  withdraw(actor: Actor, input: AgreementChangeInput): Promise<Answer> {
    return this.end(actor, 'withdrawAgreement', 'WITHDRAW', input, 'AGREEMENT_WITHDRAWN');
  }

  private end(
    actor: Actor,
    operation: string,
    command: AgreementCommand,
    input: AgreementChangeInput,
    type: string,
  ): Promise<Answer> {
    return this.mutations.run(actor, operation, input, async (tx) => {
      const { agreement, to } = await this.agreements.step(tx, command, input.id, input.expectedVersion);
      const changes: Partial<AgreementRow> = { state: to, endedAt: tx.now };
      return this.agreements.save(tx, agreement, changes, { type });
    });
  }

  private async fixDeadlines(tx: Tx, id: string, timeZone: string): Promise<void> {
    for (const table of ['installments', 'reporting_expectations'] as const) {
      const days = await store.dueDays(tx, table, id);
      const ends = new Map([...days].map(([row, day]) => [row, endOfDuty(day, timeZone, tx.now)]));
      store.setDeadlines(tx, table, ends);
    }
  }
}

/** An offer starts anew: what was accepted of an earlier one does not count. */
const NOBODY_ACCEPTED = {
  acceptedByName: null,
  acceptedByTitle: null,
  sponsorAcceptedByName: null,
  sponsorAcceptedByTitle: null,
};

function acceptedBy(
  party: AgreementParty,
  { acceptedByName: name, acceptedByTitle: title }: AcceptAgreementInput,
): Partial<AgreementRow> {
  if (party === 'SPONSOR') return { sponsorAcceptedByName: name, sponsorAcceptedByTitle: title };
  return { acceptedByName: name, acceptedByTitle: title };
}
