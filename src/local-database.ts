import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { MIGRATIONS } from '../migrations/index.js';
import type { Config } from './config.js';
import { createDataSource } from './data-source.js';
import { startEmbeddedPostgres } from './platform/db/embedded/embedded-postgres.js';
import { refuseUnpreparedDatabase, withConnection } from './platform/db/fit-to-serve.js';
import { prepareDatabase } from './platform/db/prepare-database.js';

/** A database to serve from: migrated, with the service's login. */
export interface ReadyDatabase {
  /** As `goodfaith_app`. */
  readonly url: string;
  /** As the owner of the tables; undefined when somebody else migrates. */
  readonly ownerUrl: string | undefined;
  readonly secret: string;
  /** Only the embedded server ever holds demo data. */
  readonly isEmbedded: boolean;
  /** How many migrations were applied just now. */
  readonly migrated: number;
  stop(): Promise<void>;
}

const SECRETS_FILE = 'secrets.json';

/** The real server of the configuration, or the embedded one; migrated when the owner's address is known. */
export async function openDatabase(
  config: Config,
  log: (line: string) => void = () => undefined,
): Promise<ReadyDatabase> {
  const { databaseUrl, migrationUrl, secret } = config;
  if (databaseUrl) {
    const migrated = migrationUrl
      ? await prepareDatabase({ ownerUrl: migrationUrl, appPassword: passwordOf(databaseUrl), createDataSource })
      : 0;
    await withConnection('DATABASE_URL', databaseUrl, (client) => refuseUnpreparedDatabase(client, MIGRATIONS));
    return {
      url: databaseUrl,
      ownerUrl: migrationUrl,
      secret: secret!,
      isEmbedded: false,
      migrated,
      stop: () => Promise.resolve(),
    };
  }
  const server = await startEmbeddedPostgres({ home: config.home, log });
  try {
    const secrets = localSecrets(config.home);
    const migrated = await prepareDatabase({
      ownerUrl: server.url,
      appPassword: secrets.appPassword,
      createDataSource,
    });
    const url = new URL(server.url);
    if (server.socketDirectory) url.searchParams.set('host', server.socketDirectory);
    url.username = 'goodfaith_app';
    url.password = secrets.appPassword;
    return {
      url: url.href,
      ownerUrl: server.url,
      secret: secret ?? secrets.secret,
      isEmbedded: true,
      migrated,
      stop: () => server.stop(),
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

function passwordOf(url: string): string | null {
  return decodeURIComponent(new URL(url).password) || null;
}

function localSecrets(home: string): { appPassword: string; secret: string } {
  const file = path.join(home, SECRETS_FILE);
  if (!existsSync(file)) {
    mkdirSync(home, { recursive: true });
    const secrets = {
      appPassword: randomBytes(24).toString('base64url'),
      secret: randomBytes(32).toString('base64url'),
    };
    writeFileSync(file, JSON.stringify(secrets), { mode: 0o600 });
  }
  return JSON.parse(readFileSync(file, 'utf8')) as { appPassword: string; secret: string };
}
