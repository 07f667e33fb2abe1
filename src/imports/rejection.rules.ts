/** Why a row was not recorded, in words for the data officer who can correct it. */
export interface RejectionReason {
  /** The grant's own id, when it can be read. */
  readonly id: string | null;
  /** The path of the offending field in the row, as `recipientOrganization[0].id`; null when the row as a whole is meant. */
  readonly field: string | null;
  /** A sentence. It never holds an e-mail address or a person's name. */
  readonly reason: string;
}

/** Thrown by the rules that read one field, caught where the row is read. */
export class Rejection extends Error {
  constructor(
    readonly field: string | null,
    reason: string,
  ) {
    super(reason);
  }
}

const SHOWN_CHARACTERS = 60;

/** The value as it may stand in a reason: short, on one line, without e-mail addresses. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  return `"${printable(String(value), SHOWN_CHARACTERS)}"`;
}

export function printable(text: string, limit: number): string {
  const oneLine = text
    .slice(0, 10 * limit)
    // Control characters and lone surrogates have no place in an answer or a terminal.
    .replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/(?<![^\s@])[^\s@]*@[^\s@]*/gu, '(e-mail address)')
    .trim();
  const characters = [...oneLine];
  return characters.length <= limit ? oneLine : `${characters.slice(0, limit).join('')}…`;
}
