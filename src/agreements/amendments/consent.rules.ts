import type { AmendmentKind } from './amendment.rules.js';
import { isAdverse, takesEffectAtOnce } from './amendment.rules.js';

/** `SPONSOR` is the fiscal sponsor of a sponsored project; `NEW_SPONSOR` the one that shall follow it. */
export const CONSENT_PARTIES = ['FUNDER', 'GRANTEE', 'SPONSOR', 'NEW_SPONSOR'] as const;
export type ConsentParty = (typeof CONSENT_PARTIES)[number];

export interface Consent {
  readonly kind: AmendmentKind;
  readonly proposedBy: 'FUNDER' | 'GRANTEE';
  /** Null when there is none. */
  readonly fiscalSponsorId: string | null;
  /** Those who agreed so far, the proposer among them. */
  readonly agreedBy: readonly ConsentParty[];
}

/**
 * Whose consent it takes, the proposer's included. What is adverse needs the group and its sponsor; another sponsor needs
 * the group, the funder and the new one, but not the one that goes, which may be gone.
 */
export function consentNeeded({ kind, proposedBy, fiscalSponsorId }: Omit<Consent, 'agreedBy'>): ConsentParty[] {
  if (takesEffectAtOnce(kind, proposedBy)) return [proposedBy];
  return [
    'FUNDER',
    'GRANTEE',
    ...(isAdverse(kind) && fiscalSponsorId !== null ? (['SPONSOR'] as const) : []),
    ...(kind === 'CHANGE_SPONSOR' ? (['NEW_SPONSOR'] as const) : []),
  ];
}

export function stillNeeded(consent: Consent): ConsentParty[] {
  return consentNeeded(consent).filter((party) => !consent.agreedBy.includes(party));
}

/** Nobody decides on a new sponsor that has not said yes: it answers before the other party does. */
export function waitsForNewSponsor(consent: Consent, party: ConsentParty): boolean {
  return party !== 'NEW_SPONSOR' && stillNeeded(consent).includes('NEW_SPONSOR');
}

interface Named {
  readonly granteeId: string;
  readonly fiscalSponsorId: string | null;
  readonly newSponsorId: string | null;
}
interface Caller {
  readonly role: string;
  readonly organizationIds: readonly string[];
}

/** What a caller who can see an amendment is to it; null for one who only reads. */
export function consentPartyOf(
  { granteeId, fiscalSponsorId, newSponsorId }: Named,
  { role, organizationIds }: Caller,
): ConsentParty | null {
  if (role === 'FUNDER') return 'FUNDER';
  if (role !== 'GRANTEE') return null;
  const is = (id: string | null): boolean => id !== null && organizationIds.includes(id);
  if (is(granteeId)) return 'GRANTEE';
  // Once it has become the sponsor it is both: what it is asked is over then.
  return is(fiscalSponsorId) ? 'SPONSOR' : is(newSponsorId) ? 'NEW_SPONSOR' : null;
}
