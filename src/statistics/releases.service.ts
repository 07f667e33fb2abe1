import { Injectable } from '@nestjs/common';
import type { Page, PageArguments } from '../platform/api/page.js';
import { LARGEST_PAGE, readPage } from '../platform/api/page.js';
import { CursorCipher } from '../platform/db/cursor.service.js';
import type { Reader } from '../platform/db/reader.js';
import type { PublishedCell, PublishedRelease } from './releases.store.js';
import { RELEASE_LIST, findCells, findReleases, latestPeriods } from './releases.store.js';
import type { View } from './views.rules.js';

export type { PublishedCell, PublishedRelease };

/** Reading what is sealed. Everybody may. */
@Injectable()
export class ObstacleReleases {
  constructor(private readonly cipher: CursorCipher) {}

  list(reader: Reader, page: PageArguments): Promise<Page<PublishedRelease>> {
    return readPage(reader, this.cipher, { ...RELEASE_LIST, arguments: page });
  }

  /** All closed periods, the latest first. */
  async all(reader: Reader): Promise<PublishedRelease[]> {
    const releases: PublishedRelease[] = [];
    for (let after: string | null | undefined; after !== null;) {
      const page = await this.list(reader, { first: LARGEST_PAGE, after });
      releases.push(...page.rows);
      after = page.hasNextPage ? page.cursorOf(page.rows[page.rows.length - 1]) : null;
    }
    return releases;
  }

  /** The release of one period, sealed or refused; null when it is open. */
  async find(reader: Reader, period: string): Promise<PublishedRelease | null> {
    return (await findReleases(reader, [period]))[0] ?? null;
  }

  /** The latest periods with figures in this view, the latest first. */
  latest(reader: Reader, view: View, most: number): Promise<string[]> {
    return latestPeriods(reader, view, most);
  }

  /** The figures of a view, by period and in the view's own order, which the figures have no part in. */
  cells(reader: Reader, view: View, periods: readonly string[]): Promise<PublishedCell[]> {
    return findCells(reader, view, periods);
  }
}
