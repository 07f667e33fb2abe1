import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/db/transaction.js';
import { notFound, refuse } from '../platform/errors/refusal.js';
import type { AgreementRow } from './agreement.entity.js';
import { isKnownFunder, lockAgreements } from './agreements.store.js';
import * as expectations from './expectations/expectations.store.js';

export interface Meeting {
  readonly agreementId: string;
  /** The expectation the share names; null for the earliest unmet one of that agreement. */
  readonly expectationId: string | null;
  readonly shareId: string;
}

/** What other features may ask of agreements, inside their own transaction. */
@Injectable()
export class AgreementsService {
  /**
   * The agreements a report is about to be shared with, locked, in the order asked. Refuses with `NOT_FOUND` for one
   * that is not the caller's, and with `NOT_SHAREABLE` for one that was never accepted.
   */
  async lockForReport(tx: Tx, agreementIds: readonly string[]): Promise<AgreementRow[]> {
    if (agreementIds.length === 0) return [];
    const found = new Map((await lockAgreements(tx, agreementIds)).map((row) => [row.id, row]));
    return agreementIds.map((id, i) => {
      const agreement = found.get(id);
      if (!agreement) throw notFound('shareWith', String(i));
      if (agreement.acceptedAt === null) throw refuse('NOT_SHAREABLE', { path: ['shareWith', String(i)] });
      return agreement;
    });
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

  /** Whether the calling grantee was ever offered an agreement by this funder. Reads, and locks nothing. */
  hasOfferedAgreement(tx: Tx, funderId: string): Promise<boolean> {
    return isKnownFunder(tx, tx.actor.organizationIds, funderId);
  }
}
