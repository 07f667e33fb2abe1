/** Why the demo cannot go on, in one line. */
export class DemoFailure extends Error {}

export interface Refused {
  readonly code: string;
  readonly message: string;
  readonly organizationId?: string;
}
interface Answer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}
type Payload<T> = T & { readonly userErrors: readonly Refused[] };

const USER_ERRORS = 'userErrors { code message ... on DuplicateIdentifierError { organizationId } }';

/** One caller with one key, over HTTP like any other: the demo has no other way in. */
export class DemoClient {
  constructor(
    private readonly url: string,
    private readonly key: string,
  ) {}

  /** A query; answers its data. */
  async ask<T>(query: string, variables: object = {}): Promise<T> {
    const { data, errors } = await this.post(query, variables);
    if (errors?.[0]) throw new DemoFailure(`A query was refused: ${said(errors[0])}`);
    return data as T;
  }

  /** A mutation by its name; answers its payload, and fails when it is refused. */
  async act<T>(operation: string, input: object, selection: string): Promise<T> {
    const payload = await this.attempt<T>(operation, input, selection);
    const [refused] = payload.userErrors;
    if (refused) throw new DemoFailure(`${operation} was refused: ${refused.message} (${refused.code})`);
    return payload;
  }

  /** A mutation that may be refused. */
  async attempt<T>(operation: string, input: object, selection: string): Promise<Payload<T>> {
    const type = `${operation[0].toUpperCase()}${operation.slice(1)}Input!`;
    const query = `mutation ($input: ${type}) { ${operation}(input: $input) { ${selection} ${USER_ERRORS} } }`;
    const { data, errors } = await this.post(query, { input });
    if (errors?.[0]) throw new DemoFailure(`${operation} failed: ${said(errors[0])}`);
    return data![operation] as Payload<T>;
  }

  /** The code of the error that a mutation is turned away with at the door, before anything is looked at; or null. */
  async turnedAway(operation: string, input: object): Promise<string | null> {
    const type = `${operation[0].toUpperCase()}${operation.slice(1)}Input!`;
    const query = `mutation ($input: ${type}) { ${operation}(input: $input) { ${USER_ERRORS} } }`;
    const { errors } = await this.post(query, { input });
    return errors?.[0]?.extensions?.code ?? null;
  }

  /** Whether the service knows the key. */
  async isKnown(): Promise<boolean> {
    const { errors } = await this.post('{ viewer { role } }', {});
    if (!errors?.[0]) return true;
    if (errors[0].extensions?.code === 'UNAUTHENTICATED') return false;
    throw new DemoFailure(`A key could not be tried: ${said(errors[0])}`);
  }

  private async post(query: string, variables: object): Promise<Answer> {
    try {
      const response = await fetch(`${this.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${this.key}` },
        body: JSON.stringify({ query, variables }),
      });
      return (await response.json()) as Answer;
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      throw new DemoFailure(`${this.url} does not answer: ${cause instanceof Error ? cause.message : String(cause)}`);
    }
  }
}

function said({ message, extensions }: { message: string; extensions?: { code?: string } }): string {
  return extensions?.code ? `${message} (${extensions.code})` : message;
}
