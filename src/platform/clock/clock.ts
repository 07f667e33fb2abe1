/** The only source of "now". Tests and simulations replace it, so that whole runs can be repeated. */

/** Between this node's clock and the database's: by a wrong clock nothing is closed for good. */
export const MOST_CLOCK_DIFFERENCE_MS = 60_000;

export class Clock {
  now(): Date {
    return new Date();
  }

  /** How far this clock is ahead of another one, in milliseconds. Clocks that are moved on purpose are never held against another. */
  aheadOf(other: Date): number {
    return this.now().getTime() - other.getTime();
  }
}
