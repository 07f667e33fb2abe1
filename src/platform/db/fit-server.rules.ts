/** What a server says of itself and of the database in it. */
export interface ServerFacts {
  /** As PostgreSQL counts: 150019 is 15.19. */
  readonly version: number;
  readonly encoding: string;
  /** Whether letters beyond English ones are lowered as they should be. */
  readonly lowersLetters: boolean;
}

const OLDEST = 15;
const NEWEST = 18;

/**
 * Why the service cannot work with it, or null. Which order names have is the choice of whoever makes the database. That
 * letters are letters is not: the search for words lowers them, and would find nothing in Vietnamese where only those of
 * English are known (LC_CTYPE "C").
 */
export function unfitness({ version, encoding, lowersLetters }: ServerFacts): string | null {
  const major = Math.floor(version / 10_000);
  if (major < OLDEST || major > NEWEST)
    return `is on PostgreSQL ${major}; this version of Goodfaith works with ${OLDEST} to ${NEWEST}.`;
  if (encoding !== 'UTF8') return `has the encoding ${encoding}. ${MAKE_ANEW}`;
  if (!lowersLetters) return `does not know which letters are small ones. ${MAKE_ANEW}`;
  return null;
}

const MAKE_ANEW =
  "Make it anew: CREATE DATABASE … TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'; any locale of UTF-8 will do, " +
  'but C, POSIX and the Turkish ones.';
