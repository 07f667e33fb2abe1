import {
  type DocumentNode,
  type GraphQLLeafType,
  type GraphQLSchema,
  isLeafType,
  isSpecifiedScalarType,
  type OperationDefinitionNode,
} from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import { instrumented, isThenable, type Run, type Verdict } from './instrument.js';
import { specialize } from './specialize.js';
import { isSuitable } from './suitability.js';

export type Data = Record<string, unknown>;
type Variables = Record<string, unknown>;

/** A query as code. `undefined` as its answer means: ask graphql-js. */
export interface CompiledQuery {
  run(context: unknown, variables: Variables): Promise<Data | undefined>;
  /** Turns false when a run shows that this query will never be answered by compiled code. */
  readonly isUseful: boolean;
}

/**
 * Compiles one operation for one outcome of its `@skip` and `@include` conditions, or returns undefined when that
 * cannot be done faithfully.
 *
 * graphql-jit gets the shape of the query and nothing else: conditions are decided before (it keeps them on the
 * document's nodes, where those of two places that use one fragment are mixed up, and it forgets a fragment whose
 * first spread is skipped), variables and arguments are coerced by graphql-js (its own coercion has other messages,
 * and sends defaults through JSON).
 *
 * Its answer counts only when it is free of errors. With errors the two differ in many ways: message of a thrown
 * non-error, duplicate errors where several non-null fields fail below one parent, missing `extensions` and `nodes`,
 * the text for a value that cannot be serialized. A query changes nothing, so graphql-js simply runs it again, over
 * loaders that already hold what was read.
 */
export function compile(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): CompiledQuery | undefined {
  const verdict: Verdict = { unsupported: false };
  const shape = specialize(document, operation, variables);
  if (!isSuitable(schema, shape, operation)) return undefined;
  const compiled = instrumented(schema, verdict, () =>
    compileQuery(schema, shape, operation.name?.value, {
      customJSONSerializer: false,
      disableLeafSerialization: false,
      // Its errors are never shown, so they need no stack.
      disablingCapturingStackErrors: true,
      customSerializers: serializersOf(schema),
      // Resolvers see the operation with its variable definitions, as they would under graphql-js.
      resolverInfoEnricher: () => ({ operation }),
    }),
  );
  if (!isCompiledQuery(compiled)) return undefined;
  const { query } = compiled;
  return {
    get isUseful() {
      return !verdict.unsupported;
    },
    run: (context, values) =>
      new Promise((resolve) => {
        const abandon = (): void => resolve(undefined);
        const run: Run = { context, variables: values, args: new Map(), abandon };
        try {
          const result = query(undefined, run, {});
          if (isThenable(result)) result.then((each) => resolve(dataOf(each)), abandon);
          else resolve(dataOf(result));
        } catch {
          abandon();
        }
      }),
  };
}

function dataOf(result: { data?: unknown; errors?: readonly unknown[] }): Data | undefined {
  return result.errors?.length ? undefined : (result.data as Data);
}

type Serializers = Record<string, (value: unknown) => unknown>;
const serializers = new WeakMap<GraphQLSchema, Serializers>();

/** graphql-js fails when a scalar serializes to null; graphql-jit passes it on, and hands promises to the scalar. */
function serializersOf(schema: GraphQLSchema): Serializers {
  let known = serializers.get(schema);
  if (!known) {
    const strict = (type: GraphQLLeafType) => (value: unknown) => {
      const output: unknown = typeof value === 'function' || isThenable(value) ? null : type.serialize(value);
      if (output == null) throw new TypeError(`${type.name} has no value`);
      return output;
    };
    const own = Object.values(schema.getTypeMap()).filter((type) => isLeafType(type) && !isSpecifiedScalarType(type));
    known = Object.fromEntries(own.map((type) => [type.name, strict(type as GraphQLLeafType)]));
    serializers.set(schema, known);
  }
  return known;
}
