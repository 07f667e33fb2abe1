import type { Network } from '../support/network.js';
import { Jobs } from '../../src/platform/jobs/jobs.service.js';

/** Every route of the running service with its methods, as `GET /health/live`; HEAD goes where GET goes. */
export function routes({ app }: Network): string[] {
  const parents: string[] = [];
  return app
    .getHttpAdapter()
    .getInstance()
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const [, indentation, path, methods] = /^([│├└─ ]*)(\S+)(?: \(([A-Z, ]+)\))?$/.exec(line) ?? [];
      if (path === undefined) return [];
      const depth = indentation.length / 4 - 1;
      const whole = `${parents[depth - 1] ?? ''}${path}`;
      parents.splice(depth, parents.length, whole);
      const sent = (methods ?? '').split(', ').filter((method) => method && method !== 'HEAD');
      return sent.map((method) => `${method} ${whole}`);
    })
    .sort();
}

/** Tasks that a job does, and tasks that the clock begins. */
export function tasks({ app }: Network): string[] {
  const { handlers, scheduled } = app.get<Record<'handlers' | 'scheduled', Map<string, unknown>>>(Jobs);
  return [...handlers.keys(), ...scheduled.keys()].sort();
}

/** But for the backup, which reads all, always: `test/own-server.e2e.ts` holds what it may. */
const ROLES = `(SELECT string_agg(substr(r.rolname, 11), ' ' ORDER BY r.rolname) FROM pg_roles r
  WHERE r.rolname LIKE 'goodfaith_%' AND r.rolname <> 'goodfaith_backup' AND`;

/** Tables, views and sequences outside the schema of obstacles, with the roles that may read any column of them. */
export async function relationsOutside(network: Network): Promise<string[]> {
  const found = await network.sql<{ line: string }>(
    `SELECT n.nspname || '.' || c.relname || ': ' || coalesce(${ROLES} has_any_column_privilege(r.oid, c.oid, 'SELECT')), 'nobody') AS line
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
       AND n.nspname NOT IN ('obstacles', 'pg_catalog', 'information_schema', 'pg_toast') ORDER BY 1`,
  );
  return found.map(({ line }) => line).sort();
}

/** Functions that run with other rights than their caller's, with the roles that may call them. */
export async function definerFunctions(network: Network): Promise<string[]> {
  const found = await network.sql<{ line: string }>(
    `SELECT n.nspname || '.' || p.proname || ': ' || coalesce(${ROLES} has_function_privilege(r.oid, p.oid, 'EXECUTE')), 'nobody') AS line
     FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
     WHERE p.prosecdef AND n.nspname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`,
  );
  return found.map(({ line }) => line).sort();
}
