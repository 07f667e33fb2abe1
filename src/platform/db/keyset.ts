/** Keyset paging as SQL text: one statement answers a page for each parent, exact about what lies on both sides. */

/** A column rows are ordered by. The last one of an order must be unique. */
export interface KeyColumn {
  /** The expression in the table, as the index has it. */
  readonly sql: string;
  /** The name the row carries it under. */
  readonly alias: string;
  readonly type: 'timestamptz' | 'date' | 'uuid' | 'text' | 'bigint';
}

/** A condition over one value, whose placeholder is numbered when the statement is put together, or over none. */
export interface Condition {
  readonly sql: (placeholder: string) => string;
  readonly value?: unknown;
  /** The value is of this moment: a cursor of an earlier call fits all the same. */
  readonly isOfTheMoment?: boolean;
  /** Only says where reading begins: a cursor is good with any such beginning, and without one. */
  readonly isBeginning?: boolean;
  /** Asks for what a row may be behind with: what `corrections` take in does not meet it. */
  readonly isCorrected?: boolean;
}

/** The few rows of which a column is behind the clock, by their ids. */
export interface Corrections {
  /** They meet the conditions as written, and do not belong to the list. */
  readonly leave: readonly string[];
  /** They belong to the list, though they do not meet the conditions that are corrected. None of `where` finds them. */
  readonly take: readonly string[];
}

export interface KeysetQuery {
  readonly select: string;
  readonly from: string;
  readonly key: readonly KeyColumn[];
  readonly descending: boolean;
  readonly where: readonly Condition[];
  readonly corrections?: Corrections;
  /** The column that names the row's tenant and the caller's organizations: it leads the index. */
  readonly tenant?: { readonly column: string; readonly ids: readonly string[] };
  /** For a list below other rows: the column that names the parent. Without it there is one page, of parent null. */
  readonly parent?: { readonly column: string; readonly ids: readonly string[] };
}

/** The keys of the rows after or before which the page lies, and how many rows it has at most. */
export interface Window {
  readonly size: number;
  readonly backwards: boolean;
  readonly after: readonly unknown[] | null;
  readonly before: readonly unknown[] | null;
}

export interface KeysetStatement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/**
 * Answers `size + 1` rows at most for each parent (one more tells that there are more before the other cursor), with the
 * columns `parentId` and `behind`: whether rows lie past the cursor that the page starts at.
 */
