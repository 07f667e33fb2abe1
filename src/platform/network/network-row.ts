import type { Reader } from '../db/reader.js';

/** Under which the ledger keeps what belongs to this network. */
export async function readNetworkId(reader: Reader): Promise<string> {
  const [{ id }] = await reader.rows<{ id: string }>('SELECT n.id AS "id" FROM network n');
  return id;
}

/** The epoch of the feeds: it goes up when the network is restored from a backup, so that no older cursor fits. */
export async function readEpoch(reader: Reader): Promise<number> {
  const [{ epoch }] = await reader.rows<{ epoch: number }>('SELECT n.epoch AS "epoch" FROM network n');
  return epoch;
}
