import DataLoader from 'dataloader';
import type { ActingRequest } from '../access/acting-request.js';
import type { Actor } from '../access/actor.js';
import { PUBLIC_ACTOR } from '../access/actor.js';
import type { Database } from '../db/database.service.js';
import type { Reader } from '../db/reader.js';
import type { Locale } from '../errors/codes.js';
import type { LoaderContext, LoaderDefinition } from './loader.js';

/** All that one GraphQL request knows. The executor hands it to every field. */
export class RequestContext implements LoaderContext {
  actor: Actor = PUBLIC_ACTOR;
  reader: Reader;
  private readonly loaders = new Map<object, DataLoader<unknown, unknown, unknown>>();

  constructor(
    private readonly database: Database,
    readonly now: Date,
    readonly locale: Locale,
    readonly requestId: string,
    readonly request: ActingRequest,
  ) {
    this.reader = database.reader(PUBLIC_ACTOR);
  }

  /** A query may be answered by a replica; what a mutation answers is read where it was written. */
  become(actor: Actor, { isQuery = false } = {}): void {
    this.actor = actor;
    this.request.actor = actor;
    this.reader = isQuery ? this.database.replicaReader(actor) : this.database.reader(actor);
  }

  /** Batches what the fields of one level ask for into one statement. */
  load<K, V>(definition: LoaderDefinition<K, V>, key: K): Promise<V | null> {
    let loader = this.loaders.get(definition) as DataLoader<K, V | null, unknown> | undefined;
    if (!loader) {
      const { keyOf } = definition;
      loader = new DataLoader<K, V | null, unknown>(
        (keys) => definition.load(this, keys),
        keyOf ? { cacheKeyFn: keyOf } : {},
      );
      this.loaders.set(definition, loader);
    }
    return loader.load(key);
  }

  /** After a mutation what was read before may be old. */
  forget(): void {
    this.loaders.clear();
  }
}
