import type { Reader } from '../db/reader.js';
import type { LedgerStore } from '../ledger/ledger-store.js';
import { readNetworkId } from '../network/network-row.js';
import { readHashAt, readStanding } from './standing.js';
import type { Difference, Standing } from './witness.rules.js';
import { differencesOf } from './witness.rules.js';
import { readLastEpoch } from './witness-texts.js';

export interface Compared {
  readonly standing: Standing;
  readonly isWitnessed: boolean;
  /** What the ledger has of the last epoch that it knows; null where it knows none. */
  readonly witness: Standing | null;
  readonly differences: readonly Difference[];
}

/** Holds the database against the witness of its network. Changes nothing. */
export async function compare(reader: Reader, ledger: LedgerStore): Promise<Compared> {
  // The witness first: what the database says afterwards can only be newer.
  const last = await readLastEpoch(ledger, await readNetworkId(reader));
  const spoken = await readStanding(reader);
  const { standing, isWitnessed } = spoken;
  if (!last) return { ...spoken, witness: null, differences: isWitnessed ? ['WITNESS_MISSING'] : [] };
  const { witness, isDisputed } = last;
  const told = { standing, isWitnessed, witness };
  if (witness.epoch > standing.epoch) return { ...told, differences: ['LATER_EPOCH'] };
  if (witness.epoch < standing.epoch) return { ...told, differences: ['WITNESS_MISSING'] };
  const differences = differencesOf(witness, standing, await readHashAt(reader, witness.head));
  return { ...told, differences: isDisputed ? [...differences, 'DISPUTED'] : differences };
}
