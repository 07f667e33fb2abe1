import { expect } from '@jest/globals';
import { agreementScenes } from './agreement-scenes.js';
import { money, moneyScenes } from './money-scenes.js';
import { granteeKey } from './grantee-keys.js';
import type { Network, ToldNotice } from './network.js';
import { NOTICES } from './network.js';
import { ABOUT_FUNDER, FIELDS, ObstacleCalls } from './obstacle-scenes.js';

export interface Suggested {
  readonly id: string;
  readonly code: string;
  readonly [name: string]: unknown;
}
const LIST = `query ($first: Int, $after: String, $last: Int, $before: String) {
  obstacleSuggestions(first: $first, after: $after, last: $last, before: $before) {
    nodes { id code summary day beganMonth delayDays cost { amount currency } funder { id } agreement { id } obstacleCode { label canSuggest }
      subject { id __typename } }
    edges { cursor }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;

export interface SuggestedPage {
  readonly nodes: Suggested[];
  readonly edges: { cursor: string }[];
  readonly pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string };
}

/** All that can go wrong between a funder and a grantee in half a year, and what callers do with the suggestions of it. */
export function suggestionScenes(network: () => Network) {
  const agreements = agreementScenes(network);
  const payments = moneyScenes(network, agreements);
  const scenes = {
    ...agreements,
    /** Late money with a transfer cost, a hold, a waived notice, and nobody answers: at the end it is March 2027. */
    async trouble(): Promise<{ agreementId: string; obstacleId: string; subjects: Record<string, string> }> {
      const { clock, keys, ids } = network();
      const calls = new ObstacleCalls(network());
      clock.set('2026-11-23T02:00:00Z');
      const agreement = (await agreements.active()) as {
        id: string;
        revision: number;
        installments: { id: string }[];
      };
      const { id: agreementId, installments } = agreement;
      const hold = {
        installmentId: installments[1].id,
        ground: 'SANCTIONS_SCREENING',
        legalBasis: 'Screening of a new bank.',
      };
      const { id: legalHold } = await payments.done('funder', 'placeLegalHold', hold, 'legalHold { id version }');
      const amendment = {
        ...{ agreementId, kind: 'REDUCE_FUNDS', baseRevision: agreement.revision, effectiveOn: '2027-06-30' },
        ...{ waiveNotice: true, installments: [{ installmentId: installments[1].id, amount: money('500.00') }] },
      };
      clock.set('2026-11-24T02:00:00Z');
      const proposed = await payments.done('grantee', 'proposeAmendment', amendment, 'amendment { id version }');
      const accept = { id: proposed.id, expectedVersion: proposed.version };
      await payments.done('funder', 'acceptAmendment', accept, 'amendment { id version }');
      const report = { sections: [{ prompt: 'LEARNED', text: 'People come when asked.' }], shareWith: [agreementId] };
      const shares = 'narrativeReport { id version shares { nodes { id } } }';
      const submitted = await payments.done('grantee', 'submitReport', report, shares);
      clock.set('2026-11-25T02:00:00Z');
      const shared = await calls.log({ ...ABOUT_FUNDER, tier: 'SHARED', funderId: ids.funder }, keys.grantee);
      clock.set('2027-03-01T02:00:00Z');
      const sent = await payments.send(installments[0].id, money('400.00'), '2027-02-10');
      await payments.confirm(sent, money('390.50'), '2027-02-12');
      const [{ id: share }] = (submitted.shares as { nodes: { id: string }[] }).nodes;
      const subjects = { legalHold, amendment: proposed.id, share, disbursement: sent.id, obstacle: shared.id };
      return { agreementId, obstacleId: shared.id, subjects: { ...subjects, installment: installments[0].id } };
    },
    async page(key = network().keys.grantee, args: object = {}, language = 'en'): Promise<SuggestedPage> {
      const { data, errors } = await network().call(key, LIST, args, { 'accept-language': language });
      expect(errors).toBeUndefined();
      return (data as { obstacleSuggestions: SuggestedPage }).obstacleSuggestions;
    },
    async of(code: string, key?: string): Promise<Suggested[]> {
      return (await scenes.page(key, { first: 100 })).nodes.filter((one) => one.code === code);
    },
    async act(name: string, input: object, key = network().keys.grantee) {
      const selection = name === 'dismissSuggestion' ? 'suggestionId' : `obstacle { ${FIELDS} agreement { id } }`;
      return (await network().mutate(key, name, input, `${selection} ${NOTICES}`)) as {
        suggestionId?: string;
        obstacle?: { id: string; text: string; [name: string]: unknown } | null;
        userErrors: { code: string; path: string[]; message: string }[];
        notices: ToldNotice[];
      };
    },
    async done(name: string, input: object, key?: string) {
      const payload = await scenes.act(name, input, key);
      expect(payload.userErrors).toEqual([]);
      return payload;
    },
    async refused(name: string, input: object, key?: string): Promise<string[]> {
      const { userErrors, obstacle = null, suggestionId = null } = await scenes.act(name, input, key);
      expect([obstacle, suggestionId]).toEqual([null, null]);
      return userErrors.map(({ code, path }) => `${code} ${path.join('.')}`);
    },
    /** Another key of the grantee: another line of keys. */
    issue(label: string): Promise<string> {
      const { keys, ids, mutate } = network();
      return granteeKey({ mutate, steward: keys.steward }, ids.organization.grantee, label);
    },
  };
  return scenes;
}
