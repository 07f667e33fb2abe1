import { expect } from '@jest/globals';
import { granteeKey } from './grantee-keys.js';
import type { Network } from './network.js';

export interface Identifier {
  readonly scheme: string;
  readonly value: string;
}
export interface Holder {
  readonly id: string;
  readonly version: number;
}
export interface Caller {
  readonly key: string;
  readonly id: string;
}

let numbers = 4_000_000;
export const freshNumber = (): Identifier => ({ scheme: 'GB-CHC', value: String(++numbers) });
export const codes = ({ userErrors }: { userErrors: { code: string }[] }): string[] =>
  userErrors.map(({ code }) => code);
const ORGANIZATION = 'organization { id version identifiers { scheme value standing } }';

type Payload = Awaited<ReturnType<Network['mutate']>>;
export interface IdentifierScenes {
  register(input: object): Promise<Holder>;
  caller(role: 'FUNDER' | 'GRANTEE', input?: object): Promise<Caller>;
  claim(key: string, expectedVersion: number, ...identifiers: Identifier[]): Promise<Payload>;
  decide(
    name: 'confirmIdentifier' | 'removeIdentifier',
    holder: Holder,
    identifier: Identifier,
    more?: object,
  ): Promise<Payload>;
}

/** Organizations, and what they and the steward do with numbers, over HTTP. */
export function identifierScenes(networkOf: () => Network): IdentifierScenes {
  const register = async (input: object): Promise<Holder> => {
    const network = networkOf();
    const { organization, userErrors } = await network.mutate(
      network.keys.steward,
      'registerOrganization',
      { name: 'Sông Xanh', grantee: { legalForm: 'REGISTERED' }, ...input },
      'organization { id version }',
    );
    expect(userErrors).toEqual([]);
    return organization as Holder;
  };
  return {
    register,
    async caller(role, input = {}) {
      const network = networkOf();
      const profile = role === 'FUNDER' ? { funder: {}, grantee: null } : {};
      const { id } = await register({ ...profile, ...input });
      const { steward } = network.keys;
      if (role === 'GRANTEE') return { key: await granteeKey({ mutate: network.mutate, steward }, id, 'x'), id };
      const made = { role, organizationId: id, label: 'x' };
      const { secret } = await network.mutate(steward, 'createApiKey', made, 'secret');
      return { key: secret as string, id };
    },
    claim: (key, expectedVersion, ...identifiers) =>
      networkOf().mutate(key, 'updateOrganization', { expectedVersion, identifiers }, ORGANIZATION),
    decide: (name, { id, version }, identifier, more = {}) =>
      networkOf().mutate(
        networkOf().keys.steward,
        name,
        { organizationId: id, identifier, expectedVersion: version, ...more },
        ORGANIZATION,
      ),
  };
}
