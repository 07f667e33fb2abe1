/** Why the service cannot serve from this server or database: one line that says what to do. It holds no password. */
export class StartRefusal extends Error {}

/** Settings that hold an address of PostgreSQL. */
export type AddressSetting = 'DATABASE_URL' | 'DATABASE_MIGRATION_URL';

/** The line for an error of connecting; an error of another kind is given back as it is. */
export function refusedConnection(error: unknown, setting: AddressSetting, address: string): unknown {
  const { code, message } = errorOf(error);
  const { username, hostname, pathname } = new URL(address);
  const [login, database] = [decodeURIComponent(username), decodeURIComponent(pathname.slice(1))];
  const line = {
    ECONNREFUSED: `PostgreSQL does not answer at the address of ${setting}.`,
    ETIMEDOUT: `PostgreSQL does not answer at the address of ${setting}.`,
    ENOTFOUND: `There is no host ${hostname}: see ${setting}.`,
    EAI_AGAIN: `The name of the host ${hostname} cannot be looked up: see ${setting}.`,
    '28P01':
      `PostgreSQL does not let ${login} in with the password of ${setting}: give the password that was set, ` +
      `or set it with \\password ${login} in psql. Where the role is missing, "npm run db:roles" prints how to make it.`,
    '28000': `PostgreSQL does not let ${login} of ${setting} in: ${message}. "npm run db:roles" prints how to make the roles; pg_hba.conf says who may come from where.`,
    '3D000':
      `There is no database "${database}" at the address of ${setting}. A superuser makes it: CREATE DATABASE ` +
      `"${database}" OWNER goodfaith_owner TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8';`,
    '42501':
      `${login} of ${setting} may not connect to the database "${database}". Run "npm run db:migrate" with ` +
      'DATABASE_MIGRATION_URL, which gives that right.',
  }[code];
  return line === undefined ? error : new StartRefusal(line);
}

/** A host with several addresses fails with an error for each. */
function errorOf(error: unknown): { code: string; message: string } {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  const { code = '', message = '' } = first as { code?: string; message?: string };
  return { code, message };
}
