import type { DemoClient } from './demo-client.js';
import type { Narrator } from './narrator.js';

/** The callers of the play, each with a key of its own. */
export interface Cast {
  readonly funder: DemoClient;
  readonly secondFunder: DemoClient;
  readonly grantee: DemoClient;
  readonly names: Record<'funder' | 'secondFunder' | 'grantee', string>;
  /** The grantee, as the funder names it when it drafts. */
  readonly granteeId: string;
}
export interface Scene {
  readonly cast: Cast;
  readonly say: Narrator;
  readonly today: string;
  /** Makes the idempotency keys and submission ids of this play its own. */
  readonly run: string;
}
