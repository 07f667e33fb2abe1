import type { Tx } from '../../platform/db/transaction.js';
import type { ResponseTerms } from '../obstacle.rules.js';

/** The funder an obstacle concerns, with what its duty to answer would depend on. */
export interface Ground extends ResponseTerms {
  readonly funderId: string;
  readonly agreementId: string | null;
  /** Of the agreement, where it has one that is not the caller itself. */
  readonly sponsorId: string | null;
}

const COLUMNS = `f.organization_id AS "funderId", coalesce(o.time_zone, 'UTC') AS "funderTimeZone",
  f.response_days AS "funderResponseDays"`;
const FUNDER = 'JOIN funders f ON f.organization_id = a.funder_id LEFT JOIN organizations o ON o.id = a.funder_id';

interface Found {
  readonly funderId: string;
  readonly agreementId: string | null;
  readonly funderTimeZone: string;
  readonly funderResponseDays: number;
  readonly timeZone: string | null;
  readonly responseDays: number | null;
  readonly sponsorId: string | null;
}

/**
 * Reads what the caller may read anyway, and locks nothing: a lock could be noticed. The agreement named, or any that
 * the funder ever offered or that is on record; null when there is none.
 */
export async function findGround(
  tx: Tx,
  { agreementId, funderId }: { agreementId?: string | null; funderId?: string | null },
): Promise<Ground | null> {
  const [found] = agreementId
    ? await tx.rows<Found>(
        `SELECT ${COLUMNS}, a.id AS "agreementId", a.time_zone AS "timeZone", a.response_days AS "responseDays",
           CASE WHEN NOT a.fiscal_sponsor_id = ANY ($1) THEN a.fiscal_sponsor_id END AS "sponsorId"
         FROM agreements a ${FUNDER} WHERE a.offered_to = ANY ($1) AND a.id = $2`,
        [tx.actor.organizationIds, agreementId],
      )
    : await tx.rows<Found>(
        `SELECT ${COLUMNS}, NULL::uuid AS "agreementId", NULL AS "timeZone", NULL::integer AS "responseDays",
           NULL::uuid AS "sponsorId"
         FROM agreements a ${FUNDER} WHERE a.offered_to = ANY ($1) AND a.funder_id = $2 LIMIT 1`,
        [tx.actor.organizationIds, funderId],
      );
  return found
    ? {
        funderId: found.funderId,
        agreementId: found.agreementId,
        timeZone: found.timeZone ?? found.funderTimeZone,
        responseDays: found.responseDays ?? found.funderResponseDays,
        sponsorId: found.sponsorId,
      }
    : null;
}
