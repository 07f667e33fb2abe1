/** What one operation may ask for. More is refused before validation or SQL, with the limit and the actual number. */
export const LIMITS = {
  /** The longest useful path (viewer to an answer on a shared report, through four connections) has 14 fields. */
  depth: 15,
  /** The same field asked for again, under another name or the same one: the usual way to multiply work. */
  aliases: 50,
  /** A dashboard's `@include` on every card is about 20. */
  directives: 50,
  /** Each may be a database round trip of its own. */
  rootFields: 20,
  /**
   * Of any list among the variables. The longest that is of use has 120 installments, and each list has its own bound; this
   * one is asked before graphql makes values of the items, which takes 50 ms for 10,000 of them.
   */
  items: 1_000,
  /** A page of 100 with its two parties and 25 installments each costs 3,000; three nested pages of 100 cost a million. */
  cost: 10_000,
} as const;

/**
 * For Apollo's `parseOptions.maxTokens`, which stops the parser itself: the longest document of the examples has 600
 * tokens, GraphiQL's introspection 330. It also bounds what measuring a document can take.
 */
export const MAX_TOKENS = 5_000;

export const WEIGHTS = {
  /** A field that gives an object. Leaves are read with their row and cost nothing. */
  object: 1,
  /** A transaction, an event and jobs. */
  mutation: 10,
  /** Pages as the connections do them: `first` when not said, and the most they allow (they refuse more themselves). */
  defaultPage: 25,
  largestPage: 100,
  /** A list without pages is one that is short by nature: a schedule, the parties, the prompts of a report. */
  unpagedList: 5,
  /** A search looks through every text of a hit for each word, and reads all of them: what is found and what is not. */
  search: 50,
  searchHit: 20,
  /** Introspection does not touch the database, but walks every type: GraphiQL's query comes to about 800. */
  introspectedTypes: 100,
  introspectedList: 3,
} as const;

export type Weights = { readonly [K in keyof typeof WEIGHTS]: number };
