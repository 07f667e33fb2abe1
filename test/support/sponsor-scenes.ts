import type { AgreementScenes, TermsChange } from './agreement-scenes.js';
import { AGREEMENT } from './agreement-scenes.js';
import { granteeKey } from './grantee-keys.js';
import type { Network } from './network.js';

export interface Party {
  readonly id: string;
  readonly organizationId: string;
  readonly key: string;
}
/** A sponsored group, its fiscal sponsor, and a registered grantee that could follow it. */
export interface Sponsorship {
  readonly group: Party;
  readonly sponsor: Party;
  readonly other: Party;
}

export const SPONSORED = `${AGREEMENT} restriction fiscalSponsor { id name } sponsorAcceptedByName
  reports { nodes { id report { id } contentVersion sections { text } response { text } } } amendments { id kind state }
  disbursements { id state received { amount currency } impliedRate }`;

// What a query answers depends on the query; tests assert on it.
/* eslint-disable @typescript-eslint/no-explicit-any */
export interface SponsorScenes {
  offered(sponsorship: Sponsorship, change?: TermsChange): Promise<any>;
  accept(agreement: { id: string; revision: number }, key: string): Promise<any>;
  active(sponsorship: Sponsorship, change?: TermsChange): Promise<any>;
  read(key: string, id: string): Promise<any>;
  /** Types of what is in the caller's feed about a subject, in order. */
  heard(key: string, ...subjectIds: string[]): Promise<string[]>;
}
/* eslint-enable @typescript-eslint/no-explicit-any */

async function register(network: Network, name: string, grantee: object, details: object = {}): Promise<Party> {
  const input = { name, grantee, timeZone: 'Asia/Ho_Chi_Minh', ...details };
  const { organization } = (await network.mutate(
    network.keys.steward,
    'registerOrganization',
    input,
    'organization { id }',
  )) as { organization: { id: string } };
  const by = { mutate: network.mutate, steward: network.keys.steward };
  const key = await granteeKey(by, organization.id, name);
  return { id: organization.id.replace('org_', 'gte_'), organizationId: organization.id, key };
}

export async function addSponsorship(
  network: Network,
  { name = 'Nhóm Thuyền Xóm Cồn', sponsor: known }: { name?: string; sponsor?: Party } = {},
): Promise<Sponsorship> {
  const sponsor = known ?? (await register(network, `Harbor Commons for ${name}`, { legalForm: 'REGISTERED' }));
  const other = await register(network, `Northwind Commons for ${name}`, { legalForm: 'REGISTERED' });
  const face = { legalForm: 'FISCALLY_SPONSORED', place: 'Xóm Cồn', fiscalSponsorId: sponsor.id };
  return { group: await register(network, name, face), sponsor, other };
}

export function sponsorScenes(network: () => Network, agreements: AgreementScenes): SponsorScenes {
  const scenes: SponsorScenes = {
    async offered({ group }, change) {
      const input = { granteeId: group.id, terms: agreements.terms(change) };
      const { funder } = network().keys;
      const { agreement } = (await agreements.act('draftAgreement', input, funder)) as {
        agreement: { id: string; version: number };
      };
      return agreements.move('offerAgreement', agreement);
    },
    async accept(agreement, key) {
      const { agreement: accepted, userErrors } = (await agreements.act(
        'acceptAgreement',
        agreements.acceptance(agreement),
        key,
      )) as { agreement: unknown; userErrors: unknown[] };
      if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
      return accepted;
    },
    async active(sponsorship, change) {
      const offered = (await scenes.offered(sponsorship, change)) as { id: string; revision: number };
      await scenes.accept(offered, sponsorship.group.key);
      return scenes.accept(offered, sponsorship.sponsor.key);
    },
    async read(key, id) {
      const { data, errors } = await network().call(key, `query ($id: ID!) { agreement(id: $id) { ${SPONSORED} } }`, {
        id,
      });
      if (errors) throw new Error(JSON.stringify(errors));
      return (data as { agreement: unknown }).agreement;
    },
    async heard(key, ...subjectIds) {
      const { data } = await network().call(key, '{ events(last: 100) { nodes { type subjectId } } }');
      const { nodes } = (data as { events: { nodes: { type: string; subjectId: string }[] } }).events;
      return nodes.filter(({ subjectId }) => subjectIds.includes(subjectId)).map(({ type }) => type);
    },
  };
  return scenes;
}
