/**
 * Database roles live in the cluster, not in a database, so they are made apart from the numbered migrations, and never
 * dropped by them: another database of the cluster may use them. Running this again changes nothing.
 */
const API_ROLES = ['funder', 'grantee', 'steward', 'analyst', 'public'];
/** `worker` runs jobs and seals events; `sealer` seals statistics; `doctor` reads all and checks; `keeper` owns the
 * functions that authenticate and let an invitation be claimed, with rights to just those tables. */
const SERVICE_ROLES = ['worker', 'sealer', 'doctor', 'keeper'];

export function rolesSql(appPassword: string | null): string {
  const all = [...API_ROLES, ...SERVICE_ROLES].map((role) => `goodfaith_${role}`);
  const taken = [...API_ROLES, 'worker', 'sealer'].map((role) => `goodfaith_${role}`);
  return [
    ...all.map((role) => create(role, 'NOLOGIN NOINHERIT')),
    create('goodfaith_app', 'LOGIN NOINHERIT'),
    ...(appPassword === null ? [] : [`ALTER ROLE goodfaith_app PASSWORD ${literal(appPassword)};`]),
    ...taken.map((role) => `GRANT ${role} TO goodfaith_app;`),
    // The owner of the tables hands functions and the job tables to these roles, so it must be their member.
    ...SERVICE_ROLES.map((role) => `GRANT goodfaith_${role} TO CURRENT_USER;`),
    `DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO goodfaith_worker', current_database()); END $$;`,
    `GRANT USAGE ON SCHEMA public TO ${[...all, 'goodfaith_app'].join(', ')};`,
  ].join('\n');
}

function create(role: string, attributes: string): string {
  return `DO $$ BEGIN CREATE ROLE ${role} ${attributes}; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;`;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
