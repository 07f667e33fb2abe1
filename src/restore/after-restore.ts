import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { LedgerStore } from '../platform/ledger/ledger-store.js';
import { compare } from '../platform/witness/comparison.js';
import { readKeyEndings } from '../platform/witness/key-endings.service.js';
import type { Difference, Standing } from '../platform/witness/witness.rules.js';
import { beginEpoch } from '../platform/witness/witness-texts.js';
import type { LivingKey } from './restore.store.js';
import { change, countOpenLinks, doctorsReader, readLiving } from './restore.store.js';

/** What the database is from now on: the network, or another one that begins with the same data. */
export type Answer = 'REPLACE' | 'COPY';

export interface Plan {
  readonly differences: readonly Difference[];
  readonly before: Standing;
  readonly after: Standing;
  /** Keys that have ended since the backup was made. */
  readonly keys: readonly LivingKey[];
  readonly openLinks: number;
}

/** What an answer would do; null where the database is what the witness says, and nothing is to be said. */
export async function planAfterRestore(
  owner: pg.Client,
  ledger: LedgerStore,
  answer: Answer,
  now: Date,
): Promise<Plan | null> {
  const reader = doctorsReader(owner);
  const { standing, witness, differences } = await compare(reader, ledger);
  if (differences.length === 0) return null;
  const epoch = Math.max(standing.epoch, witness?.epoch ?? 0) + 1;
  const network = answer === 'COPY' ? randomUUID() : standing.network;
  return {
    differences,
    before: standing,
    after: { ...standing, network, epoch },
    keys: await readLiving(reader, await readKeyEndings(ledger, standing.network)),
    openLinks: await countOpenLinks(reader, now),
  };
}

/**
 * The witness of the new epoch first: from then on no other database speaks for the network. Whoever is stopped in between
 * says it once more.
 */
export async function carryOut(
  owner: pg.Client,
  ledger: LedgerStore,
  { before, after, keys }: Plan,
  { now, newId }: { readonly now: Date; readonly newId: () => string },
): Promise<void> {
  if (!(await beginEpoch(ledger, after)))
    throw new Error('Somebody else has just said what the network is: look again.');
  await change(owner, { before, after, keys, now, newId });
}
