import { Injectable } from '@nestjs/common';
import type { Page } from '../../platform/api/page.js';
import { readPage } from '../../platform/api/page.js';
import { CursorCipher } from '../../platform/db/cursor.service.js';
import type { Reader } from '../../platform/db/reader.js';
import { refuse } from '../../platform/errors/refusal.js';
import { readIdentifier } from '../identifiers/identifier-claims.js';
import type { Organization } from '../organizations.store.js';
import type { OrganizationListArgs } from './organization-list.inputs.js';
import type { OrganizationListQuery } from './organization-lists.store.js';
import { organizationList } from './organization-lists.store.js';

/** Every organization of the network, for the steward alone: others have the directories of funders and of grantees. */
@Injectable()
export class OrganizationLists {
  constructor(private readonly cipher: CursorCipher) {}

  async list(reader: Reader, args: OrganizationListArgs): Promise<Page<Organization>> {
    const { identifier, kinds, country, isListed, isMerged, createdAt } = args.filter ?? {};
    const list = organizationList({
      order: orderOf(args),
      kinds: kinds ?? [],
      countries: country?.in ?? null,
      identifier: identifier ? readIdentifier(identifier, 'filter', 'identifier') : null,
      isListed: isListed ?? null,
      isMerged: isMerged ?? null,
      createdAt: createdAt ?? {},
    });
    return readPage(reader, this.cipher, { ...list, arguments: args });
  }
}

/** A range is a run of the index that has its order: the list has that order too. */
function orderOf({ filter, orderBy }: OrganizationListArgs): OrganizationListQuery['order'] {
  const isRanged = filter?.createdAt?.gte != null || filter?.createdAt?.lte != null;
  if (isRanged && orderBy && orderBy.field !== 'CREATED_AT') {
    throw refuse('ORDER_DOES_NOT_FIT', {
      path: ['orderBy'],
      parameters: { range: 'createdAt', order: 'CREATED_AT' },
    });
  }
  const field = orderBy?.field ?? (isRanged ? 'CREATED_AT' : 'NAME');
  return { field, descending: orderBy ? orderBy.direction === 'DESC' : field === 'CREATED_AT' };
}
