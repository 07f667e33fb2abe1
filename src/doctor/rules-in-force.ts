import type { ClientBase } from 'pg';

export const RULES_IN_FORCE = 'rights, policies, triggers and functions are those of the migrations';

/** A line for each rule of the database: who may do what, what is checked, and what runs by itself. */
const RULES = `
  SELECT format('function %s of %s: %s %s %s %s', p.oid::regprocedure, r.rolname, p.prosecdef, p.proconfig, p.proacl, md5(p.prosrc)) AS line
    FROM pg_proc p JOIN pg_roles r ON r.oid = p.proowner WHERE p.pronamespace = ANY ($1)
  UNION ALL SELECT format('trigger %s on %s: %s %s', t.tgname, t.tgrelid::regclass, t.tgenabled, pg_get_triggerdef(t.oid))
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal AND c.relnamespace = ANY ($1)
  UNION ALL SELECT format('keys of %s: %s %s', c.oid::regclass, t.tgenabled, count(*))
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE t.tgisinternal AND c.relnamespace = ANY ($1) GROUP BY c.oid, t.tgenabled
  UNION ALL SELECT format('policy %s on %s: %s %s %s %s %s', y.polname, y.polrelid::regclass, y.polcmd, y.polpermissive,
      (SELECT array_agg(r.rolname ORDER BY 1) FROM pg_roles r WHERE r.oid = ANY (y.polroles)),
      pg_get_expr(y.polqual, y.polrelid), pg_get_expr(y.polwithcheck, y.polrelid))
    FROM pg_policy y JOIN pg_class c ON c.oid = y.polrelid WHERE c.relnamespace = ANY ($1)
  UNION ALL SELECT format('table %s of %s: %s %s %s', c.oid::regclass, r.rolname, c.relrowsecurity, c.relforcerowsecurity,
      ARRAY(SELECT a::text FROM unnest(c.relacl) AS a ORDER BY 1))
    FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner WHERE c.relkind IN ('r', 'p', 'v', 'm') AND c.relnamespace = ANY ($1)
  UNION ALL SELECT format('column %s.%s: %s %s', c.oid::regclass, a.attname, format_type(a.atttypid, a.atttypmod),
      ARRAY(SELECT x::text FROM unnest(a.attacl) AS x ORDER BY 1))
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p') AND c.relnamespace = ANY ($1)
  UNION ALL SELECT format('constraint %s on %s: %s %s', k.conname, k.conrelid::regclass, k.convalidated, pg_get_constraintdef(k.oid))
    FROM pg_constraint k WHERE k.connamespace = ANY ($1)
  UNION ALL SELECT format('unique %s', pg_get_indexdef(i.indexrelid)) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    WHERE i.indisunique AND c.relnamespace = ANY ($1)
  UNION ALL SELECT format('schema %s: %s', n.nspname, ARRAY(SELECT a::text FROM unnest(n.nspacl) AS a ORDER BY 1))
    FROM pg_namespace n WHERE n.oid = ANY ($1)`;
const SCHEMAS = `SELECT array_agg(oid) AS schemas FROM pg_namespace WHERE nspname IN ('public', 'obstacles', 'statistics')`;
/** What a line is about, before what it says of that. */
const SUBJECT = /^[^:]*(?:::[^:]*)*/;

export async function readRules(client: ClientBase): Promise<ReadonlySet<string>> {
  const { rows: found } = await client.query<{ schemas: string[] }>(SCHEMAS);
  const { rows } = await client.query<{ line: string }>(RULES, [found[0].schemas]);
  return new Set(rows.map(({ line }) => line));
}

/** What is there and should not be, what should be and is not, and what says something else. */
export function rulesThatDiffer(there: ReadonlySet<string>, wanted: ReadonlySet<string>): string[] {
  const differing = [
    ...[...there].filter((line) => !wanted.has(line)),
    ...[...wanted].filter((line) => !there.has(line)),
  ];
  return [...new Set(differing.map((line) => SUBJECT.exec(line)![0]))].sort();
}
