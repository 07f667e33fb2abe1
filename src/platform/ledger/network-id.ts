import type { Reader } from '../db/reader.js';

/** Under which the ledger keeps what belongs to this network. */
export async function readNetworkId(reader: Reader): Promise<string> {
  const [{ id }] = await reader.rows<{ id: string }>('SELECT n.id AS "id" FROM network n');
  return id;
}
