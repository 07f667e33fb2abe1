import type { Connection, FieldDef, Submittable } from 'pg';
import pg from 'pg';
import type { Named, RowShape } from './prepared-statements.js';
import { PreparedStatements } from './prepared-statements.js';
import { WireMessages } from './wire-messages.js';

/** The server knows the statement by its name: it is parsed once per connection. */
export interface Statement extends Named {
  readonly text: string;
  readonly values: readonly unknown[];
}

type Row = Record<string, unknown>;

/** What a connection of `pg` has and its types leave out or get wrong. */
interface WireConnection {
  prepared?: PreparedStatements;
  on(event: 'parseComplete', listener: () => void): this;
  removeListener(event: 'parseComplete', listener: () => void): this;
  stream: { write(bytes: Buffer): void };
}

/** Filled and sent in one go, so that all connections share it. */
const messages = new WireMessages();

const DIGIT_0 = 48;
const LENGTH_OF_SECONDS = '2026-03-01 09:30:00+00'.length;

/** `2026-03-01 09:30:00.5+00`, as PostgreSQL writes it in UTC. Read by hand: a page of agreements has a hundred. */
function utcDate(text: string): Date {
  const digits = Math.max(0, text.length - LENGTH_OF_SECONDS - 1);
  // Years before 1000 and after 9999, infinity, and more than milliseconds.
  if (text.charCodeAt(0) === DIGIT_0 || text[10] !== ' ' || !text.endsWith('+00') || digits > 3) {
    return new Date(text.replace(' ', 'T') + (text.endsWith('Z') ? '' : ':00'));
  }
  const two = (at: number): number => (text.charCodeAt(at) - DIGIT_0) * 10 + text.charCodeAt(at + 1) - DIGIT_0;
  const fraction = digits > 0 ? Number(text.slice(-3 - digits, -3)) * 10 ** (3 - digits) : 0;
  return new Date(Date.UTC(two(0) * 100 + two(2), two(5) - 1, two(8), two(11), two(14), two(17), fraction));
}

/** bigint stays exact, a day stays a day: `pg` would make a string and a local midnight of them. */
const PARSERS: Record<number, (text: string) => unknown> = {
  [pg.types.builtins.INT8]: BigInt,
  [pg.types.builtins.DATE]: String,
  [pg.types.builtins.TIMESTAMPTZ]: utcDate,
};

/**
 * Several named statements in one write and one `Sync`, so in one implicit transaction and one round trip: a read
 * takes its database role and tenant with `set_config(..., true)` and cannot outlive them. Answers the rows of each.
 *
 * A `Submittable` of `pg`, made the way `pg-cursor` is. Row descriptions are asked for once per statement and
 * connection: a prepared statement cannot change its result type.
 */
export class StatementGroup implements Submittable {
  private readonly results: Row[][] = [[]];
  private readonly shapes = new Map<string, RowShape>();
  private current = 0;
  private failure: Error | null = null;
  private stopListening: () => void = () => undefined;
  callback?: (error: Error | null) => void;

  constructor(private readonly statements: readonly Statement[]) {}

  submit(connection: Connection): void {
    const wire = connection as unknown as WireConnection;
    const prepared = (wire.prepared ??= new PreparedStatements());
    const closing = prepared.takeClosing();
    try {
      for (const name of closing) messages.close(name);
      const parsing: Statement[] = [];
      for (const each of this.statements) {
        const { name, text, values } = each;
        const shape = prepared.find(each);
        const first = !shape && !parsing.some((other) => other.name === name);
        if (shape) this.shapes.set(name, shape);
        if (first) {
          messages.parse(name, text);
          parsing.push(each);
        }
        messages.bind(
          name,
          values.map((value) => prepareValue(value)),
        );
        if (first) messages.describe();
        messages.execute();
      }
      if (parsing.length > 0) this.rememberParsed(wire, prepared, parsing);
    } catch (error) {
      this.failure = error as Error;
      messages.clear();
      // A text that comes again has its old name again: the server must have forgotten that name by then.
      for (const name of closing) messages.close(name);
    }
    messages.sync();
    wire.stream.write(messages.take());
  }

  /** A statement counts as parsed when the server says so, also when a later one of the group fails. */
  private rememberParsed(wire: WireConnection, prepared: PreparedStatements, parsing: Statement[]): void {
    const listener = (): void => {
      const parsed = parsing.shift()!;
      const shape: RowShape = { names: [], parsers: [], empty: {} };
      this.shapes.set(parsed.name, shape);
      prepared.keep(parsed, shape);
    };
    this.stopListening = () => wire.removeListener('parseComplete', listener);
    wire.on('parseComplete', listener);
  }

  handleRowDescription(message: { fields: FieldDef[] }): void {
    const shape = this.shapes.get(this.statements[this.current].name)!;
    shape.names = message.fields.map((field) => field.name);
    shape.parsers = message.fields.map((field) => PARSERS[field.dataTypeID] ?? textParser(field.dataTypeID));
    shape.empty = Object.fromEntries(shape.names.map((column) => [column, null]));
  }

  handleDataRow(message: { fields: (string | null)[] }): void {
    const { names, parsers, empty } = this.shapes.get(this.statements[this.current].name)!;
    const row: Row = { ...empty };
    for (let i = 0; i < names.length; i++) {
      const text = message.fields[i];
      if (text !== null && text !== undefined) row[names[i]] = parsers[i](text);
    }
    this.results[this.current].push(row);
  }

  handleCommandComplete(): void {
    this.current += 1;
    this.results[this.current] = [];
  }

  handleEmptyQuery(): void {
    this.handleCommandComplete();
  }

  handlePortalSuspended(): void {
    /* every portal is read to its end */
  }

  handleError(error: Error): void {
    this.stopListening();
    // Its values are bound apart, so the text may be logged.
    this.callback?.(this.failure ?? Object.assign(error, { statement: this.statements[this.current]?.text }));
  }

  handleReadyForQuery(): void {
    this.stopListening();
    this.callback?.(this.failure);
  }

  /** The rows of each statement, in order. */
  rows(): Row[][] {
    return this.results.slice(0, this.statements.length);
  }
}

function textParser(oid: number): (text: string) => unknown {
  return pg.types.getTypeParser(oid, 'text') as (text: string) => unknown;
}

/** `pg`'s own mapping of JavaScript values to the wire, which its types leave out. */
const { prepareValue } = (pg as unknown as { utils: { prepareValue: (value: unknown) => string | Buffer | null } })
  .utils;
