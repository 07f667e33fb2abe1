import { describe, expect, it } from '@jest/globals';
import type { AmendmentKind } from './amendment.rules.js';
import { AMENDMENT_KINDS, isAdverse } from './amendment.rules.js';
import type { ConsentParty } from './consent.rules.js';
import { consentNeeded, consentPartyOf, stillNeeded, waitsForNewSponsor } from './consent.rules.js';

/** Written by hand from the rules: the funder's proposal, then the group's; without a sponsor, then with one. */
const NEEDED: Record<AmendmentKind, [string, string, string, string]> = {
  ADD_FUNDS: ['F', 'FG', 'F', 'FG'],
  MOVE_PAYMENT_EARLIER: ['F', 'FG', 'F', 'FG'],
  EXTEND_TERM: ['F', 'FG', 'F', 'FG'],
  DROP_REPORT: ['F', 'FG', 'F', 'FG'],
  REDUCE_FUNDS: ['FG', 'FG', 'FGS', 'FGS'],
  MOVE_PAYMENT_LATER: ['FG', 'FG', 'FGS', 'FGS'],
  SHORTEN_TERM: ['FG', 'FG', 'FGS', 'FGS'],
  RELEASE: ['FG', 'FG', 'FGS', 'FGS'],
  CHANGE_SPONSOR: ['FGN', 'FGN', 'FGN', 'FGN'],
};

describe('consent', () => {
  it.each(AMENDMENT_KINDS)('to %s', (kind) => {
    const cases = [null, 'sponsor'].flatMap((fiscalSponsorId) =>
      (['FUNDER', 'GRANTEE'] as const).map((proposedBy) => ({ kind, proposedBy, fiscalSponsorId })),
    );
    expect(
      cases.map((one) =>
        consentNeeded(one)
          .map(([first]) => first)
          .join(''),
      ),
    ).toEqual(NEEDED[kind]);
    for (const one of cases) {
      if (isAdverse(kind)) expect(consentNeeded(one)).toContain('GRANTEE');
      expect(consentNeeded(one)).toContain(one.proposedBy);
      const agreedBy = consentNeeded(one);
      expect(stillNeeded({ ...one, agreedBy })).toEqual([]);
      for (const missing of agreedBy) {
        expect(stillNeeded({ ...one, agreedBy: agreedBy.filter((party) => party !== missing) })).toEqual([missing]);
      }
    }
  });

  it('to another sponsor is asked of it first', () => {
    const asked = { kind: 'CHANGE_SPONSOR', proposedBy: 'GRANTEE', fiscalSponsorId: 's' } as const;
    const before = { ...asked, agreedBy: ['GRANTEE'] as ConsentParty[] };
    expect([waitsForNewSponsor(before, 'FUNDER'), waitsForNewSponsor(before, 'NEW_SPONSOR')]).toEqual([true, false]);
    expect(waitsForNewSponsor({ ...before, agreedBy: ['GRANTEE', 'NEW_SPONSOR'] }, 'FUNDER')).toBe(false);
  });

  it.each<[string, string[], ConsentParty | null]>([
    ['FUNDER', ['f'], 'FUNDER'],
    ['GRANTEE', ['g'], 'GRANTEE'],
    ['GRANTEE', ['s'], 'SPONSOR'],
    ['GRANTEE', ['n'], 'NEW_SPONSOR'],
    ['GRANTEE', ['x', 's'], 'SPONSOR'],
    ['GRANTEE', ['x'], null],
    ['STEWARD', ['g'], null],
    ['ANALYST', [], null],
  ])('is asked of a %s key of %j as %s', (role, organizationIds, party) => {
    const named = { granteeId: 'g', fiscalSponsorId: 's', newSponsorId: 'n' };
    expect(consentPartyOf(named, { role, organizationIds })).toBe(party);
  });
});
