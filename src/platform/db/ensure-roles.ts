import type pg from 'pg';
import { passwordVerifier } from './password-verifier.js';
import { ALL_ROLES, APP_ROLE, ROLES_OF_APP, ROLES_OF_OWNER, passwordSql, rolesSql } from './roles.js';
import { StartRefusal } from './start-refusal.js';

interface Standing {
  readonly login: string;
  readonly may_make_roles: boolean;
  readonly missing: string[];
  /** Memberships, as "goodfaith_app in goodfaith_worker". */
  readonly unjoined: string[];
}

/** The owner needs no right to make roles where somebody else has made them. */
const STANDING = `
  SELECT session_user AS login, (SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = session_user) AS may_make_roles,
    ARRAY(SELECT n FROM unnest($1::text[]) WITH ORDINALITY AS w (n, i)
      WHERE NOT EXISTS (SELECT 1 FROM pg_roles r WHERE r.rolname = n) ORDER BY i) AS missing,
    ARRAY(SELECT m.rolname || ' in ' || r.rolname
      FROM (SELECT '${APP_ROLE}', unnest($2::text[]) UNION ALL SELECT session_user, unnest($3::text[])) AS wanted (member, role)
      JOIN pg_roles m ON m.rolname = wanted.member JOIN pg_roles r ON r.rolname = wanted.role
      WHERE NOT pg_has_role(m.oid, r.oid, 'MEMBER') ORDER BY 1) AS unjoined`;

/** Makes what is missing, when this login may. Sets the password of the service's login on the same condition. */
export async function ensureRoles(owner: pg.ClientBase, appPassword: string | null): Promise<void> {
  const { rows } = await owner.query<Standing>(STANDING, [ALL_ROLES, ROLES_OF_APP, ROLES_OF_OWNER]);
  const { login, may_make_roles, missing, unjoined } = rows[0];
  if (missing.length + unjoined.length > 0) {
    const refusal = new StartRefusal(told(login, missing, unjoined));
    if (!may_make_roles) throw refusal;
    await owner.query(rolesSql(login)).catch((error: pg.DatabaseError) => {
      // From PostgreSQL 16 on who may make roles may not hand out those that somebody else has made.
      throw error.code === '42501' ? refusal : error;
    });
  }
  if (appPassword !== null && (await mayAlterApp(owner)))
    await owner.query(passwordSql(APP_ROLE, passwordVerifier(appPassword)));
}

function told(login: string, missing: string[], unjoined: string[]): string {
  const parts = [
    missing.length > 0 && `The server has no role ${missing.join(', ')}`,
    unjoined.length > 0 && `these memberships are missing: ${unjoined.join(', ')}`,
  ].filter(Boolean);
  return (
    `${parts.join('; ')}; and ${login} of DATABASE_MIGRATION_URL may not make them. ` +
    'Let a superuser of the server run once what "npm run db:roles" prints.'
  );
}

/** From PostgreSQL 16 on CREATEROLE reaches only the roles that one has made. */
async function mayAlterApp(owner: pg.ClientBase): Promise<boolean> {
  const { rows } = await owner.query<{ may: boolean }>(`
    SELECT rolsuper OR (rolcreaterole AND (current_setting('server_version_num')::int < 160000
      OR pg_has_role('${APP_ROLE}', 'MEMBER WITH ADMIN OPTION'))) AS may FROM pg_roles WHERE rolname = session_user`);
  return rows[0].may;
}
