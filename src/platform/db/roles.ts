import pg from 'pg';

/**
 * Database roles live in the cluster, not in a database, so they are made apart from the numbered migrations, and never
 * dropped by them: another database of the cluster may use them. Making them again changes nothing.
 */
const API_ROLES = ['funder', 'grantee', 'steward', 'analyst', 'public'];
/** `worker` runs jobs and seals events; `sealer` seals statistics; `doctor` reads all and checks; `keeper` owns the
 * functions that authenticate and let an invitation be claimed, with rights to just those tables. */
const SERVICE_ROLES = ['worker', 'sealer', 'doctor', 'keeper'];
const named = (roles: readonly string[]): string[] => roles.map((role) => `goodfaith_${role}`);

/** The login of the service. By itself it may connect and nothing else: each statement takes one of the roles below. */
export const APP_ROLE = 'goodfaith_app';
/** The login of pg_dump: reads all, past row security, and writes nothing. */
export const BACKUP_ROLE = 'goodfaith_backup';
export const OWNER_ROLE = 'goodfaith_owner';
/** Roles that nobody logs in as. */
export const TAKEN_ROLES = named([...API_ROLES, ...SERVICE_ROLES]);
export const ALL_ROLES = [...TAKEN_ROLES, APP_ROLE, BACKUP_ROLE];
/** What the service may take. */
export const ROLES_OF_APP = named([...API_ROLES, 'worker', 'sealer']);
/** The owner of the tables hands functions and the job tables to these roles, so it must be their member. */
export const ROLES_OF_OWNER = named(SERVICE_ROLES);

/** PostgreSQL by itself writes failing rows and parameters into its log: of what is hidden, too. A superuser's to set. */
export const QUIET_LOG = `DO $$ BEGIN
  ALTER ROLE ${APP_ROLE} SET log_min_messages = log;
  ALTER ROLE ${APP_ROLE} SET log_min_error_statement = panic;
  ALTER ROLE ${APP_ROLE} SET log_parameter_max_length = 0;
EXCEPTION WHEN insufficient_privilege THEN
  RAISE WARNING 'what fails is written into the log of the server, rows and all, until a superuser has run this';
END $$;`;

/** What a login that may make roles runs once. The owner exists already: it is whoever will run the migrations. */
export function rolesSql(owner: string): string {
  return [
    ...TAKEN_ROLES.map((role) => create(role, 'NOLOGIN NOINHERIT')),
    create(APP_ROLE, 'LOGIN NOINHERIT'),
    create(BACKUP_ROLE, 'LOGIN NOINHERIT'),
    PASS_ROW_SECURITY,
    ...ROLES_OF_APP.map((role) => `GRANT ${role} TO ${APP_ROLE};`),
    ...ROLES_OF_OWNER.map((role) => `GRANT ${role} TO ${pg.escapeIdentifier(owner)};`),
  ].join('\n');
}

/** `login` is a role that row security binds: it owns its tables under FORCE, and passes nothing. */
export function loginSql(login: string): string {
  return create(pg.escapeIdentifier(login), 'LOGIN');
}

export function passwordSql(login: string, verifier: string): string {
  return `ALTER ROLE ${pg.escapeIdentifier(login)} PASSWORD ${pg.escapeLiteral(verifier)};`;
}

function create(role: string, attributes: string): string {
  return `DO $$ BEGIN CREATE ROLE ${role} ${attributes}; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;`;
}

/** Only who passes row security may let another pass it. Without it pg_dump ends with an error; it never leaves rows out. */
const PASS_ROW_SECURITY = `DO $$ BEGIN
  IF NOT (SELECT rolbypassrls FROM pg_roles WHERE rolname = '${BACKUP_ROLE}') THEN ALTER ROLE ${BACKUP_ROLE} BYPASSRLS; END IF;
EXCEPTION WHEN insufficient_privilege THEN
  RAISE WARNING 'pg_dump as ${BACKUP_ROLE} needs BYPASSRLS, which a superuser gives: ALTER ROLE ${BACKUP_ROLE} BYPASSRLS;';
END $$;`;