export function keysetStatement(query: KeysetQuery, window: Window): KeysetStatement {
  const { select, from, key, tenant, parent } = query;
  const values: unknown[] = [];
  const bind = (value: unknown, type: string): string => `$${values.push(value)}::${type}`;

  const below = [
    ...(parent ? [`${parent.column} = parent.id`] : []),
    ...(tenant ? [`${tenant.column} = tenant.id`] : []),
  ];
  const runs = runsOf(query, values).map((conditions) => [...conditions, ...below]);
  const tenants = tenant ? `unnest(${bind(tenant.ids, 'uuid[]')}) AS tenant (id) CROSS JOIN LATERAL` : '';

  const columns = `(${key.map((column) => column.sql).join(', ')})`;
  const compare = (operator: '<' | '>' | '<=' | '>=', keys: readonly unknown[]): string =>
    `${columns} ${operator} (${key.map((column, i) => bind(keys[i], column.type)).join(', ')})`;
  const [later, earlier] = query.descending ? (['<', '>'] as const) : (['>', '<'] as const);

  const within = [
    ...(window.after ? [compare(later, window.after)] : []),
    ...(window.before ? [compare(earlier, window.before)] : []),
  ];

  // A cursor's row lies outside the page: whether it, or one past it, exists tells about that side.
  const start = window.backwards ? window.before : window.after;
  const past = window.backwards ? later : earlier;
  const exists = (keys: readonly unknown[] | null, operator: '<' | '>'): string => {
    if (!keys) return 'false';
    // Ordered from the cursor away, and below a sub-select that keeps the order: else the planner hopes to meet a match
    // soon in a scan of the table, which it does not at the end of a long list.
    const nearest = key.map((column) => `${column.sql} ${operator === '>' ? 'ASC' : 'DESC'}`).join(', ');
    const reached = compare(`${operator}=`, keys);
    const probes = runs.map((conditions) => {
      const probe = `SELECT 1 FROM ${from} ${filter([...conditions, reached])} ORDER BY ${nearest} LIMIT 1`;
      return `EXISTS (SELECT 1 FROM ${tenants} (${probe}) AS probe)`;
    });
    return probes.length === 1 ? probes[0] : `(${probes.join(' OR ')})`;
  };
  const direction = query.descending !== window.backwards ? 'DESC' : 'ASC';
  const order = (of: (column: KeyColumn) => string): string =>
    key.map((column) => `${of(column)} ${direction}`).join(', ');
  const limit = `LIMIT ${bind(window.size + 1, 'bigint')}`;

  const read = runs.map(
    (conditions) =>
      `SELECT ${select} FROM ${from} ${filter([...conditions, ...within])} ORDER BY ${order((c) => c.sql)} ${limit}`,
  );
  // Each is a run of its index; of both together the first rows are the page.
  const rows =
    read.length === 1
      ? read[0]
      : `SELECT run.* FROM (${read.map((run) => `(${run})`).join(' UNION ALL ')}) AS run ORDER BY ${order((c) => `run."${c.alias}"`)} ${limit}`;
  const page = tenants
    ? `SELECT page.* FROM ${tenants} (${rows}) AS page ORDER BY ${order((c) => `page."${c.alias}"`)} ${limit}`
    : rows;
  const parents = parent
    ? `unnest(${bind(parent.ids, 'uuid[]')}) AS parent (id)`
    : '(SELECT NULL::uuid AS id) AS parent';

  return {
    text: `SELECT parent.id AS "parentId", ${exists(start, past)} AS "behind", page.* FROM ${parents} LEFT JOIN LATERAL (${page}) AS page ON true`,
    values,
  };
}

/** How many rows the list has in all, below one parent when it has parents. */
export function countStatement(query: KeysetQuery, parentId: string | null): KeysetStatement {
  const { from, tenant, parent } = query;
  const values: unknown[] = [];
  const runs = runsOf(query, values);
  const below = [
    ...(tenant ? [`${tenant.column} = ANY ($${values.push(tenant.ids)}::uuid[])`] : []),
    ...(parent ? [`${parent.column} = $${values.push(parentId)}::uuid`] : []),
  ];
  const counts = runs.map(
    (conditions) => `SELECT count(*) AS "count" FROM ${from} ${filter([...conditions, ...below])}`,
  );
  if (counts.length === 1) return { text: counts[0], values };
  return { text: `SELECT sum(run."count") AS "count" FROM (${counts.join(' UNION ALL ')}) AS run`, values };
}

/** The conditions as written, and those of what is taken in beside. Without corrections the text is as if there were none. */
function runsOf({ where, key, corrections = { leave: [], take: [] } }: KeysetQuery, values: unknown[]): string[][] {
  const { leave, take } = corrections;
  const id = key[key.length - 1].sql;
  const texts = where.map((condition) => conditionText(condition, values));
  const written = leave.length === 0 ? texts : [...texts, `${id} <> ALL ($${values.push(leave)}::uuid[])`];
  if (take.length === 0) return [written];
  return [
    written,
    [...texts.filter((_, i) => where[i].isCorrected !== true), `${id} = ANY ($${values.push(take)}::uuid[])`],
  ];
}

function conditionText({ sql, value }: Condition, values: unknown[]): string {
  return sql(value === undefined ? '' : `$${values.push(value)}`);
}

function filter(conditions: readonly string[]): string {
  return conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
}
