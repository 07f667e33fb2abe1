import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../platform/db/embedded/embedded-postgres.js';

const MARK = 'simulation.json';

/** Makes the folder of simulations, or drops the last one's database. A folder that holds anything else is refused. */
export async function emptySimulationHome(home: string): Promise<void> {
  const mark = path.join(home, MARK);
  if (existsSync(home) && readdirSync(home).length > 0 && !existsSync(mark)) {
    throw new Error(`${home} holds something that is no simulation: name another folder with --home.`);
  }
  mkdirSync(home, { recursive: true });
  writeFileSync(mark, `${JSON.stringify({ holds: 'a simulated network, made anew by each npm run simulate' })}\n`);
  const server = await startEmbeddedPostgres({ home });
  try {
    if (!server.owned) throw new Error(`A simulation in ${home} is still being served: stop it first.`);
    const url = new URL(server.url);
    const name = url.pathname.slice(1);
    url.pathname = '/postgres';
    const client = new pg.Client({ connectionString: url.href });
    await client.connect();
    try {
      await client.query(`DROP DATABASE ${client.escapeIdentifier(name)}`);
    } finally {
      await client.end();
    }
  } finally {
    await server.stop();
  }
}
