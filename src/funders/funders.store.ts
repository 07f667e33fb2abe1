import { FunderRow } from '../organizations/face.entity.js';
import type { ListRequest } from '../platform/api/page.js';
import { columnsOf } from '../platform/db/columns.js';
import type { Tx } from '../platform/db/transaction.js';

const COLUMNS = `${columnsOf(FunderRow, 'f')}, f.organization_id AS "id"`;
export type Funder = FunderRow & { readonly id: string };

export const FUNDERS_BY_ID = `SELECT ${COLUMNS} FROM funders f WHERE f.organization_id = ANY ($1)`;

/** The public directory, by name. */
export const FUNDER_DIRECTORY: Omit<ListRequest, 'arguments'> = {
  name: 'funders',
  select: COLUMNS,
  from: 'funders f',
  key: [
    { sql: 'f.name', alias: 'name', type: 'text' },
    { sql: 'f.organization_id', alias: 'id', type: 'uuid' },
  ],
  descending: false,
  where: [{ sql: () => 'f.is_listed' }],
};

export async function lockFunder(tx: Tx, id: string): Promise<Funder | null> {
  const [row] = await tx.rows<Funder>(
    `SELECT ${COLUMNS} FROM funders f WHERE f.organization_id = $1 FOR NO KEY UPDATE`,
    [id],
  );
  return row ?? null;
}
