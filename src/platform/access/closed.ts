import type { Refusal } from '../errors/refusal.js';
import { refuse, unauthenticated } from '../errors/refusal.js';
import type { Actor, Role } from './actor.js';

/** To a caller whose key has another role: who may. */
export function forbidden({ role }: Actor, operation: string, allowed: readonly Role[]): Refusal {
  const roles = allowed.filter((each) => each !== 'PUBLIC').join(', ');
  return refuse('FORBIDDEN', { parameters: { role, operation, roles } });
}

/** For what is below a field that everybody may read. A key that must be rotated first reads as the public does, and is told the same. */
export function refusePublic({ role }: Actor): void {
  if (role === 'PUBLIC') throw unauthenticated('KEY_NEEDED');
}
