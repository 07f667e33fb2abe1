import type pg from 'pg';

/** A column of a table, with what makes another value of any value it may have. */
export interface ChangedColumn {
  readonly name: string;
  readonly sql: string;
}

const OTHER: Readonly<Record<string, (column: string) => string>> = {
  text: (c) => `coalesce(${c}, '') || '~'`,
  uuid: () => 'gen_random_uuid()',
  int2: (c) => `coalesce(${c}, 0) + 1000`,
  int4: (c) => `coalesce(${c}, 0) + 1000`,
  int8: (c) => `coalesce(${c}, 0) + 1000`,
  float8: (c) => `coalesce(${c}, 0) + 1000`,
  numeric: (c) => `coalesce(${c}, 0) + 1000`,
  bool: (c) => `NOT coalesce(${c}, false)`,
  date: (c) => `coalesce(${c}, '2001-01-01') + 1`,
  timestamptz: (c) => `coalesce(${c}, '2001-01-01') + interval '1 day'`,
  jsonb: (c) => `jsonb_build_array(${c})`,
  bytea: (c) => `sha256(coalesce(${c}, ''))`,
  tsvector: (c) => `coalesce(${c}, '') || to_tsvector('simple', 'other')`,
  _text: (c) => `array_append(${c}, '~')`,
  _uuid: (c) => `array_append(${c}, gen_random_uuid())`,
};

/** A statement for each column of a table that writes another value into it, in the row that was written last. */
export async function changesOf(owner: pg.Client, table: string): Promise<ChangedColumn[]> {
  const { rows } = await owner.query<{ name: string; type: string }>(
    `SELECT a.attname AS name, t.typname AS type FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
     WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY a.attnum`,
    [table],
  );
  return rows.map(({ name, type }) => {
    const other = OTHER[type];
    if (!other) throw new Error(`${table}.${name} is of the type ${type}: say how its value becomes another.`);
    const sql = `UPDATE ${table} SET ${name} = ${other(name)} WHERE ctid = (SELECT ctid FROM ${table} ORDER BY ctid DESC LIMIT 1)`;
    return { name, sql };
  });
}

/** Constraints would refuse what an owner of the database can do after dropping them. */
export async function dropRules(owner: pg.Client, table: string): Promise<void> {
  const { rows } = await owner.query<{ name: string }>(
    `SELECT conname AS name FROM pg_constraint WHERE conrelid = $1::regclass AND contype = 'c'`,
    [table],
  );
  for (const { name } of rows) await owner.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`);
}
