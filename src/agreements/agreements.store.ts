import { columnsOf } from '../platform/db/columns.js';
import type { Tx } from '../platform/db/transaction.js';
import { AgreementRow } from './agreement.entity.js';

/** What lists show; the rest is read only when it is asked for (`AGREEMENT_DETAILS`). */
const SUMMARY = [
  'id',
  'funderId',
  'granteeId',
  'fiscalSponsorId',
  'state',
  'origin',
  'restriction',
  'committedMinor',
  'currency',
  'awardedOn',
  'startsOn',
  'endsOn',
  'timeZone',
  'revision',
  'amendsAt',
  'nextDueOn',
  'lateFrom',
  'version',
  'createdAt',
  'updatedAt',
  'acceptedAt',
  'funderVersion',
  'funderUpdatedAt',
] as const;
export type Agreement = Pick<AgreementRow, (typeof SUMMARY)[number]>;
export const SUMMARY_COLUMNS = columnsOf(AgreementRow, 'a', SUMMARY);

const DETAILS = [
  'id',
  'noticeDays',
  'responseDays',
  'lobbyingClause',
  'lobbyingReason',
  'note',
  'changesRequested',
  'renewsId',
  'acceptedByName',
  'acceptedByTitle',
  'sponsorAcceptedByName',
  'sponsorAcceptedByTitle',
  'acceptedDigest',
  'offeredAt',
  'acceptedAt',
  'endedAt',
] as const;
export type AgreementDetails = Pick<AgreementRow, (typeof DETAILS)[number]>;

export const AGREEMENTS_BY_ID = `SELECT ${SUMMARY_COLUMNS} FROM agreements a WHERE a.id = ANY ($1)`;
export const AGREEMENT_DETAILS = `SELECT ${columnsOf(AgreementRow, 'a', DETAILS)} FROM agreements a WHERE a.id = ANY ($1)`;

/** Locks without blocking foreign keys: whoever adds a child row elsewhere waits for nothing. */
export async function lockAgreement(tx: Tx, id: string): Promise<AgreementRow | null> {
  return (await lockAgreements(tx, [id]))[0] ?? null;
}

/** In the order of their ids, so that two callers who lock the same ones never wait for each other. */
export function lockAgreements(tx: Tx, ids: readonly string[]): Promise<AgreementRow[]> {
  return tx.rows<AgreementRow>(
    `SELECT ${columnsOf(AgreementRow, 'a')} FROM agreements a WHERE a.id = ANY ($1) ORDER BY a.id FOR NO KEY UPDATE`,
    [ids],
  );
}
