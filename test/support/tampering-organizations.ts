import type { Tampering } from './tampering-statements.js';
import { again, one, without } from './tampering-statements.js';

const HOLDER = 'a confirmed identifier has one holder, in one spelling, which is no merged record';
const ATTACHED_BY = 'imported history is attached to the holder of its confirmed identifier';
const INVITED = 'a funder invites a group once, and a link that was claimed made a key';
const HISTORICAL = `(SELECT organization_id FROM organization_identifiers WHERE value = '9100001')`;
export const ORGANIZATIONS: readonly Tampering[] = [
  {
    did: 'two organizations hold one number',
    sql: `${without('organization_identifiers', 'organization_identifiers_pkey CASCADE')}
      INSERT INTO organization_identifiers SELECT scheme, value, organization_id FROM identifier_claims LIMIT 1;
      INSERT INTO organization_identifiers SELECT i.scheme, i.value, o.id FROM organization_identifiers i, organizations o
        WHERE i.value LIKE '%9' AND o.id <> i.organization_id LIMIT 1;
      DELETE FROM identifier_claims`,
    breaks: [HOLDER],
  },
  {
    did: 'a number stands a second time in another spelling',
    sql: `INSERT INTO organization_identifiers SELECT lower(scheme), value, organization_id FROM organization_identifiers WHERE value = '9100001'`,
    breaks: [HOLDER],
  },
  {
    did: 'a merged record has kept its number',
    sql: `UPDATE organizations SET merged_into = (SELECT id FROM organizations WHERE id <> ${HISTORICAL} LIMIT 1) WHERE id = ${HISTORICAL}`,
    breaks: [HOLDER, ATTACHED_BY],
  },
  {
    did: 'a number is claimed and confirmed at once',
    sql: `INSERT INTO organization_identifiers SELECT scheme, value, organization_id FROM identifier_claims LIMIT 1`,
    breaks: ['what an organization claims is not confirmed for it already'],
  },
  {
    did: 'a number that has history is handed to another organization',
    sql: `UPDATE organization_identifiers SET organization_id = (SELECT id FROM organizations WHERE id <> organization_id LIMIT 1)
      WHERE value = '9100001'`,
    breaks: [ATTACHED_BY],
  },
  {
    did: 'a number that has history is of nobody',
    sql: `DELETE FROM organization_identifiers WHERE value = '9100001'`,
    breaks: [ATTACHED_BY],
  },
  {
    did: 'history is attached by a number that was only claimed',
    sql: `UPDATE imported_grants g SET funder_value = c.value FROM identifier_claims c WHERE c.organization_id = g.funder_id`,
    breaks: [ATTACHED_BY],
  },
  {
    did: 'a group was invited twice',
    sql: `${without('invitations', 'invitations_one_for_each_group')} ${without('invitations', 'invitations_token_digest')}
      ${again('invitations', one('invitations', 'true'), `'{}'`)}`,
    breaks: [INVITED],
  },
  {
    did: 'a link was claimed by nobody',
    sql: `UPDATE invitations SET claimed_at = created_at WHERE ${one('invitations', 'claimed_at IS NULL')}`,
    breaks: [INVITED],
  },
];
