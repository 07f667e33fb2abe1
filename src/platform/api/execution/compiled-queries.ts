import {
  type DocumentNode,
  getVariableValues,
  type GraphQLSchema,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { compile, type CompiledQuery, type Data } from './compiled-query.js';
import { conditionVariables } from './specialize.js';

export interface Operation {
  schema: GraphQLSchema;
  /** Any text that differs when the document differs. */
  queryHash: string;
  document: DocumentNode;
  operation: OperationDefinitionNode;
  variables: Record<string, unknown> | undefined;
  context: unknown;
}

/** One operation of one document, and its code for each outcome of its conditions; null where compiling failed. */
interface Entry {
  readonly conditions: readonly string[];
  readonly outcomes: Map<string, CompiledQuery | null>;
}

/**
 * A client's application has tens of queries, and a hundred clients share this. Generated code takes some tens of
 * kilobytes each.
 */
const MOST_COMPILED = 500;
/** Queries with literals in them are all different: they must not push out the ones that come again. */
const MOST_SIGHTED = 2_000;
/** Three conditions. A query with more of them is rare, and every outcome costs a compilation. */
const MOST_OUTCOMES = 8;

/** Answers queries by compiled code, from the second time one is seen; leaves everything else to graphql-js. */
export class CompiledQueries {
  private readonly sighted = new LRUCache<string, true>({ max: MOST_SIGHTED });
  private readonly entries = new LRUCache<string, Entry>({ max: MOST_COMPILED });

  /** The data, or undefined when graphql-js is to answer: always so when there is an error of any kind. */
  async answer(request: Operation): Promise<Data | undefined> {
    const { schema, operation } = request;
    if (operation.operation !== OperationTypeNode.QUERY) return undefined;
    const entry = this.entryOf(request);
    if (!entry) return undefined;
    const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], request.variables ?? {}, {
      maxErrors: 1,
    });
    if (!coerced) return undefined;
    const compiled = this.compiledFor(entry, request, coerced);
    return compiled?.isUseful ? compiled.run(request.context, coerced) : undefined;
  }

  private entryOf({ queryHash, operation, document }: Operation): Entry | undefined {
    const key = `${queryHash} ${operation.name?.value ?? ''}`;
    const known = this.entries.get(key);
    if (known) return known;
    if (!this.sighted.has(key)) {
      this.sighted.set(key, true);
      return undefined;
    }
    const declared = new Set(operation.variableDefinitions?.map((each) => each.variable.name.value));
    const conditions = conditionVariables(document).filter((name) => declared.has(name));
    const entry: Entry = { conditions, outcomes: new Map() };
    this.entries.set(key, entry);
    this.sighted.delete(key);
    return entry;
  }

  private compiledFor(entry: Entry, request: Operation, coerced: Record<string, unknown>): CompiledQuery | null {
    let outcome = '';
    for (const name of entry.conditions) {
      const value = coerced[name];
      // Missing or null: an error, and its text is graphql-js's.
      if (typeof value !== 'boolean') return null;
      outcome += value ? '1' : '0';
    }
    let compiled = entry.outcomes.get(outcome);
    if (compiled === undefined) {
      if (entry.outcomes.size >= MOST_OUTCOMES) return null;
      compiled = compile(request.schema, request.document, request.operation, coerced) ?? null;
      entry.outcomes.set(outcome, compiled);
    }
    return compiled;
  }
}
