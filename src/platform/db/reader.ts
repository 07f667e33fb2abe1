/** Runs statements as one caller: in that caller's database role, with that caller's tenant. */
export interface Reader {
  /** Whose answers these are: a cursor is good for this caller alone. */
  readonly caller: string;
  /**
   * Values go in as bigint, string, Date, Buffer or arrays of these; JSON goes in as text. Columns come out as
   * bigint (bigint), 'YYYY-MM-DD' (date) and Date (timestamptz). `varies` says of a text that callers decide how many
   * such texts there are, so that the server is not asked to keep each for ever.
   */
  rows<T>(sql: string, values?: readonly unknown[], varies?: boolean): Promise<T[]>;
}
