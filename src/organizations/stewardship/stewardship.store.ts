import { columnsOf } from '../../platform/db/columns.js';
import type { Reader } from '../../platform/db/reader.js';
import type { Tx } from '../../platform/db/transaction.js';
import { NetworkRow } from './network.entity.js';

const NETWORK = `SELECT ${columnsOf(NetworkRow, 'n')} FROM network n`;

export const NETWORKS_BY_ID = `${NETWORK} WHERE n.id = ANY ($1)`;

/** There is one network in a database. */
export async function readNetwork(reader: Reader): Promise<NetworkRow> {
  const [row] = await reader.rows<NetworkRow>(NETWORK);
  return row;
}

export async function lockNetwork(tx: Tx): Promise<NetworkRow> {
  const [row] = await tx.rows<NetworkRow>(`${NETWORK} FOR NO KEY UPDATE`);
  return row;
}

/** Whether the network has said whose steward it has, and whether one of these is, or ever was, the steward's. */
export interface Relation {
  readonly isDeclared: boolean;
  readonly isConcerned: boolean;
}

export async function readRelation(tx: Tx, organizationIds: readonly (string | null)[]): Promise<Relation> {
  const [row] = await tx.rows<Relation>(
    `SELECT n.steward_declared_at IS NOT NULL AS "isDeclared", $1::uuid[] && closed_to_steward() AS "isConcerned" FROM network n`,
    [organizationIds],
  );
  return row;
}

export async function readStewardName(reader: Reader): Promise<string | null | undefined> {
  const [row] = await reader.rows<{ isDeclared: boolean; name: string | null }>(
    `SELECT n.steward_declared_at IS NOT NULL AS "isDeclared", o.name
     FROM network n LEFT JOIN organizations o ON o.id = n.steward_organization_id`,
  );
  return row.isDeclared ? row.name : undefined;
}
