import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor.js';
import type { LoaderDefinition } from '../../platform/api/loader.js';
import type { Page, PageArguments } from '../../platform/api/page.js';
import { readPage, readPages } from '../../platform/api/page.js';
import type { RequestContext } from '../../platform/api/request-context.js';
import { CursorCipher } from '../../platform/db/cursor.service.js';
import type { Reader } from '../../platform/db/reader.js';
import type { NarrativeReportsArgs } from './narrative-reports.inputs.js';
import type { NarrativeReport, ReportVersion } from './narrative-report.entity.js';
import { reportList, versionsOfReports } from './narrative-reports.store.js';

interface VersionsKey {
  readonly reportId: string;
  readonly page: PageArguments;
}

/** What can be read of reports, by their grantee. */
const NEWEST_FIRST = { field: 'CREATED_AT', direction: 'DESC' } as const;

@Injectable()
export class NarrativeReports {
  private readonly versionsOf: LoaderDefinition<VersionsKey, Page<ReportVersion>> = {
    name: 'reportVersions',
    keyOf: (key) => JSON.stringify(key),
    load: ({ actor, reader }, keys) => this.readVersions(actor, reader, keys),
  };

  constructor(private readonly cipher: CursorCipher) {}

  list(
    actor: Actor,
    reader: Reader,
    { filter, orderBy, ...page }: NarrativeReportsArgs,
  ): Promise<Page<NarrativeReport>> {
    const tenant = actor.organizationId === null ? [] : actor.organizationIds;
    const list = reportList(tenant, orderBy ?? NEWEST_FIRST, filter?.state?.in ?? null);
    return readPage(reader, this.cipher, { ...list, arguments: page });
  }

  versions(context: RequestContext, reportId: string, page: PageArguments): Promise<Page<ReportVersion> | null> {
    return context.load(this.versionsOf, { reportId, page });
  }

  private async readVersions(
    actor: Actor,
    reader: Reader,
    keys: readonly VersionsKey[],
  ): Promise<Page<ReportVersion>[]> {
    const pages = new Map<VersionsKey, Page<ReportVersion>>();
    for (const alike of new Set(keys.map(({ page }) => JSON.stringify(page)))) {
      const group = keys.filter(({ page }) => JSON.stringify(page) === alike);
      const request = versionsOfReports(
        actor.organizationIds,
        group.map(({ reportId }) => reportId),
      );
      const found = await readPages<ReportVersion>(reader, this.cipher, { ...request, arguments: group[0].page });
      group.forEach((key, i) => pages.set(key, found[i]));
    }
    return keys.map((key) => pages.get(key)!);
  }
}
