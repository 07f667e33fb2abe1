import { refuse } from '../errors/refusal.js';
import type { IdKind } from './ids.js';
import { ID_PREFIXES, parseId } from './ids.js';

/** The UUID a filter names in `field`, or null when it names none; refuses with `INVALID_ID` what is no id of its kind. */
export function filteredId(kind: IdKind, field: string, id: string | null | undefined): string | null {
  if (id == null) return null;
  const uuid = parseId(kind, id);
  if (uuid === null) {
    throw refuse('INVALID_ID', { path: ['filter', field], parameters: { expected: `${ID_PREFIXES[kind]}_…` } });
  }
  return uuid;
}
