/** As package.json has it; a test compares the two. */
export const VERSION = '0.1.0';

/** Which build a node runs. */
export interface Build {
  readonly version: string;
  /** Null when whoever built it did not say (`GOODFAITH_COMMIT`). */
  readonly commit: string | null;
}
export const BUILD = Symbol('BUILD');
