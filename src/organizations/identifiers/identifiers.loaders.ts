import { loadManyByKey } from '../../platform/api/loader.js';
import type { HeldIdentifier } from './identifiers.store.js';
import { IDENTIFIERS_BY_ORGANIZATION } from './identifiers.store.js';

export const identifiersByOrganization = loadManyByKey<HeldIdentifier>(
  'identifiersByOrganization',
  IDENTIFIERS_BY_ORGANIZATION,
  'organizationId',
);
