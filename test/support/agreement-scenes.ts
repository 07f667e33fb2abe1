import type { Network } from './network.js';

export const AGREEMENT = `id state revision version timeZone currency startsOn endsOn committed { amount currency } changesRequested
  availableActions acceptedByName acceptedByTitle acceptedDigest sentTotal { amount } receivedTotals { amount currency } renews { id }
  funder { id organization { contact { email } } } grantee { id name }
  installments { id number dueOn amount { amount } state receivedOn lateAt isLate daysLate disbursements { id state } }
  expectations { id dueOn movedTo state overdueAt version }
  revisions { number committed { amount } installments { dueOn amount { amount } } changesRequested offeredAt acceptedAt text }
  draftRevision { number committed { amount } offeredAt }`;

export interface TermsChange {
  readonly committed?: object;
  readonly parts?: string[];
  readonly [name: string]: unknown;
}

// What a query answers depends on the query; tests assert on it.
/* eslint-disable @typescript-eslint/no-explicit-any */
export interface AgreementScenes {
  terms(change?: TermsChange): object;
  draft(change?: TermsChange): Promise<any>;
  offered(change?: TermsChange): Promise<any>;
  active(change?: TermsChange): Promise<any>;
  acceptance(agreement: { id: string; revision: number }): object;
  /** A change that names the version of what was read; answers the agreement, and fails on a refusal. */
  move(name: string, agreement: { id: string; version: number }, input?: object, key?: string): Promise<any>;
  act(name: string, input: object, key: string): Promise<any>;
  read(key: string, id: string): Promise<any>;
  uuid(id: string): string;
}
/* eslint-enable @typescript-eslint/no-explicit-any */

/** Agreements between the first funder and the first grantee, in any state. */
export function agreementScenes(network: () => Network): AgreementScenes {
  const scenes: AgreementScenes = {
    terms({ parts = ['400.00', '600.00'], ...change } = {}) {
      const committed = (change.committed ?? { amount: '1000.00', currency: 'USD' }) as { currency: string };
      return {
        committed,
        startsOn: '2027-01-01',
        endsOn: '2028-12-31',
        installments: parts.map((amount, i) => ({
          dueOn: `${2027 + i}-01-31`.replace('2029', '2028'),
          amount: { amount, currency: committed.currency },
        })),
        expectations: [{ dueOn: '2027-12-31' }],
        ...change,
      };
    },
    async draft(change) {
      const input = { granteeId: network().ids.grantee, terms: scenes.terms(change) };
      return succeeded(await scenes.act('draftAgreement', input, network().keys.funder));
    },
    async offered(change) {
      return scenes.move('offerAgreement', await scenes.draft(change));
    },
    async active(change) {
      const input = scenes.acceptance(await scenes.offered(change));
      return succeeded(await scenes.act('acceptAgreement', input, network().keys.grantee));
    },
    acceptance: ({ id, revision }) => ({
      id,
      revision,
      acceptedByName: 'Nguyễn Thị Hoa',
      acceptedByTitle: 'Giám đốc',
    }),
    async move(name, { id, version }, input = {}, key = network().keys.funder) {
      return succeeded(await scenes.act(name, { id, expectedVersion: version, ...input }, key));
    },
    act: (name, input, key) => network().mutate(key, name, input, `agreement { ${AGREEMENT} }`),
    async read(key, id) {
      const { data, errors } = await network().call(key, `query ($id: ID!) { agreement(id: $id) { ${AGREEMENT} } }`, {
        id,
      });
      if (errors) throw new Error(JSON.stringify(errors));
      return (data as { agreement: unknown }).agreement;
    },
    uuid: (id) => id.slice(4).replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
  };
  return scenes;
}

function succeeded({ agreement, userErrors }: { agreement: unknown; userErrors: unknown[] }): unknown {
  if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
  return agreement;
}
