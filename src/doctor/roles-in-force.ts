import type { ClientBase } from 'pg';
import { APP_ROLE, BACKUP_ROLE, ROLES_OF_APP, ROLES_OF_OWNER, TAKEN_ROLES } from '../platform/db/roles.js';

export const ROLES_IN_FORCE = 'roles are what they were made as, and nobody else is their member';

/** Roles are the whole server's: a database made anew beside this one has the same ones, so what they are is declared here. */
const ROLES = `
  WITH ours AS (SELECT r.* FROM pg_roles r WHERE r.rolname = ANY ($1))
  SELECT format('role %s: login %s, mighty %s, inherits %s, passes row security %s', rolname, rolcanlogin,
    rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication, rolinherit, rolbypassrls) AS line FROM ours
  UNION ALL SELECT format('member %s of %s', m.rolname, r.rolname)
    FROM pg_auth_members a JOIN ours r ON r.oid = a.roleid JOIN pg_roles m ON m.oid = a.member
    WHERE NOT m.rolsuper AND (${option('set')} OR ${option('inherit')})`;

/** Before PostgreSQL 16 each membership lets both; from then on who makes a role is its member for the sake of managing it. */
function option(name: 'set' | 'inherit'): string {
  return `coalesce((to_jsonb(a) ->> '${name}_option')::boolean, true)`;
}

export async function readRoles(client: ClientBase): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ line: string }>(ROLES, [[...TAKEN_ROLES, APP_ROLE, BACKUP_ROLE]]);
  return new Set(rows.map(({ line }) => line));
}

/** `owner` is of the tables; a superuser needs no membership, and none of its own is looked at. */
export async function declaredRoles(client: ClientBase): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ owner: string; is_mighty: boolean }>(
    `SELECT r.rolname AS owner, r.rolsuper AS is_mighty FROM pg_database d JOIN pg_roles r ON r.oid = d.datdba WHERE d.datname = current_database()`,
  );
  const [{ owner, is_mighty }] = rows;
  const role = (name: string, login: boolean, passes: boolean): string =>
    `role ${name}: login ${letter(login)}, mighty f, inherits f, passes row security ${letter(passes)}`;
  return new Set([
    ...TAKEN_ROLES.map((name) => role(name, false, false)),
    role(APP_ROLE, true, false),
    role(BACKUP_ROLE, true, true),
    ...ROLES_OF_APP.map((name) => `member ${APP_ROLE} of ${name}`),
    ...(is_mighty ? [] : ROLES_OF_OWNER.map((name) => `member ${owner} of ${name}`)),
  ]);
}

const letter = (value: boolean): string => (value ? 't' : 'f');
