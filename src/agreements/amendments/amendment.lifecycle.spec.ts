import { describe, expect, it } from '@jest/globals';
import {
  AMENDMENT_COMMAND_NAMES,
  AMENDMENT_STATES,
  amendmentActions,
  amendmentTransitions,
  decideAmendment,
} from './amendment.lifecycle.js';
import { AMENDMENT_KINDS } from './amendment.rules.js';
import type { ConsentParty } from './consent.rules.js';
import { CONSENT_PARTIES, consentNeeded } from './consent.rules.js';

const PARTIES = [...CONSENT_PARTIES, null];

describe('the lifecycle', () => {
  const cases = AMENDMENT_STATES.flatMap((state) =>
    AMENDMENT_KINDS.flatMap((kind) =>
      (['FUNDER', 'GRANTEE'] as const).flatMap((proposedBy) =>
        [null, 'sponsor'].map((fiscalSponsorId) => ({ state, kind, proposedBy, fiscalSponsorId })),
      ),
    ),
  );
  it.each(cases)('of $kind by the $proposedBy that is $state, with the sponsor $fiscalSponsorId', (one) => {
    const proposal = { ...one, agreedBy: [one.proposedBy] as ConsentParty[] };
    for (const party of PARTIES) {
      const allowed = AMENDMENT_COMMAND_NAMES.filter((name) => decideAmendment(proposal, name, party) !== null);
      const isAsked = party !== null && consentNeeded(one).includes(party);
      const expected =
        !isAsked || one.state !== 'PROPOSED' ? [] : party === one.proposedBy ? ['WITHDRAW'] : ['ACCEPT', 'DECLINE'];
      expect([party, allowed]).toEqual([party, expected]);
      expect(amendmentActions({ ...proposal, staleAt: new Date(0) }, party)).toEqual(
        expected.filter((name) => name !== 'ACCEPT'),
      );
      const waits = one.kind === 'CHANGE_SPONSOR' && party !== 'NEW_SPONSOR';
      expect(amendmentActions({ ...proposal, staleAt: null }, party)).toEqual(
        expected.filter((name) => name !== 'ACCEPT' || !waits),
      );
    }
  });

  it('asks nobody twice, and lets whoever agreed still say no', () => {
    const proposal = {
      state: 'PROPOSED',
      kind: 'RELEASE',
      proposedBy: 'FUNDER',
      fiscalSponsorId: 's',
      agreedBy: ['FUNDER', 'SPONSOR'],
      staleAt: null,
    } as const;
    expect(amendmentActions(proposal, 'SPONSOR')).toEqual(['DECLINE']);
    expect(amendmentActions(proposal, 'GRANTEE')).toEqual(['ACCEPT', 'DECLINE']);
  });

  it('ends with an answer', () => {
    expect(amendmentTransitions()).toEqual(['PROPOSED>ACCEPTED', 'PROPOSED>DECLINED', 'PROPOSED>WITHDRAWN']);
  });
});
