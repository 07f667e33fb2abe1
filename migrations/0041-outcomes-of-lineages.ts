import type { MigrationInterface, QueryRunner } from 'typeorm';

const STORES = ['idempotency_outcomes', 'obstacles.idempotency_outcomes'] as const;
const READERS = {
  idempotency_outcomes: ['funder', 'grantee', 'steward', 'analyst', 'sealer'],
  'obstacles.idempotency_outcomes': ['grantee'],
} as const;

/**
 * An idempotency key belongs to a lineage of API keys, no longer to one key: what a key did before its rotation is not done
 * again by its heir. A key in its last day keeps that memory (`key_lineage()`) without the lineage that opens hidden tiers
 * (`lineage()`); outcomes about obstacles are for whoever has the latter.
 */
export class OutcomesOfLineages1790000000041 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION key_lineage() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
        $$ SELECT nullif(current_setting('goodfaith.key_lineage_id', true), '')::uuid $$;
    `);
    for (const store of STORES) {
      await runner.query(`ALTER TABLE ${store} RENAME COLUMN key_id TO lineage_id`);
      await runner.query(
        moved(
          store,
          // Of one text under two keys of a lineage the first stays; what belongs to no key nobody can ask for.
          `DELETE FROM ${store} o USING (
             SELECT s.ctid AS place, k.lineage_id, row_number() OVER (
               PARTITION BY k.lineage_id, s.operation, s.idempotency_key ORDER BY s.created_at, k.created_at, k.id) AS turn
             FROM ${store} s LEFT JOIN api_keys k ON k.id = s.lineage_id) AS d
           WHERE o.ctid = d.place AND (d.lineage_id IS NULL OR d.turn > 1);
           UPDATE ${store} o SET lineage_id = k.lineage_id FROM api_keys k WHERE k.id = o.lineage_id;`,
        ),
      );
      await runner.query(policies(store, store === 'idempotency_outcomes' ? 'key_lineage()' : 'public.lineage()'));
    }
  }

  /** Each outcome becomes the newest key's of its lineage: who calls on calls with that one. */
  async down(runner: QueryRunner): Promise<void> {
    for (const store of STORES) {
      await runner.query(
        moved(
          store,
          `UPDATE ${store} o SET lineage_id = (
             SELECT k.id FROM api_keys k WHERE k.lineage_id = o.lineage_id ORDER BY k.created_at DESC, k.id DESC LIMIT 1);`,
        ),
      );
      await runner.query(policies(store, store === 'idempotency_outcomes' ? 'current_key()' : 'public.current_key()'));
      await runner.query(`ALTER TABLE ${store} RENAME COLUMN lineage_id TO key_id`);
    }
    await runner.query('DROP FUNCTION key_lineage()');
  }
}

/** While rows move, two of them may have one key; row security would hide them from the owner of the table. */
function moved(store: string, sql: string): string {
  const tables = [store, 'api_keys'];
  const each = (force: string): string =>
    tables.map((table) => `ALTER TABLE ${table} ${force} ROW LEVEL SECURITY;`).join('\n');
  return `ALTER TABLE ${store} DROP CONSTRAINT idempotency_outcomes_pkey;
    ${each('NO FORCE')}
    ${sql}
    ${each('FORCE')}
    ALTER TABLE ${store} ADD PRIMARY KEY (lineage_id, operation, idempotency_key);`;
}

function policies(store: (typeof STORES)[number], owner: string): string {
  return READERS[store]
    .map(
      (role) => `ALTER POLICY ${role}_select ON ${store} USING (lineage_id = (SELECT ${owner}));
        ALTER POLICY ${role}_insert ON ${store} WITH CHECK (lineage_id = (SELECT ${owner}));`,
    )
    .join('\n');
}
