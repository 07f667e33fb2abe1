import { Injectable } from '@nestjs/common';
import { parseId } from '../platform/api/ids.js';
import type { Page } from '../platform/api/page.js';
import { readPage } from '../platform/api/page.js';
import type { RequestContext } from '../platform/api/request-context.js';
import { CursorCipher } from '../platform/db/cursor.service.js';
import { obstacleById } from './obstacle.loaders.js';
import type { ObstaclesArgs } from './obstacles.inputs.js';
import type { Obstacle } from './obstacles.store.js';
import { obstacleList } from './obstacles.store.js';

export type { Obstacle };

/** Reading obstacles, as the caller. */
@Injectable()
export class Obstacles {
  constructor(private readonly cipher: CursorCipher) {}

  async find(context: RequestContext, id: string): Promise<Obstacle | null> {
    const uuid = parseId('obstacle', id);
    return uuid === null ? null : context.load(obstacleById, uuid);
  }

  list({ actor, reader }: RequestContext, { filter, orderBy, ...page }: ObstaclesArgs): Promise<Page<Obstacle>> {
    // What no code can look like is left out here, since not every text can be sent to the database.
    const codes = filter?.code?.in.filter((code) => /^[A-Z_]+$/.test(code));
    const wanted = { states: filter?.state?.in, tiers: filter?.tier?.in, codes };
    const list = obstacleList(actor, wanted, orderBy?.direction !== 'ASC');
    return readPage(reader, this.cipher, { ...list, arguments: page });
  }
}
