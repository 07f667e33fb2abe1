import { randomBytes } from 'node:crypto';
import { mkdtempSync, chmodSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDataSource } from '../../src/data-source.js';
import type { EmbeddedPostgres } from '../../src/platform/db/embedded/embedded-postgres.js';
import { startEmbeddedPostgres } from '../../src/platform/db/embedded/embedded-postgres.js';
import type { ServerSettings } from '../../src/platform/db/embedded/server.js';
import { prepareDatabase } from '../../src/platform/db/prepare-database.js';
import type { TestDatabase } from '../support/database.js';

/** A PostgreSQL that a test may ill-treat: that of the run is everybody's. */
export interface OwnServer {
  /** To start a network on. Dropping it stops the server and removes its files. */
  readonly database: TestDatabase;
  /** All its processes at once, as when the machine loses power. */
  kill(): Promise<void>;
  /** Under the same address again; it recovers first. */
  restart(): Promise<void>;
}

export interface OwnServerOptions {
  readonly settings?: ServerSettings;
  /** An existing folder for its files, such as a small file system. */
  readonly home?: string;
}

export async function startOwnServer({ settings = {}, home }: OwnServerOptions = {}): Promise<OwnServer> {
  const folder = home ?? mkdtempSync(join(tmpdir(), 'goodfaith-faults-'));
  // As root, PostgreSQL runs as another account, which must get in.
  chmodSync(folder, 0o755);
  let server: EmbeddedPostgres = await startEmbeddedPostgres({ home: folder, settings });
  const { port, url: ownerUrl } = server;
  const appPassword = randomBytes(12).toString('hex');
  await prepareDatabase({ ownerUrl, appPassword, createDataSource });
  const appUrl = new URL(ownerUrl);
  Object.assign(appUrl, { username: 'goodfaith_app', password: appPassword });
  const drop = async (): Promise<void> => {
    await server.stop('immediate');
    if (server.dataHome !== join(folder, 'postgres')) rmSync(server.dataHome, { recursive: true, force: true });
    if (!home) rmSync(folder, { recursive: true, force: true });
  };
  return {
    database: { name: appUrl.pathname.slice(1), ownerUrl, appUrl: appUrl.href, drop },
    kill: async () => {
      process.kill(server.pid, 'SIGKILL');
      await gone(server.pid);
    },
    restart: async () => {
      server = await startEmbeddedPostgres({ home: folder, settings, port });
    },
  };
}

async function gone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
