import type { LedgerStore } from '../ledger/ledger-store.js';
import type { Standing } from './witness.rules.js';

/*
 * The texts of the witness in the ledger: one for each epoch of a network, so that a node of before never writes over what
 * a restored network says. Only `witness.json` is ever replaced.
 */
const epochs = (network: string): string => `${network}/epochs`;
const witnessOf = (network: string, epoch: number): string => `${epochs(network)}/${epoch}/witness.json`;
const disputeOf = (network: string, epoch: number): string => `${epochs(network)}/${epoch}/disputed.json`;

export interface Epoch {
  readonly witness: Standing;
  readonly isDisputed: boolean;
}

/** The last epoch that the ledger knows of this network; null where it knows none. */
export async function readLastEpoch(ledger: LedgerStore, network: string): Promise<Epoch | null> {
  const names = await ledger.list(epochs(network));
  const known = names.filter((name) => name.endsWith('/witness.json')).map((name) => Number(name.split('/').at(-2)));
  if (known.length === 0) return null;
  const last = Math.max(...known);
  const text = await ledger.read(witnessOf(network, last));
  return text === null
    ? null
    : { witness: JSON.parse(text) as Standing, isDisputed: names.includes(disputeOf(network, last)) };
}

/** Answers false where somebody else was first. */
export function beginEpoch(ledger: LedgerStore, standing: Standing): Promise<boolean> {
  return ledger.create(witnessOf(standing.network, standing.epoch), textOf(standing));
}

export function keepWitness(ledger: LedgerStore, standing: Standing): Promise<void> {
  return ledger.replace(witnessOf(standing.network, standing.epoch), textOf(standing));
}

/** For all who speak for this network, from now on until an operator has said which of them does. */
export async function dispute(ledger: LedgerStore, standing: Standing): Promise<void> {
  await ledger.create(disputeOf(standing.network, standing.epoch), textOf(standing));
}

function textOf(standing: Standing): string {
  return `${JSON.stringify(standing, null, 2)}\n`;
}
