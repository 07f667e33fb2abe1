import { DataSource } from 'typeorm';
import { ApiKeyRow } from './accounts/api-key.entity.js';
import { MIGRATIONS } from '../migrations/index.js';

/** Entities describe the tables: migrations are checked against them, and stores take their row types from them. */
export const ENTITIES = [ApiKeyRow];

/** For migrations and the check that entities and migrations agree; requests go through `platform/db`. */
export function createDataSource(url: string): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    entities: ENTITIES,
    migrations: MIGRATIONS,
    migrationsTransactionMode: 'each',
    installExtensions: false,
  });
}
