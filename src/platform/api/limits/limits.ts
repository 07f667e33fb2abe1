/** What one operation may ask for. More is refused before validation or SQL, with the limit and the actual number. */
export const LIMITS = {
  /** 5,000 tokens with names as long as the schema's, and room to indent them. A megabyte of comments, which are no tokens, took 90 ms. */
  characters: 50_000,
  /** Graphql counts the lines before each error from the start: 100 errors after a megabyte of blank lines took 3 seconds. */
  lines: 2_500,
  /** Fragments and operations. Each two fragments of a place are compared: 490 of them, with one field each, took 200 ms. */
  definitions: 100,
  /** The longest useful path (viewer to an answer on a shared report, through four connections) has 14 fields. */
  depth: 15,
  /** The same field asked for again, under another name or the same one: the usual way to multiply work. */
  aliases: 50,
  /** A dashboard's `@include` on every card is about 20. */
  directives: 50,
  /** Each may be a database round trip of its own. */
  rootFields: 20,
  /**
   * Fields wherever their fragments are spread, and pairs of fields that merge: 40 fragments with ten fields in common come to 8,000.
   * 240 inline fragments with the same six fields took 240 ms to compare.
   */
  fields: 10_000,
  /**
   * Of any list among the variables. The longest that is of use has 120 installments, and each list has its own bound; this
   * one is asked before graphql makes values of the items, which takes 50 ms for 10,000 of them.
   */
  items: 1_000,
  /** Of all variables together: a megabyte holds 300,000 empty lists inside lists, unused ones among them. */
  values: 20_000,
  /** A page of 100 with its two parties and 25 installments each costs 3,000; three nested pages of 100 cost a million. */
  cost: 10_000,
} as const;

/**
 * For Apollo's `parseOptions.maxTokens`, which stops the parser itself: the longest document of the examples has 600
 * tokens, GraphiQL's introspection 330. It also bounds what measuring a document can take.
 */
export const MAX_TOKENS = 5_000;

/**
 * Of the mistakes in one document. Every other type is compared with an unknown name to suggest the right one, which took 110 ms
 * for graphql's own 100 mistakes; a person corrects some and sends the query again.
 */
export const MOST_MISTAKES = 10;

export const WEIGHTS = {
  /** A field that gives an object. Leaves are read with their row and cost nothing. */
  object: 1,
  /**
   * The least that a field with arguments costs, wherever it is asked: each reads its arguments, and a page of its own. 4,900 of them, which is a hundred
   * things with 49 aliases each, took 75 to 170 ms of the one thread.
   */
  asked: 8,
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
  /**
   * Introspection does not touch the database, but walks every type without a pause: GraphiQL's query comes to 8,000 and takes 40 ms, so
   * that no second one fits into a request.
   */
  introspectedTypes: 100,
  introspectedList: 6,
} as const;

export type Weights = { readonly [K in keyof typeof WEIGHTS]: number };
