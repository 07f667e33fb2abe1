import type { Identifier } from '../organizations/identifier.rules.js';
import type { Tx } from '../platform/db/transaction.js';
import type { MetTwin, TwinReason } from './import-summary.js';
import type { KnownOrganization } from './organizations.store.js';
import { findByIdentifiers, findClaimants } from './organizations.store.js';
import { doubtfulSpellingsOf, spellingsOf } from './register-number.rules.js';

/** An organization that the file gives a number. */
export interface Numbered {
  /** As the file has it, and as the organization holds it. */
  readonly given: Identifier;
  readonly held: Identifier;
  readonly organizationId: string;
  readonly isNew: boolean;
}

export interface Holder<T> {
  readonly of: T;
  /** As the organization holds it. */
  readonly number: Identifier;
  readonly organization: KnownOrganization;
}

/** Who holds one of the numbers that each item may have, in the order of the items and of their numbers. */
export async function findHolders<T>(
  tx: Tx,
  items: readonly T[],
  numbersOf: (item: T) => readonly Identifier[],
): Promise<Holder<T>[]> {
  const keys = items.flatMap((of) => numbersOf(of).map((number) => ({ of, number })));
  if (keys.length === 0) return [];
  const numbers = keys.map(({ number }) => number);
  const rows = await findByIdentifiers(tx, numbers);
  return rows
    .toSorted((left, right) => left.place - right.place)
    .map((organization) => ({ ...keys[organization.place - 1], organization }));
}

/** The number exactly as the file has it comes first: who holds that is meant before anybody else. */
export function preferredSpellings(given: Identifier): readonly Identifier[] {
  return [given, ...spellingsOf(given).filter(({ value }) => value !== given.value)];
}

/** Records that are probably one organization: the steward may merge them. Nothing is attached by a guess. */
export async function findTwins(tx: Tx, items: readonly Numbered[]): Promise<MetTwin[]> {
  if (items.length === 0) return [];
  const twins: MetTwin[] = [];
  const meet = (one: Numbered, reason: TwinReason, twin: MetTwin['twin']): void => {
    const { held: identifier, organizationId, isNew } = one;
    if (organizationId !== twin.organizationId) twins.push({ reason, identifier, organizationId, isNew, twin });
  };
  const others = await findHolders(tx, items, ({ given }) => preferredSpellings(given));
  const similar = await findHolders(tx, items, ({ given }) => doubtfulSpellingsOf(given));
  for (const [reason, holders] of [
    ['SAME_NUMBER', others],
    ['SIMILAR_NUMBER', similar],
  ] as const) {
    for (const { of, number, organization } of holders) {
      meet(of, reason, { identifier: number, organizationId: organization.id, isNew: organization.isNew });
    }
  }
  // Who gives itself a number of the file, without being confirmed.
  const claimed = items.map(({ held }) => held);
  for (const { place, claimantId } of await findClaimants(tx, claimed)) {
    const twin = { identifier: claimed[place - 1], organizationId: claimantId, isNew: false };
    meet(items[place - 1], 'CLAIMED_NUMBER', twin);
  }
  return twins;
}
