import { parseArgs } from 'node:util';
import { readConfig } from '../config.js';
import { withConnection } from '../platform/db/fit-to-serve.js';
import { passwordVerifier } from '../platform/db/password-verifier.js';
import { APP_ROLE, BACKUP_ROLE, OWNER_ROLE, QUIET_LOG, loginSql, passwordSql, rolesSql } from '../platform/db/roles.js';
import { UsageError, command } from './session.js';

const HELP = `Prints the SQL that makes the database roles of the service. A superuser of the server runs it once, with psql, in any database;
running it again changes nothing but passwords. The service itself never needs a superuser.

  npm run --silent db:roles > roles.sql     prints it
  psql --file roles.sql                     a superuser runs it
  npm run db:roles -- --run                 runs it at DATABASE_MIGRATION_URL, whose login must be allowed to make roles

Made are: ${OWNER_ROLE}, who will own the tables (or the login of DATABASE_MIGRATION_URL); ${APP_ROLE}, as whom the service logs in,
which may connect and by itself do nothing else; ${BACKUP_ROLE}, as whom pg_dump reads all, past row security, and writes
nothing; and roles that nobody logs in as. The log of the server keeps no rows and parameters of what the service does.

Passwords are those in DATABASE_MIGRATION_URL and DATABASE_URL, and GOODFAITH_BACKUP_PASSWORD. What is printed holds what PostgreSQL
keeps of them (SCRAM-SHA-256), never themselves: neither the file nor the log of the server tells them. A login whose password is
not given keeps the one that it has, or gets none and cannot log in by one; psql sets it with \\password.`;

await command(HELP, async (args) => {
  const { migrationUrl, databaseUrl } = readConfig();
  const owner = migrationUrl ? decodeURIComponent(new URL(migrationUrl).username) : OWNER_ROLE;
  const roles = [
    rolesSql(owner),
    QUIET_LOG,
    ...given(APP_ROLE, passwordIn(databaseUrl)),
    ...given(BACKUP_ROLE, process.env.GOODFAITH_BACKUP_PASSWORD ?? ''),
  ].join('\n');
  if (!wantsToRun(args)) {
    console.log([loginSql(owner), ...given(owner, passwordIn(migrationUrl)), roles].join('\n'));
    return;
  }
  if (!migrationUrl) throw new UsageError('--run needs DATABASE_MIGRATION_URL and DATABASE_URL.');
  await withConnection('DATABASE_MIGRATION_URL', migrationUrl, (client) => client.query(roles));
  console.log('The roles are there.');
});

function given(login: string, password: string): string[] {
  return password === '' ? [] : [passwordSql(login, passwordVerifier(password))];
}

function passwordIn(url: string | undefined): string {
  return url ? decodeURIComponent(new URL(url).password) : '';
}

function wantsToRun(args: string[]): boolean {
  try {
    return parseArgs({ args, options: { run: { type: 'boolean' } } }).values.run ?? false;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
