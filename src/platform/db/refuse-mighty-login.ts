import type pg from 'pg';

/** Row security is no wall for a login that can pass it, so the service does not start with one. */
export async function refuseMightyLogin(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ login: string; mighty: boolean; owns: boolean; posing: boolean }>(`
    SELECT session_user AS login, r.rolsuper OR r.rolbypassrls AS mighty, session_user <> current_user AS posing,
      EXISTS (SELECT 1 FROM pg_class c WHERE c.relowner = r.oid AND c.relkind = 'r') AS owns
    FROM pg_roles r WHERE r.rolname = session_user`);
  const { login, mighty, owns, posing } = rows[0];
  if (mighty || owns || posing) {
    throw new Error(
      `DATABASE_URL logs in as ${login}, which could pass row security. Use goodfaith_app (npm run db:roles prints how to make it).`,
    );
  }
}
