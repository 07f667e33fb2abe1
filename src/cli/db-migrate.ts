import { readConfig } from '../config.js';
import { openDatabase } from '../local-database.js';
import { command } from './session.js';

const HELP = `Makes the roles and applies the migrations that are not applied yet; the service also does this when it starts and knows
the owner's address.

  npm run db:migrate               at DATABASE_MIGRATION_URL, or on the embedded server

The login of DATABASE_MIGRATION_URL owns the database. It need not be a superuser, and need not be allowed to make roles where they
exist: a superuser makes them once, with what "npm run db:roles" prints. Running it again changes nothing.`;

await command(HELP, async () => {
  const config = readConfig();
  if (config.databaseUrl && !config.migrationUrl)
    throw new Error('Set DATABASE_MIGRATION_URL to the owner of the tables.');
  const database = await openDatabase(config);
  await database.stop();
  const { migrated } = database;
  console.log(
    `${migrated === 0 ? 'No migration was missing' : `Migrations applied: ${migrated}`}. The database is up to date.`,
  );
});
