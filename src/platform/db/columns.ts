import { getMetadataArgsStorage } from 'typeorm';
import type { Tx } from './transaction.js';

type EntityClass<Row> = (new () => Row) & { readonly prototype: unknown };
interface Column {
  readonly property: string;
  readonly name: string;
  readonly isJson: boolean;
  readonly isKey: boolean;
}
interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
}

const tables = new Map<object, Table>();

/** What an entity says of its table: the one place that pairs property names with column names. */
function tableOf(entity: EntityClass<object>): Table {
  let table = tables.get(entity);
  if (!table) {
    const storage = getMetadataArgsStorage();
    const { name, schema } = storage.tables.find(({ target }) => target === entity)!;
    const columns = storage.columns
      .filter(({ target }) => target === entity || entity.prototype instanceof (target as EntityClass<object>))
      .map(({ propertyName, options }) => ({
        property: propertyName,
        name: options.name ?? propertyName,
        isJson: options.type === 'jsonb',
        isKey: options.primary === true,
      }));
    table = { name: schema ? `${schema}.${name}` : name!, columns };
    tables.set(entity, table);
  }
  return table;
}

/** `a.funder_id AS "funderId", ...`: all columns of an entity, or some of them, under their property names. */
export function columnsOf<Row extends object>(
  entity: EntityClass<Row>,
  alias: string,
  only?: readonly (keyof Row & string)[],
): string {
  return tableOf(entity)
    .columns.filter(({ property }) => !only || (only as readonly string[]).includes(property))
    .map(({ property, name }) => `${alias}.${name} AS "${property}"`)
    .join(', ');
}

/** Adds one row; what is left out gets the column's default. Sent with the next statement of the transaction. */
export function insertRow<Row extends object>(tx: Tx, entity: EntityClass<Row>, row: Partial<Row>): void {
  const { name, columns } = tableOf(entity);
  const given = columns.filter(({ property }) => (row as Record<string, unknown>)[property] !== undefined);
  const places = given.map((_, i) => `$${i + 1}`).join(', ');
  const sql = `INSERT INTO ${name} (${given.map((column) => column.name).join(', ')}) VALUES (${places})`;
  tx.later(
    sql,
    given.map((column) => columnValue(row, column)),
  );
}

/** Changes one row, found by its primary key in `row`. Sent with the next statement of the transaction. */
export function updateRow<Row extends object>(tx: Tx, entity: EntityClass<Row>, row: Partial<Row>): void {
  const { name, columns } = tableOf(entity);
  const given = columns.filter(({ property }) => (row as Record<string, unknown>)[property] !== undefined);
  const assign = (wanted: boolean): string[] =>
    given.flatMap((column, i) => (column.isKey === wanted ? [`${column.name} = $${i + 1}`] : []));
  const sql = `UPDATE ${name} SET ${assign(false).join(', ')} WHERE ${assign(true).join(' AND ')}`;
  tx.later(
    sql,
    given.map((column) => columnValue(row, column)),
  );
}

function columnValue(row: object, { property, isJson }: Column): unknown {
  const value = (row as Record<string, unknown>)[property];
  return isJson && value !== null ? JSON.stringify(value) : value;
}
