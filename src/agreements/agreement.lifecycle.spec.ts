import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { AgreementParty, AgreementState } from './agreement.lifecycle.js';
import {
  AGREEMENT_COMMANDS,
  AGREEMENT_COMMAND_NAMES,
  AGREEMENT_STATES,
  agreementTransitions,
  availableActions,
  decide,
  hasAccepted,
  isAcceptedByAll,
  partyTo,
} from './agreement.lifecycle.js';
import {
  DISBURSEMENT_COMMAND_NAMES,
  DISBURSEMENT_STATES,
  decideDisbursement,
  disbursementTransitions,
} from './payments/disbursement.lifecycle.js';

const PARTIES: AgreementParty[] = ['FUNDER', 'GRANTEE', 'SPONSOR', 'STEWARD', 'CONSENT', 'SYSTEM'];
const MAY: Record<string, string> = {
  'DRAFT FUNDER': 'REVISE=DRAFT DISCARD=DRAFT OFFER=OFFERED',
  'OFFERED FUNDER': 'WITHDRAW=WITHDRAWN',
  'OFFERED GRANTEE': 'ACCEPT=ACTIVE DECLINE=DECLINED REQUEST_CHANGES=CHANGES_REQUESTED',
  'OFFERED SPONSOR': 'ACCEPT=ACTIVE DECLINE=DECLINED REQUEST_CHANGES=CHANGES_REQUESTED',
  'CHANGES_REQUESTED FUNDER': 'REVISE=CHANGES_REQUESTED OFFER=OFFERED WITHDRAW=WITHDRAWN',
  'CHANGES_REQUESTED GRANTEE': 'DECLINE=DECLINED',
  'CHANGES_REQUESTED SPONSOR': 'DECLINE=DECLINED',
  'ACTIVE FUNDER':
    'RENEW=ACTIVE RECORD_DISBURSEMENT=ACTIVE PLACE_LEGAL_HOLD=ACTIVE PROPOSE_AMENDMENT=ACTIVE WAIVE_EXPECTATION=ACTIVE',
  'ACTIVE GRANTEE': 'PROPOSE_AMENDMENT=ACTIVE MOVE_EXPECTATION=ACTIVE',
  'ACTIVE STEWARD': 'ANNOUNCE_DISSOLUTION=ACTIVE DISSOLVE=RELEASED',
  'ACTIVE CONSENT': 'RELEASE=RELEASED',
  'ACTIVE SYSTEM': 'COMPLETE=COMPLETED',
  'COMPLETED FUNDER': 'RENEW=COMPLETED WAIVE_EXPECTATION=COMPLETED',
  'COMPLETED GRANTEE': 'MOVE_EXPECTATION=COMPLETED',
  'COMPLETED SYSTEM': 'REOPEN=ACTIVE',
  'RELEASED FUNDER': 'RENEW=RELEASED',
  'RECORDED FUNDER': 'RENEW=RECORDED',
};

describe('an agreement', () => {
  it.each(AGREEMENT_STATES.flatMap((state) => PARTIES.map((party) => [state, party] as const)))(
    'that is %s lets %s do what the table says and nothing else',
    (state, party) => {
      const allowed = AGREEMENT_COMMAND_NAMES.flatMap((command) => {
        const decision = decide(state, command, party);
        return decision.allowed ? [`${command}=${decision.to}`] : [];
      });
      expect(allowed.join(' ')).toBe(MAY[`${state} ${party}`] ?? '');
      const named = availableActions(state, party);
      expect(named).toEqual(
        allowed
          .map((one) => one.split('=')[0])
          .filter((name) => AGREEMENT_COMMANDS[name as 'OFFER'].operation !== null),
      );
    },
  );

  it('reaches every state, and never leaves history', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...AGREEMENT_COMMAND_NAMES), fc.constantFrom(...PARTIES))),
        (steps) => {
          let state: AgreementState = 'DRAFT';
          const legal = new Set(agreementTransitions());
          for (const [command, party] of steps) {
            const decision = decide(state, command, party);
            if (!decision.allowed) continue;
            if (decision.to !== state) expect(legal).toContain(`${state}>${decision.to}`);
            state = decision.to;
          }
          expect(state).not.toBe('RECORDED');
        },
      ),
    );
    const reached = new Set(agreementTransitions().map((pair) => pair.split('>')[1]));
    expect([...AGREEMENT_STATES].filter((state) => !reached.has(state))).toEqual(['DRAFT', 'RECORDED']);
  });
});

