import type { Patience } from './patience.js';

/** What a key may do. A key has exactly one role; `PUBLIC` is a caller without a key. */
export const ROLES = ['FUNDER', 'GRANTEE', 'ANALYST', 'STEWARD', 'PUBLIC'] as const;
/** `SYSTEM` is the service itself, in its jobs; `SEALER` while it makes statistics of what is hidden. No key has either. */
export type Role = (typeof ROLES)[number] | 'SYSTEM' | 'SEALER';

/** Who is calling. Built from the key of the request and from nothing else. */
export interface Actor {
  readonly role: Role;
  readonly organizationId: string | null;
  /** The organization and all that were merged into it: what row security lets this caller reach. */
  readonly organizationIds: readonly string[];
  readonly keyId: string | null;
  /**
   * The line of keys that this key belongs to; only that line may read what it logged as `AGGREGATE_ONLY`. A key in its
   * last day has none.
   */
  readonly lineageId: string | null;
  /**
   * The line of keys that this key belongs to, also in its last day. It opens nothing: it says whose idempotency keys the
   * caller sends again, so that what one key of the line did is not done again by the next.
   */
  readonly keyLineageId: string | null;
  /**
   * Set when the key may do nothing but rotate, or repeat its rotation: in all else its holder is the public. Also set on
   * whoever has just claimed a key and may claim it again: that caller reads its answer, and does nothing else in that call.
   */
  readonly held?: HeldKey;
  /** How long this request may still wait for the database; work that nobody waits for has none. */
  readonly patience?: Patience;
}

export interface HeldKey {
  readonly reason: 'KEY_MUST_BE_ROTATED' | 'KEY_ALREADY_ROTATED' | 'CLAIM_STANDS_ALONE';
  /** The instant of the rotation, for the message. */
  readonly rotatedAt: string;
  /** Whom the key rotates for. */
  readonly owner: Actor;
}

export const PUBLIC_ACTOR: Actor = {
  role: 'PUBLIC',
  organizationId: null,
  organizationIds: [],
  keyId: null,
  lineageId: null,
  keyLineageId: null,
};

export const SYSTEM_ACTOR: Actor = { ...PUBLIC_ACTOR, role: 'SYSTEM' };
export const SEALER_ACTOR: Actor = { ...PUBLIC_ACTOR, role: 'SEALER' };

/** A key that was rotated makes ordinary calls for a day. Such a caller has no lineage, and so reaches no hidden tier. */
export function isInLastDay({ keyId, lineageId }: Actor): boolean {
  return keyId !== null && lineageId === null;
}

/** Who a caller is to its cursors, whichever of its keys it calls with: a key that is rotated reads on where the last one was. */
export function callerOf({ role, organizationId }: Actor): string {
  return organizationId === null ? role : `${role} ${organizationId}`;
}

/** The organization of a caller whose role always has one. */
export function organizationOf(actor: Actor): string {
  if (actor.organizationId === null)
    throw new Error(`A ${actor.role} key without an organization reached a tenant operation`);
  return actor.organizationId;
}
