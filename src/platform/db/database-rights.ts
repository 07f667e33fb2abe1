import { ALL_ROLES, APP_ROLE, BACKUP_ROLE } from './roles.js';

/** What the owner of a database gives the roles in it. Each may be given again. */
const onDatabase = (...grants: string[]): string =>
  `DO $$ BEGIN ${grants.map((grant) => `EXECUTE format('${grant}', current_database());`).join(' ')} END $$;`;

/** Before the job tables are made, which `goodfaith_worker` must own. */
export const RIGHTS_BEFORE = [
  onDatabase(
    'REVOKE ALL ON DATABASE %I FROM PUBLIC',
    `GRANT CONNECT ON DATABASE %I TO ${APP_ROLE}, ${BACKUP_ROLE}`,
    // The steward imports by way of temporary tables.
    'GRANT TEMPORARY ON DATABASE %I TO goodfaith_steward',
    'GRANT CREATE ON DATABASE %I TO goodfaith_worker',
  ),
  `GRANT USAGE ON SCHEMA public TO ${ALL_ROLES.join(', ')};`,
].join('\n');

/** After all tables are made: a new one is in the next backup without being named anywhere. */
export const RIGHTS_AFTER = [
  onDatabase('REVOKE CREATE ON DATABASE %I FROM goodfaith_worker'),
  ...['public', 'obstacles', 'statistics', 'graphile_worker'].map(
    (schema) => `GRANT USAGE ON SCHEMA ${schema} TO ${BACKUP_ROLE};
      GRANT SELECT ON ALL TABLES IN SCHEMA ${schema} TO ${BACKUP_ROLE};
      GRANT SELECT ON ALL SEQUENCES IN SCHEMA ${schema} TO ${BACKUP_ROLE};`,
  ),
].join('\n');
