import { Injectable } from '@nestjs/common';
import { updateRow } from '../platform/db/columns.js';
import { expectVersion } from '../platform/db/expect-version.js';
import type { Tx } from '../platform/db/transaction.js';
import { actionNotAllowed, notFound, refuse } from '../platform/errors/refusal.js';
import type { ActionWord } from '../platform/errors/words.rules.js';
import { appendEvent } from '../platform/events/append-event.js';
import type { SubjectType } from '../platform/events/subjects.js';
import type { Outcome } from '../platform/idempotency/mutations.service.js';
import { AgreementRow } from './agreement.entity.js';
import { versionSeenBy } from './agreement-versions.rules.js';
import type { AgreementCommand, AgreementParty, AgreementState } from './agreement.lifecycle.js';
import { decide, isTimeFor, partyTo } from './agreement.lifecycle.js';
import { AmendmentEffects } from './amendments/amendment-effects.service.js';
import { lockAgreement, lockAgreements } from './agreements.store.js';
import * as expectations from './expectations/expectations.store.js';

export interface Meeting {
  readonly agreementId: string;
  /** The expectation the share names; null for the earliest unmet one of that agreement. */
  readonly expectationId: string | null;
  readonly shareId: string;
}

export interface AgreementEvent {
  readonly type: string;
  /** What happened to a part of it; the agreement itself when left out. */
  readonly subject?: { readonly type: SubjectType; readonly id: string };
  readonly revision?: number;
  /** Seen by the funder alone: the grantee and the steward know nothing of a draft. */
  readonly isHidden?: boolean;
  /** Nobody did it: the service found it to follow. */
  readonly isFound?: boolean;
}

type Announced = Pick<AgreementRow, 'id' | 'funderId' | 'granteeId' | 'fiscalSponsorId' | 'revision'>;

/** At another time, or not by this caller though it is the time for it. */
export function notPossible(state: AgreementState, action: AgreementCommand, path: readonly string[]): Error {
  if (isTimeFor(state, action)) return refuse('FOR_ANOTHER_PARTY', { path, parameters: { action } });
  return actionNotAllowed(action, state, ...path);
}

/** What an agreement allows, inside the caller's transaction: for this feature's services and for other features. */
@Injectable()
export class AgreementsService {
  constructor(private readonly effects: AmendmentEffects) {}

  /**
   * The agreement locked, and as it is today: whatever is about to change must not change what an amendment whose day
   * has come finds there, or its outcome would depend on when the job runs.
   */
  async lock(tx: Tx, id: string): Promise<AgreementRow | null> {
    const found = await lockAgreement(tx, id);
    return found && this.effects.bringUpToDate(tx, found);
  }

  /** Locks the agreement and decides whether the caller may do this now, and which state it comes to. */
  async step(
    tx: Tx,
    command: AgreementCommand,
    id: string,
    expectedVersion?: number | null,
  ): Promise<{ agreement: AgreementRow; to: AgreementState; party: AgreementParty }> {
    const found = await lockAgreement(tx, id);
    if (!found) throw notFound('id');
    if (expectedVersion != null) expectVersion({ version: versionSeenBy(found, tx.actor) }, expectedVersion);
    const agreement = await this.effects.bringUpToDate(tx, found);
    const party = partyTo(agreement, tx.actor);
    const decision = decide(agreement.state, command, party);
    if (!decision.allowed) throw notPossible(agreement.state, command, ['id']);
    return { agreement, to: decision.to, party };
  }

  /** Saves a change of a locked agreement and tells those who may know. */
  save(tx: Tx, agreement: AgreementRow, changes: Partial<AgreementRow>, event: AgreementEvent): Outcome {
    const { id } = agreement;
    const [version, funderVersion] = [agreement.version + 1, agreement.funderVersion + 1];
    // What the others see of the version goes on only with what they see; the database lets the funder's go on with that.
    const counted = event.isHidden ? { funderVersion, funderUpdatedAt: tx.now } : { version, updatedAt: tx.now };
    updateRow(tx, AgreementRow, { id, ...changes, ...counted });
    this.announce(tx, { ...agreement, ...changes }, event);
    return { id, version: event.isHidden ? funderVersion : version };
  }

  announce(tx: Tx, { id, funderId, granteeId, fiscalSponsorId, revision }: Announced, event: AgreementEvent): void {
    appendEvent(tx, {
      type: event.type,
      subjectType: event.subject?.type ?? 'AGREEMENT',
      subjectId: event.subject?.id ?? id,
      revision: event.revision ?? revision,
      funderId,
      granteeId: event.isHidden ? null : granteeId,
      sponsorId: event.isHidden ? null : fiscalSponsorId,
      forSteward: !event.isHidden,
      isFound: event.isFound,
    });
  }

  /**
   * The agreements a report is about to be shared with, locked, in the order asked. Refuses with `NOT_FOUND` for one
   * that is not the caller's, and with `NOT_SHAREABLE` for one that was never accepted.
   */
  async lockForReport(tx: Tx, agreementIds: readonly string[]): Promise<AgreementRow[]> {
    if (agreementIds.length === 0) return [];
    const found = new Map((await lockAgreements(tx, agreementIds)).map((row) => [row.id, row]));
    return agreementIds.map((id, i) => {
      const agreement = found.get(id);
      if (!agreement || partyTo(agreement, tx.actor) !== 'GRANTEE') throw notFound('shareWith', String(i));
      if (agreement.acceptedAt === null) throw refuse('NOT_SHAREABLE', { path: ['shareWith', String(i)] });
      return agreement;
    });
  }

  /** An agreement of either party that was accepted, whatever became of it since. */
  async lockAccepted(tx: Tx, id: string, action: ActionWord): Promise<AgreementRow> {
    const agreement = await lockAgreement(tx, id);
    if (!agreement) throw notFound('agreementId');
    if (agreement.acceptedAt === null) {
      throw actionNotAllowed(action, agreement.state, 'agreementId');
    }
    return agreement;
  }

  /** Meets the expectation named, else the earliest unmet one; null when nothing (more) was expected. */
  async meetExpectation(
    tx: Tx,
    { agreementId, expectationId, shareId }: Meeting,
  ): Promise<{ expectationId: string | null }> {
    const expectation =
      expectationId === null
        ? await expectations.lockEarliestUnmet(tx, agreementId)
        : await expectations.lockExpectation(tx, expectationId);
    if (expectationId !== null) {
      if (expectation?.agreementId !== agreementId) throw notFound('expectationId');
      if (expectation.metByShareId !== null) throw refuse('EXPECTATION_ALREADY_MET', { path: ['expectationId'] });
      if (expectation.waivedAt !== null) throw refuse('EXPECTATION_WAIVED', { path: ['expectationId'] });
    }
    if (expectation) expectations.setMetBy(tx, expectation, shareId);
    return { expectationId: expectation?.id ?? null };
  }

  /** A share that met an expectation is taken back. */
  async reopenExpectation(tx: Tx, agreementId: string, shareId: string): Promise<{ expectationId: string | null }> {
    const expectation = await expectations.lockMetBy(tx, agreementId, shareId);
    if (expectation) expectations.setMetBy(tx, expectation, null);
    return { expectationId: expectation?.id ?? null };
  }
}
