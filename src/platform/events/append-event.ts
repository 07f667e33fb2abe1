import type { Actor, Role } from '../access/actor.js';
import { SYSTEM_ACTOR } from '../access/actor.js';
import type { Tx } from '../db/transaction.js';
import type { SubjectType } from './subjects.js';

export interface NewEvent {
  /** Past tense, in capitals: `AGREEMENT_ACCEPTED`. */
  readonly type: string;
  readonly subjectType: SubjectType;
  readonly subjectId: string;
  readonly revision?: number | null;
  /** Who may see it, beside the steward: the funder and the grantee it is between, or one organization by itself. */
  readonly funderId?: string | null;
  readonly granteeId?: string | null;
  /** The fiscal sponsor of a sponsored project: it reads in the feed of its role GRANTEE. */
  readonly sponsorId?: string | null;
  readonly organizationId?: string | null;
  /** Whether the steward's feed has it too. */
  readonly forSteward: boolean;
  /** Nobody did it: the service found it to follow from what somebody did. */
  readonly isFound?: boolean;
}

/** Whose events say which key did it. A grantee's never do: what one of its people does is the organization's own affair. */
const KEY_IS_TOLD: ReadonlySet<Role> = new Set(['FUNDER', 'STEWARD', 'ANALYST']);

export function keyTold({ role, keyId }: Actor): string | null {
  return KEY_IS_TOLD.has(role) ? keyId : null;
}

/** Adds to the history, in the change's own transaction. */
export function appendEvent(tx: Tx, event: NewEvent): void {
  tx.later(
    `INSERT INTO events (id, type, at, actor_role, actor_organization_id, subject_type, subject_id, revision,
       funder_id, grantee_id, sponsor_id, organization_id, for_steward, key_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      tx.newId(),
      event.type,
      tx.now,
      event.isFound ? SYSTEM_ACTOR.role : tx.actor.role,
      event.isFound ? null : tx.actor.organizationId,
      event.subjectType,
      event.subjectId,
      event.revision ?? null,
      event.funderId ?? null,
      event.granteeId ?? null,
      event.sponsorId ?? null,
      event.organizationId ?? null,
      event.forSteward,
      event.isFound ? null : keyTold(tx.actor),
    ],
  );
}
