import type { PlainNotice } from '../../platform/notices/notice.js';
import type { Terms } from '../terms/terms.rules.js';

/**
 * Told to whoever writes or offers terms with days of payment that are over where the grantee is: nobody can keep such a day.
 * `today` is the day at the grantee's.
 */
export function dueBeforeAcceptance({ installments }: Terms, today: string, path?: readonly string[]): PlainNotice[] {
  const over = installments.filter(({ dueOn }) => dueOn < today);
  if (over.length === 0) return [];
  const parameters = { count: over.length, dueOn: over[0].dueOn };
  return [{ code: 'DUE_BEFORE_ACCEPTANCE', path, parameters }];
}
