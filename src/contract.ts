import 'reflect-metadata';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { createApp } from './app.js';
import { readConfig } from './config.js';
import { openDatabase } from './local-database.js';
import { openApiDocument } from './open-api.js';
import { schemaText } from './platform/api/schema-text.js';

/** Writes schema.graphql and openapi.json of the service as it starts into the folder named on the command line. */
const folder = process.argv[2] ?? '.';
const home = mkdtempSync(join(tmpdir(), 'goodfaith-contract-'));
chmodSync(home, 0o755); // as root, PostgreSQL runs as another account
const config = readConfig({ LOG_LEVEL: 'error', JOBS: 'off', GOODFAITH_HOME: home });
const database = await openDatabase(config);
try {
  const app = await createApp({ config, databaseUrl: database.url, secret: database.secret });
  await app.init();
  const { schema } = app.get(GraphQLSchemaHost);
  writeFileSync(join(folder, 'schema.graphql'), schemaText(schema));
  writeFileSync(join(folder, 'openapi.json'), `${JSON.stringify(openApiDocument(app), null, 2)}\n`);
  await app.close();
} finally {
  await database.stop();
  rmSync(home, { recursive: true, force: true });
}
