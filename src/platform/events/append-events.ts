import type { Tx } from '../db/transaction.js';
import type { NewEvent } from './append-event.js';
import { keyTold } from './append-event.js';

/** Adds many at once, for work on whole files: one statement, sent with the next one of the transaction. */
export function appendEvents(tx: Tx, events: readonly NewEvent[]): void {
  if (events.length === 0) return;
  tx.later(
    `INSERT INTO events (id, type, at, actor_role, actor_organization_id, subject_type, subject_id, revision,
       funder_id, grantee_id, organization_id, for_steward, key_id)
     SELECT e.id, e.type, $1, $2, $3, e.subject_type, e.subject_id, e.revision, e.funder_id, e.grantee_id, e.organization_id, e.for_steward, $4
     FROM unnest($5::uuid[], $6::text[], $7::text[], $8::uuid[], $9::integer[], $10::uuid[], $11::uuid[], $12::uuid[], $13::boolean[])
       AS e (id, type, subject_type, subject_id, revision, funder_id, grantee_id, organization_id, for_steward)`,
    [
      tx.now,
      tx.actor.role,
      tx.actor.organizationId,
      keyTold(tx.actor),
      events.map(() => tx.newId()),
      events.map(({ type }) => type),
      events.map(({ subjectType }) => subjectType),
      events.map(({ subjectId }) => subjectId),
      events.map(({ revision }) => revision ?? null),
      events.map(({ funderId }) => funderId ?? null),
      events.map(({ granteeId }) => granteeId ?? null),
      events.map(({ organizationId }) => organizationId ?? null),
      events.map(({ forSteward }) => forSteward),
    ],
  );
}
