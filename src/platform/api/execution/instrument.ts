import {
  defaultFieldResolver,
  defaultTypeResolver,
  getArgumentValues,
  getNullableType,
  getNamedType,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  type GraphQLTypeResolver,
  isAbstractType,
  isCompositeType,
  isListType,
  isObjectType,
} from 'graphql';

/** What one execution of a compiled query carries; it stands where the resolvers' context would be. */
export interface Run {
  readonly context: unknown;
  readonly variables: Record<string, unknown>;
  /** Arguments by field node: the same for every item of a list, so they are coerced once. */
  readonly args: Map<unknown, Record<string, unknown>>;
  /** Gives the run up: graphql-js answers instead. */
  readonly abandon: () => void;
}

/** What the compiled code finds out about itself while it runs. */
export interface Verdict {
  unsupported: boolean;
}

type Resolver = GraphQLFieldResolver<unknown, unknown>;
type TypeResolver = GraphQLTypeResolver<unknown, unknown>;

/**
 * Lends graphql-jit another set of functions while `compile` runs, and takes them back before anybody else can see
 * them: it reads `resolve`, `args`, `resolveType` and `isTypeOf` while compiling only, and compiling is synchronous.
 * Each of them closes a gap between the generated code and graphql-js; what they cannot answer alike they refuse,
 * and a refused run is answered by graphql-js.
 */
export function instrumented<T>(schema: GraphQLSchema, verdict: Verdict, compile: () => T): T {
  const restore: (() => void)[] = [];
  const lend = <O extends object>(object: O, values: Partial<O>): void => {
    const before = Object.fromEntries(Object.keys(values).map((key) => [key, object[key as keyof O]]));
    restore.push(() => Object.assign(object, before));
    Object.assign(object, values);
  };
  try {
    for (const type of Object.values(schema.getTypeMap())) {
      if (type.name.startsWith('__')) continue;
      if (isAbstractType(type)) {
        lend(type, { resolveType: typeResolver(type.resolveType ?? defaultTypeResolver, verdict) });
      } else if (isObjectType(type)) {
        lend(type, { isTypeOf: type.isTypeOf ? unsupportedIsTypeOf(verdict) : isPlainObject });
        for (const field of Object.values(type.getFields())) {
          const resolve = field.resolve ?? (needsResolver(schema, type, field) ? defaultFieldResolver : undefined);
          lend(field, { args: [], resolve: resolve && fieldResolver({ ...field, resolve }) });
        }
      }
    }
    return compile();
  } finally {
    for (const undo of restore.reverse()) undo();
  }
}

/** graphql-jit would read root fields and lists off the parent without looking at functions and promises. */
function needsResolver(schema: GraphQLSchema, type: GraphQLObjectType, field: GraphQLField<unknown, unknown>): boolean {
  if (type === schema.getQueryType()) return true;
  return isListType(getNullableType(field.type)) && isCompositeType(getNamedType(field.type));
}

/**
 * - Arguments are coerced by graphql-js: graphql-jit prints literals into its code as JSON (losing class instances
 *   and internal enum values), and puts null where a missing variable inside a literal leaves a key out.
 * - A promise is handed over so that nothing its handler throws is lost: in graphql-jit it would be an unhandled
 *   rejection, and the request would never be answered.
 */
function fieldResolver(field: GraphQLField<unknown, unknown> & { resolve: Resolver }): Resolver {
  const { resolve } = field;
  const hasArguments = field.args.length > 0;
  const isList = isListType(getNullableType(field.type));
  return (source, _none, context, info) => {
    const run = context as Run;
    const own = info as { variableValues: Record<string, unknown> };
    own.variableValues = run.variables;
    const args = hasArguments ? argumentsOf(field, run, info) : {};
    const result: unknown = resolve(source, args, run.context, info);
    if (isThenable(result)) return guarded(result, run, isList);
    return isList ? guardedItems(result, run) : result;
  };
}

function argumentsOf(field: GraphQLField<unknown, unknown>, run: Run, info: GraphQLResolveInfo) {
  const node = info.fieldNodes[0];
  let values = run.args.get(node);
  if (!values) {
    values = getArgumentValues(field, node, run.variables);
    run.args.set(node, values);
  }
  // A resolver may add to its arguments; its neighbors must not see that.
  return { ...values };
}

function guarded(promise: PromiseLike<unknown>, run: Run, isList: boolean): PromiseLike<unknown> {
  // Thenables that are no promises may call back at once, which graphql-jit does not expect.
  const settled = promise instanceof Promise ? promise : Promise.resolve(promise);
  return {
    then(onValue: (value: unknown) => void) {
      settled
        .then((value: unknown) => onValue(isList ? guardedItems(value, run) : value))
        // A rejection, too, is for graphql-js to report. There is no need to wait for the rest.
        .catch(run.abandon);
    },
  } as PromiseLike<unknown>;
}

function guardedItems(value: unknown, run: Run): unknown {
  if (typeof value !== 'object' || value === null || !(Symbol.iterator in value)) return value;
  const list: unknown[] = Array.isArray(value) ? value : Array.from(value as Iterable<unknown>);
  for (let index = 0; index < list.length; index++) {
    const item: unknown = list[index];
    if (isThenable(item) || Array.isArray(item)) {
      return list.map((each: unknown) => (isThenable(each) ? guarded(each, run, true) : guardedItems(each, run)));
    }
  }
  return list;
}

/**
 * graphql-jit accepts a type object where graphql-js wants a name, takes a promise for an unknown type, and lets
 * what is thrown here escape. It reports null as an error, which is enough to leave the answer to graphql-js.
 */
function typeResolver(resolveType: TypeResolver, verdict: Verdict): TypeResolver {
  return (value, context, info, abstractType) => {
    try {
      if (!isPlainObject(value)) return undefined;
      const run = context as Run;
      (info as { variableValues: Record<string, unknown> }).variableValues = run.variables;
      const name = resolveType(value, run.context, info, abstractType ?? info.returnType);
      if (typeof name === 'string') return name;
      // Asynchronous in one run is asynchronous in all.
      if (isThenable(name)) verdict.unsupported = true;
      Promise.resolve(name).catch(() => undefined);
    } catch {
      // Told by graphql-js, which meets it again.
    }
    return undefined;
  };
}

/** A field without a resolver may hold a function (graphql-js calls it) or a promise (it waits): both are refused. */
function isPlainObject(value: unknown): boolean {
  return typeof value !== 'function' && !isThenable(value);
}

/** graphql-jit calls a type's own `isTypeOf` without context, and cannot wait for it. */
function unsupportedIsTypeOf(verdict: Verdict) {
  return (): boolean => {
    verdict.unsupported = true;
    return false;
  };
}

export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';
}
