import { Injectable } from '@nestjs/common';
import { PUBLIC_ACTOR } from '../../platform/access/actor.js';
import { Database } from '../../platform/db/database.service.js';
import type { Cacheable } from '../../platform/http/cacheable.js';
import type { DictionaryCodes } from './dictionary.rules.js';
import { codesOf, dictionary } from './dictionary.rules.js';
import { listCategories, listRegions } from './dictionary.store.js';

/** What the columns of the files mean, and what their codes stand for. */
@Injectable()
export class Dictionary {
  constructor(private readonly database: Database) {}

  async codes(): Promise<DictionaryCodes> {
    const reader = this.database.replicaReader(PUBLIC_ACTOR);
    const [categories, regions] = await Promise.all([listCategories(reader), listRegions(reader)]);
    return codesOf(categories, regions);
  }

  async json(): Promise<Cacheable> {
    const body = `${JSON.stringify(dictionary(await this.codes()), null, 2)}\n`;
    return { body, type: 'application/json; charset=utf-8', fileName: 'goodfaith-dictionary.json' };
  }
}
