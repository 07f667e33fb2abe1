/** What one code says, with the HTTP status it has where it is the whole answer. `{name}` is filled from the refusal's parameters. */
export interface Message {
  readonly status: number;
  readonly en: string;
  readonly vi: string;
  /** Whether the same request may succeed later; by the status when left out. */
  readonly retryable?: boolean;
}
