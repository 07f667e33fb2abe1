import type { RowReason, RowReasonCode, Words } from './row-reasons.rules.js';
import { wordsFor } from './row-reasons.rules.js';

/** Thrown by the rules that read one field, collected where the row is read. */
export class Rejection extends Error {
  constructor(
    readonly field: string | null,
    readonly code: RowReasonCode,
    readonly parameters: RowReason['parameters'] = {},
  ) {
    super(wordsFor({ code, field, parameters }, 'en'));
  }
}

/** Each of a list of a hundred planned dates can be wrong; this many say enough. */
export const MAX_REASONS_OF_A_ROW = 20;

/** All that is wrong with one row, in the order of reading. */
export class RowReasons {
  readonly list: RowReason[] = [];

  /** What `read` answers; null when it is rejected, which is then one of the reasons. */
  attempt<T>(read: () => T): T | null {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      const { code, field, parameters } = error;
      // What a date proves of the whole file is never left out.
      if (this.list.length === MAX_REASONS_OF_A_ROW && code === 'MONTH_BEFORE_DAY') this.list.pop();
      if (this.list.length < MAX_REASONS_OF_A_ROW) this.list.push({ code, field, parameters });
      return null;
    }
  }
}

const SHOWN_CHARACTERS = 60;

/** The value as it may stand in a reason: short, on one line, without e-mail addresses. */
export function shown(value: unknown): string | Words {
  if (Array.isArray(value)) return { en: 'a list', vi: 'một danh sách' };
  if (typeof value === 'object' && value !== null) return { en: 'an object', vi: 'một đối tượng' };
  return `"${printable(String(value), SHOWN_CHARACTERS)}"`;
}

export function printable(text: string, limit: number): string {
  const oneLine = text
    .slice(0, 10 * limit)
    // Control characters and lone surrogates have no place in an answer or a terminal; forced directions hide what is said.
    .replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202D\u202E]+/gu, ' ')
    .replace(/(?<![^\s@])[^\s@]*@[^\s@]*/gu, '(e-mail address)')
    .trim();
  const characters = [...oneLine];
  return characters.length <= limit ? oneLine : `${characters.slice(0, limit).join('')}…`;
}
