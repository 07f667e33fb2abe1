import { publicId } from '../../platform/api/ids.js';
import type { Tx } from '../../platform/db/transaction.js';
import { refuse } from '../../platform/errors/refusal.js';
import type { Identifier } from '../identifier.rules.js';
import { identifierOf } from '../identifier.rules.js';
import type { IdentifierRow } from '../organization.entity.js';
import type { IdentifierInput } from './identifiers.inputs.js';
import { addClaim, dropClaim, holderOf, ownIdentifiers, visibleHolderOf } from './identifiers.store.js';

/** The numbers of an organization that the steward registers: each may have one holder only. */
export async function readFreeIdentifiers(tx: Tx, inputs: readonly IdentifierInput[]): Promise<readonly Identifier[]> {
  const identifiers = [...readIdentifiers(inputs).values()];
  const holder = identifiers.length > 0 ? await holderOf(tx, identifiers) : null;
  if (holder) throw duplicateOf(holder, 'identifiers');
  return identifiers;
}

/**
 * The numbers an organization gives itself from now on. A number whose holder the caller may not see is taken like a free
 * one, so that no answer tells which it is; a holder whom everybody, or the caller, sees is named, which tells nothing new.
 */
export async function replaceClaims(tx: Tx, organizationId: string, inputs: readonly IdentifierInput[]): Promise<void> {
  const wanted = readIdentifiers(inputs);
  const own = new Map((await ownIdentifiers(tx, organizationId)).map((held) => [textOf(held), held]));
  const dropped = [...own].filter(([text]) => !wanted.has(text)).map(([, held]) => held);
  const kept = dropped.find(({ standing }) => standing === 'CONFIRMED');
  if (kept) throw refuse('IDENTIFIER_CONFIRMED', { path: ['identifiers'], parameters: { identifier: textOf(kept) } });
  const fresh = [...wanted].filter(([text]) => !own.has(text)).map(([, identifier]) => identifier);
  const holder = fresh.length > 0 ? await visibleHolderOf(tx, fresh) : null;
  if (holder) throw duplicateOf(holder, 'identifiers');
  for (const identifier of dropped) dropClaim(tx, organizationId, identifier);
  for (const identifier of fresh) addClaim(tx, organizationId, identifier);
}

export function readIdentifier({ scheme, value }: IdentifierInput, ...path: string[]): Identifier {
  const identifier = identifierOf(`${scheme}-${value}`);
  if (!identifier) throw refuse('INVALID_IDENTIFIER', { path });
  return identifier;
}

export function textOf({ scheme, value }: Identifier): string {
  return `${scheme}-${value}`;
}

export function duplicateOf(holder: IdentifierRow, ...path: string[]): Error {
  const data = { organizationId: publicId('organization', holder.organizationId) };
  return refuse('DUPLICATE_IDENTIFIER', { path, parameters: { identifier: textOf(holder) }, data });
}

function readIdentifiers(inputs: readonly IdentifierInput[]): Map<string, Identifier> {
  const identifiers = inputs.map((input, i) => readIdentifier(input, 'identifiers', String(i)));
  return new Map(identifiers.map((identifier) => [textOf(identifier), identifier]));
}
