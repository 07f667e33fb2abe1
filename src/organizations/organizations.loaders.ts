import { loadByKey } from '../platform/api/loader.js';
import type { ContactRow } from './organization.entity.js';
import type { Organization } from './organizations.store.js';
import { CONTACTS_BY_ORGANIZATION, ORGANIZATIONS_BY_ID } from './organizations.store.js';

export const organizationById = loadByKey<Organization>('organizationById', ORGANIZATIONS_BY_ID, 'id');
export const contactByOrganization = loadByKey<ContactRow>(
  'contactByOrganization',
  CONTACTS_BY_ORGANIZATION,
  'organizationId',
);
