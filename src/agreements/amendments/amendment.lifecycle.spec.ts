import { describe, expect, it } from '@jest/globals';
import {
  AMENDMENT_ACTIONS,
  AMENDMENT_STATES,
  amendmentActions,
  amendmentTransitions,
  decideAmendment,
} from './amendment.lifecycle.js';
import { AMENDMENT_KINDS } from './amendment.rules.js';
import type { ConsentParty } from './consent.rules.js';
import { CONSENT_PARTIES, consentNeeded } from './consent.rules.js';

const NOW = new Date('2027-01-01T00:00:00Z');
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
    const agreedBy = [one.proposedBy] as ConsentParty[];
    const proposal = { ...one, agreedBy, takesEffectAt: null, revision: null };
    for (const party of PARTIES) {
      const allowed = AMENDMENT_ACTIONS.filter((name) => decideAmendment(proposal, name, party, NOW) !== null);
      const isAsked = party !== null && consentNeeded(one).includes(party);
      const expected =
        !isAsked || one.state !== 'PROPOSED' ? [] : party === one.proposedBy ? ['WITHDRAW'] : ['ACCEPT', 'DECLINE'];
      expect([party, allowed]).toEqual([party, expected]);
      expect(amendmentActions({ ...proposal, isStale: true }, party, NOW)).toEqual(
        expected.filter((name) => name !== 'ACCEPT'),
      );
      const waits = one.kind === 'CHANGE_SPONSOR' && party !== 'NEW_SPONSOR';
      expect(amendmentActions({ ...proposal, isStale: false }, party, NOW)).toEqual(
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
      isStale: false,
      takesEffectAt: null,
      revision: null,
    } as const;
    expect(amendmentActions(proposal, 'SPONSOR', NOW)).toEqual(['DECLINE']);
    expect(amendmentActions(proposal, 'GRANTEE', NOW)).toEqual(['ACCEPT', 'DECLINE']);
  });

  it.each(['FUNDER', 'GRANTEE'] as const)('lets the funder alone withdraw before its day what a %s proposed', (who) => {
    const waiting = {
      ...({ state: 'ACCEPTED', kind: 'REDUCE_FUNDS', proposedBy: who, fiscalSponsorId: 's', isStale: false } as const),
      ...{
        agreedBy: ['FUNDER', 'GRANTEE', 'SPONSOR'] as const,
        takesEffectAt: new Date(Number(NOW) + 1),
        revision: null,
      },
    };
    for (const party of PARTIES) {
      expect([party, amendmentActions(waiting, party, NOW)]).toEqual([party, party === 'FUNDER' ? ['WITHDRAW'] : []]);
      expect(amendmentActions({ ...waiting, takesEffectAt: NOW }, party, NOW)).toEqual([]);
      expect(amendmentActions({ ...waiting, revision: 2 }, party, NOW)).toEqual([]);
    }
  });

  it('ends with an answer, or before its day', () => {
    expect(amendmentTransitions()).toEqual([
      ...['ACCEPTED>LAPSED', 'ACCEPTED>WITHDRAWN'],
      ...['PROPOSED>ACCEPTED', 'PROPOSED>DECLINED', 'PROPOSED>WITHDRAWN'],
    ]);
  });
});
