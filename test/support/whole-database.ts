import type { Network } from './network.js';

/** A digest of every row of every table. */
export async function digestOfEverything(network: Network): Promise<string> {
  const tables = await network.sql<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname IN ('public', 'obstacles', 'statistics', 'graphile_worker') ORDER BY 1`,
  );
  const digests = tables.map(
    ({ name }) =>
      `SELECT '${name}' AS t, md5(coalesce(string_agg(x::text, '|' ORDER BY x::text), '')) AS d FROM ${name} x`,
  );
  return JSON.stringify(await network.sql(`${digests.join(' UNION ALL ')} ORDER BY 1`));
}
