import type { Tx } from '../../platform/db/transaction.js';
import type { ResponseTerms } from '../obstacle.rules.js';

/** The funder an obstacle concerns, with what its duty to answer would depend on. */
export interface Ground extends ResponseTerms {
  readonly funderId: string;
  readonly agreementId: string | null;
  /** Who stands beside the caller in the agreement: its fiscal sponsor, or to that sponsor the group. */
  readonly sponsorId: string | null;
}

const COLUMNS = `f.organization_id AS "funderId", coalesce(o.time_zone, 'UTC') AS "funderTimeZone",
  f.response_days AS "funderResponseDays"`;
const FUNDER = 'funders f LEFT JOIN organizations o ON o.id = f.organization_id';
/** What grounds an obstacle about a funder: what it offered the caller, what the caller sponsors, and what it sponsored. */
const GROUNDS = [
  'SELECT 1 FROM agreements a WHERE a.offered_to = ANY ($1) AND a.funder_id = $2',
  'SELECT 1 FROM agreements a WHERE a.fiscal_sponsor_id = ANY ($1) AND a.funder_id = $2',
  'SELECT 1 FROM agreement_revisions r WHERE r.shown_to_sponsor_id = ANY ($1) AND r.funder_id = $2',
];

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
 * Reads what the caller may read anyway, and locks nothing: a lock could be noticed. The agreement named, as its grantee
 * or as its fiscal sponsor, or any that the funder ever offered or that is on record; null when there is none.
 */
export async function findGround(
  tx: Tx,
  { agreementId, funderId }: { agreementId?: string | null; funderId?: string | null },
): Promise<Ground | null> {
  const [found] = agreementId
    ? await tx.rows<Found>(
        `SELECT ${COLUMNS}, a.id AS "agreementId", a.time_zone AS "timeZone", a.response_days AS "responseDays",
           CASE WHEN NOT a.offered_to = ANY ($1) THEN a.offered_to
             WHEN NOT a.fiscal_sponsor_id = ANY ($1) THEN a.fiscal_sponsor_id END AS "sponsorId"
         FROM ${FUNDER} JOIN agreements a ON a.funder_id = f.organization_id
         WHERE a.id = $2 AND (a.offered_to = ANY ($1) OR a.fiscal_sponsor_id = ANY ($1))`,
        [tx.actor.organizationIds, agreementId],
      )
    : await tx.rows<Found>(
        `SELECT ${COLUMNS}, NULL::uuid AS "agreementId", NULL AS "timeZone", NULL::integer AS "responseDays",
           NULL::uuid AS "sponsorId"
         FROM ${FUNDER} WHERE f.organization_id = $2 AND (${GROUNDS.map((ground) => `EXISTS (${ground})`).join(' OR ')})`,
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
