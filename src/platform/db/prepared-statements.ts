import { LRUCache } from 'lru-cache';

/** How a connection's rows of one statement become objects. */
export interface RowShape {
  names: readonly string[];
  parsers: readonly ((text: string) => unknown)[];
  /** All columns null: a row starts as its copy, so that every row of a statement has one hidden class. */
  empty: Record<string, unknown>;
}

/** What names a statement on the server, and whether callers decide how many such texts there are. */
export interface Named {
  readonly name: string;
  /** The text follows what a caller asks for: filters, order, window. There are more of these than a server can keep. */
  readonly varies?: boolean;
}

/**
 * How many varying statements one connection keeps. A plan of such a list takes PostgreSQL about 75 kB, so a pool of ten
 * connections keeps at most some 75 MB of them, whatever its callers ask for.
 */
export const MOST_VARYING = 100;

/**
 * The statements that one connection has prepared. The texts written in the code are a closed list and stay. Of those that
 * vary the latest stay; the server is told to close the others, else it keeps a plan of each for as long as the connection lives.
 */
export class PreparedStatements {
  private readonly fixed = new Map<string, RowShape>();
  private closing: string[] = [];
  private readonly varying = new LRUCache<string, RowShape>({
    max: MOST_VARYING,
    dispose: (_shape, name) => this.closing.push(name),
  });

  find({ name, varies }: Named): RowShape | undefined {
    return varies ? this.varying.get(name) : this.fixed.get(name);
  }

  keep({ name, varies }: Named, shape: RowShape): void {
    if (varies) this.varying.set(name, shape);
    else this.fixed.set(name, shape);
  }

  /** The names that the server still has and this connection uses no more: the caller sends a `Close` for each. */
  takeClosing(): readonly string[] {
    const names = this.closing;
    if (names.length > 0) this.closing = [];
    return names;
  }
}
