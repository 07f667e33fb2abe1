import type { Actor } from './actor.js';

/** What a GraphQL document asks for: its root fields, by the schema's names and never by the caller's. */
export interface AskedFields {
  readonly kind: 'query' | 'mutation';
  readonly fields: readonly string[];
}

/** A request, with what is found out about it on its way: the request log reads it when the answer is sent. */
export interface ActingRequest {
  readonly headers: { readonly authorization?: string };
  actor?: Actor;
  asked?: AskedFields;
  /** Counts further calls against the caller's rate; refuses with `RATE_LIMITED` when they are too many. */
  countMore?: (calls: number) => Promise<void>;
}
