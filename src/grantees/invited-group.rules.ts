import { nameKeyOf } from '../organizations/name-key.rules.js';

export interface InvitedGroup {
  readonly name: string;
  readonly place: string;
  readonly country?: string | null;
  readonly contact: {
    readonly person?: string | null;
    readonly email?: string | null;
    readonly phone?: string | null;
  };
}

/**
 * Equal for two invitations that a person would call the same: name, place, country and contact without what never
 * distinguishes. All of them count, because a wrong guess would hand one group's link to another; two records of one group
 * can be merged.
 */
export function groupKeyOf({ name, place, country, contact }: InvitedGroup): string {
  const { person, email, phone } = contact;
  const words = [name, place, person, email].map((text) => wordsOf(text ?? ''));
  return JSON.stringify([...words, phoneOf(phone ?? ''), country ?? '']);
}

function wordsOf(text: string): string {
  return nameKeyOf(text).replace(/\s+/gu, ' ').trim();
}

/** Digits alone; `00` before a country's code is `+`. A text without digits stays as it is. */
function phoneOf(text: string): string {
  const compact = text.normalize('NFKC').replace(/[^\d+]/g, '');
  return /\d/.test(compact) ? compact.replace(/^00/, '+') : wordsOf(text);
}