describe('a sponsored project', () => {
  const acceptance = { fiscalSponsorId: 's', acceptedByName: null, sponsorAcceptedByName: null };
  it('is accepted by the group and by its sponsor', () => {
    const group = { ...acceptance, acceptedByName: 'Hoa' };
    const sponsor = { ...acceptance, sponsorAcceptedByName: 'Minh' };
    expect([acceptance, group, sponsor, { ...group, ...sponsor, acceptedByName: 'Hoa' }].map(isAcceptedByAll)).toEqual([
      false,
      false,
      false,
      true,
    ]);
    expect(isAcceptedByAll({ ...group, fiscalSponsorId: null })).toBe(true);
    expect([hasAccepted(group, 'GRANTEE'), hasAccepted(group, 'SPONSOR')]).toEqual([true, false]);
    expect([hasAccepted(sponsor, 'GRANTEE'), hasAccepted(sponsor, 'SPONSOR')]).toEqual([false, true]);
  });

  it.each([
    ['GRANTEE', ['s'], 'SPONSOR'],
    ['GRANTEE', ['old', 's'], 'SPONSOR'],
    ['GRANTEE', ['g'], 'GRANTEE'],
    ['FUNDER', ['s'], 'FUNDER'],
    ['STEWARD', ['s'], 'STEWARD'],
  ])('is to a %s key of %j as to its %s', (role, organizationIds, party) => {
    expect(partyTo({ fiscalSponsorId: 's' }, { role, organizationIds })).toBe(party);
    expect(partyTo({ fiscalSponsorId: null }, { role, organizationIds })).toBe(role);
  });
});

describe('the database', () => {
  const migration = readFileSync(new URL('../../migrations/0003-agreements.ts', import.meta.url), 'utf8');
  const listed = (name: string): string[] => {
    const body = migration.split(`CREATE FUNCTION ${name}()`)[1].split('THEN RAISE')[0];
    return [...body.matchAll(/'(\w+>\w+)'/g)].map(([, pair]) => pair).sort();
  };

  it('allows the same changes of state as the tables', () => {
    expect(listed('agreements_legal_transition')).toEqual(agreementTransitions());
    expect(listed('disbursements_legal_transition')).toEqual(disbursementTransitions());
  });
});

it.each(DISBURSEMENT_STATES)('a payment that is %s', (state) => {
  const allowedTo = (party: AgreementParty, isSponsored: boolean): string[] =>
    DISBURSEMENT_COMMAND_NAMES.filter((command) => decideDisbursement(state, command, party, isSponsored) !== null);
  const allowed = (['FUNDER', 'GRANTEE'] as const).map((party) => allowedTo(party, false));
  const expected: Record<string, [string[], string[]]> = {
    SENT: [['VOID'], ['CONFIRM', 'REPORT_MISSING']],
    MISSING: [['RETURN', 'VOID'], ['CONFIRM']],
    RECEIVED: [[], ['CORRECT', 'REPAY']],
  };
  expect(allowed).toEqual(expected[state] ?? [[], []]);
  // The money of a sponsored project arrives at its sponsor's account, and nobody else says so.
  expect((['FUNDER', 'SPONSOR'] as const).map((party) => allowedTo(party, true))).toEqual(allowed);
  expect([allowedTo('GRANTEE', true), allowedTo('SPONSOR', false), allowedTo('STEWARD', true)]).toEqual([[], [], []]);
});
