import pg from 'pg';
import { readConfig } from '../config.js';
import { rolesSql } from '../platform/db/roles.js';
import { command } from './session.js';

const HELP = `Prints the SQL that makes the database roles of the service, or runs it as the owner.

  npm run db:roles                 prints it (set the password of goodfaith_app yourself)
  npm run db:roles -- --run        runs it at DATABASE_MIGRATION_URL, with the password of DATABASE_URL

Running it again changes nothing.`;

await command(HELP, async (args) => {
  const { migrationUrl, databaseUrl } = readConfig();
  if (!args.includes('--run')) {
    console.log(rolesSql(null));
    return;
  }
  if (!migrationUrl || !databaseUrl) throw new Error('--run needs DATABASE_MIGRATION_URL and DATABASE_URL.');
  const owner = new pg.Client({ connectionString: migrationUrl });
  await owner.connect();
  try {
    await owner.query(rolesSql(decodeURIComponent(new URL(databaseUrl).password)));
    console.log('The roles are there.');
  } finally {
    await owner.end();
  }
});
