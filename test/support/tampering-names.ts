/** Something that the owner of the database does to the rows of `tellEverything`, past every trigger and foreign key. */
export interface HistoryTampering {
  readonly did: string;
  readonly sql: string;
  /** The invariants that it breaks; none when it is beyond reach, as docs/history.md says with the reason. */
  readonly noticedBy: readonly string[];
  /** Noticed by whoever kept a head from before. */
  readonly breaksKeptHead?: boolean;
}

export const CHAIN = 'every sealed event is chained to the one before';
export const GAP = 'positions have no gap';
export const TIMES = 'times of positions never go back';
export const MISSING = 'no event is missing';
export const WAITS = 'every event is sealed or waits for it';
export const FEEDS = 'feeds say what the events say';
export const ROWS = 'what an event last vouched for is what the rows say';
export const TOLD = 'nothing is there that no event tells of';
export const DIGEST = 'an agreed text has the digest that was agreed to';
export const TEXT = 'an agreed text is what its terms say';
export const OWN_WORDS = 'a shared obstacle says what its owner logged';
export const NUMBERS = 'the numbers of an owner of obstacles have no gap';
export const HEADS = 'a published head lies in the history';
export const REVOKED = 'a key that was revoked stays revoked';

/** The agreement of two parties that most of it is done to. */
export const ACTIVE = `(SELECT id FROM agreements WHERE state = 'ACTIVE' AND fiscal_sponsor_id IS NULL ORDER BY id LIMIT 1)`;
