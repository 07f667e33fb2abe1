import { agreementScenes } from './agreement-scenes.js';
import type { AgreementScenes } from './agreement-scenes.js';
import type { Network } from './network.js';

const AMENDMENT = `amendment { id kind state isStale baseRevision proposedBy changes { field before after } effectiveOn noticeUntil
  noticeWaived takesEffectAt revision version availableActions agreement { id revision state } }`;
const usd = (amount: string): object => ({ amount, currency: 'USD' });

// What a query answers depends on the query; tests assert on it.
/* eslint-disable @typescript-eslint/no-explicit-any */
export interface AmendmentScenes extends AgreementScenes {
  attempt(key: string, name: string, input: object): Promise<any>;
  /** As `attempt`, and fails on a refusal. */
  done(key: string, name: string, input: object): Promise<any>;
  reduceSecond(agreement: any, amount: string | null, effectiveOn?: string): object;
  addFunds(agreement: any): object;
  pay(installmentId: string, amount: string): Promise<any>;
  /** What both parties and the steward are told, in order; what is of one instant by name. */
  eventsOf(id: string): Promise<string[]>;
  /** A digest of everything there is about agreements, to see that a refusal changed nothing. */
  everything(): Promise<string>;
}

export const codes = ({ userErrors }: any): string[] =>
  userErrors.map(({ code, path }: any) => `${code} ${(path ?? []).join('.')}`);
export const answer = ({ id, version }: any, more: object = {}): object => ({ id, expectedVersion: version, ...more });
export const idOf = ({ id, revision }: any): object => ({ agreementId: id, baseRevision: revision });
export const amounts = (agreement: any): string[] => agreement.installments.map((one: any) => one.amount.amount);

export function amendmentScenes(network: () => Network): AmendmentScenes {
  const attempt = (key: string, name: string, input: object): Promise<any> =>
    network().mutate(key, name, input, AMENDMENT);
  const scenes = agreementScenes(network);
  return {
    ...scenes,
    attempt,
    async done(key, name, input) {
      const { amendment, userErrors } = await attempt(key, name, input);
      if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
      return amendment;
    },
    reduceSecond: (agreement, amount, effectiveOn = '2027-11-23') => ({
      ...idOf(agreement),
      kind: 'REDUCE_FUNDS',
      effectiveOn,
      installments: [{ installmentId: agreement.installments[1].id, ...(amount !== null && { amount: usd(amount) }) }],
    }),
    addFunds: (agreement) => ({
      ...idOf(agreement),
      kind: 'ADD_FUNDS',
      installments: [{ dueOn: '2027-06-30', amount: usd('250.00') }],
    }),
    async pay(installmentId, amount) {
      const input = { installmentId, sentOn: '2026-11-20', amount: usd(amount) };
      const selection = 'disbursement { id version }';
      const sent: any = await network().mutate(network().keys.funder, 'recordDisbursement', input, selection);
      return sent.disbursement;
    },
    async eventsOf(id) {
      const rows = await network().sql<{ type: string }>(
        `SELECT e.type FROM events e LEFT JOIN amendments m ON m.id = e.subject_id
         WHERE (e.subject_id = $1 OR m.agreement_id = $1) AND e.type ~ 'AMEND|RELEASED' AND e.grantee_id IS NOT NULL
           AND e.funder_id IS NOT NULL AND e.for_steward ORDER BY e.at, e.type`,
        [scenes.uuid(id)],
      );
      return rows.map(({ type }) => type);
    },
    async everything() {
      const tables = [
        'agreements',
        'agreement_revisions',
        'installments',
        'reporting_expectations',
        'amendments',
        'dissolutions',
        'disbursements',
        'events',
      ];
      const rows = await Promise.all(
        tables.map((table) =>
          network().sql(`SELECT md5(coalesce(string_agg(t::text, '' ORDER BY t::text), '')) FROM ${table} t`),
        ),
      );
      return JSON.stringify(rows);
    },
  };
}
