import {
  buildSchema,
  GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLScalarType,
  type GraphQLSchema,
  type GraphQLUnionType,
  valueFromASTUntyped,
} from 'graphql';
import { SDL } from './troubled-schema-sdl.js';

interface Item {
  seed: number;
  __typename: string;
  [key: string]: unknown;
}

/** A small deterministic mixer: the same field of the same item behaves alike under every executor. */
function mix(seed: number, text: string): number {
  let hash = seed | 0;
  for (let index = 0; index < text.length; index++)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x5bd1e995) ^ (hash >>> 13);
  return hash >>> 0;
}

/** A schema whose resolvers throw, reject, return errors and nulls with the given probability; with 0 they behave. */
export function troubledSchema(trouble: number): GraphQLSchema {
  const schema = buildSchema(SDL);
  const item = (seed: number, type?: string): Item => {
    const __typename = type ?? ['Thing', 'Other', 'Plain'][seed % 3];
    const own = {
      seed,
      __typename,
      id: `i${seed % 97}`,
      name: seed % 5 ? `n${seed}` : null,
      size: seed % 7,
      value: seed % 9,
    };
    // Fields that no resolver serves, read straight off the row.
    const mine = __typename === 'Plain' && seed % 2 ? { mine: { __typename: 'Plain', value: 1 } } : {};
    return {
      ...own,
      ...mine,
      ratio: seed / 8,
      must: 'must',
      name2: 'n2',
      tags: ['a', 'b'],
      flags: [true, null, false],
    };
  };
  const troubled = (
    name: string,
    make: (seed: number, args: Record<string, unknown>) => unknown,
  ): GraphQLFieldResolver<Item | undefined, unknown> => {
    return (source, args: Record<string, unknown>, _context, info) => {
      const seed = mix(source?.seed ?? 7, name + describe(args));
      const roll = mix(seed, 'roll') / 2 ** 32;
      const late = seed % 3 === 0;
      const kind = Math.floor((roll / (trouble || 1)) * 6);
      if (roll < trouble) {
        const error =
          kind % 2
            ? new Error(`no ${name}`)
            : new GraphQLError(`refused ${info.path.key}`, { extensions: { code: 'REFUSED', seed } });
        if (kind === 0 || kind === 3) throw error;
        if (kind === 1) return Promise.reject(error);
        if (kind === 2) return late ? Promise.resolve(null) : null;
        return late ? Promise.resolve(error) : error;
      }
      const value = make(seed, args);
      return late ? Promise.resolve(value) : value;
    };
  };
  const resolvers: Record<string, Record<string, (seed: number, args: Record<string, unknown>) => unknown>> = {
    Thing: {
      color: (seed, { shade }) => ['RED', 'GREEN', 'BLUE'][(seed + Number(shade)) % 3],
      day: (seed) => new Date(Date.UTC(2026, 0, 1 + (seed % 300))),
      must: (seed) => `m${seed}`,
      parent: (seed) => (seed % 4 ? item(seed, 'Thing') : null),
      sure: (seed) => item(seed, 'Thing'),
      things: (seed, { first }) => range(first).map((index) => item(seed + index, 'Thing')),
      maybe: (seed) => [
        item(seed, 'Thing'),
        null,
        trouble ? Promise.resolve(item(seed + 1, 'Thing')) : item(seed, 'Thing'),
      ],
      nodes: (seed) => new Set([item(seed, 'Thing'), item(seed + 1, 'Other')]),
      grid: (seed) => [[item(seed, 'Thing'), Promise.resolve(item(seed, 'Thing'))], Promise.resolve([null])],
      any: (seed) => item(seed),
      describe: (_seed, args) => describe(args),
    },
    Other: {
      color: (seed) => (seed % 2 ? 'BLUE' : null),
      thing: (seed) => item(seed, 'Thing'),
      any: (seed) => [item(seed), Promise.resolve(item(seed + 1))],
      named: (seed) => item(seed, seed % 2 ? 'Thing' : 'Other'),
    },
    Query: {
      hello: () => 'hello',
      thing: (seed) => item(seed, 'Thing'),
      sure: (seed) => item(seed, 'Thing'),
      things: (seed, { first }) => range(first).map((index) => item(seed + index, 'Thing')),
      maybe: (seed) => [item(seed, 'Thing'), null],
      node: (seed) => item(seed, seed % 2 ? 'Thing' : 'Other'),
      named: (seed) => item(seed, seed % 2 ? 'Thing' : 'Other'),
      any: (seed) => item(seed),
      anys: (seed) => [item(seed), item(seed + 1), null, item(seed + 2)],
      grid: (seed) => [[item(seed, 'Thing'), null], []],
      plain: (seed) => item(seed, 'Plain'),
      describe: (_seed, args) => describe(args),
    },
  };
  for (const [type, fields] of Object.entries(resolvers)) {
    for (const [name, make] of Object.entries(fields))
      fieldsOf(schema, type)[name].resolve = troubled(name, make) as never;
  }
  scalars(schema);
  certainTrouble(schema, item);
  return schema;
}

function certainTrouble(schema: GraphQLSchema, item: (seed: number, type?: string) => Item): void {
  const broken: Record<string, () => unknown> = {
    first: () => Promise.reject(new Error('first')),
    second: () => Promise.reject(new Error('second')),
    text: () => throwing('just text'),
    nothing: () => throwing(null),
    returned: () => new Error('returned'),
    refused: () => throwing(new GraphQLError('refused', { extensions: { code: 'REFUSED', http: { status: 403 } } })),
    mute: () => 'something',
    lost: async () => ({ __typename: 'Nowhere' }),
    items: async () => [item(1, 'Thing'), Promise.reject(new Error('item'))],
    trap: async () => Object.defineProperty(item(1, 'Thing'), 'name', { get: () => throwing(new Error('trap')) }),
    iterator: async () => ({
      *[Symbol.iterator]() {
        throw new Error('iterator');
      },
    }),
  };
  for (const [name, resolve] of Object.entries(broken)) fieldsOf(schema, 'Broken')[name].resolve = resolve;
  const query = fieldsOf(schema, 'Query');
  query.broken.resolve = () => ({});
  query.row.resolve = () => ({
    called: () => item(1, 'Thing'),
    later: Promise.resolve(item(2, 'Thing')),
    thing: item(3, 'Thing'),
  });
  fieldsOf(schema, 'Thing').info.resolve = (_source, _args, context, info) =>
    JSON.stringify([
      info.fieldName,
      info.parentType.name,
      String(info.returnType),
      context,
      info.variableValues,
      info.operation.variableDefinitions?.length,
    ]);
  const any = schema.getType('Any') as GraphQLUnionType;
  any.resolveType = (value: Item) => value.__typename;
  query.slowly.resolve = () => ({ ...item(1, 'Thing'), __typename: undefined });
  (schema.getType('Other') as GraphQLObjectType).isTypeOf = undefined;
  (schema.getType('Node') as GraphQLUnionType).resolveType = (value: Item) =>
    value.__typename
      ? value.__typename === 'Nowhere'
        ? throwing(new Error('lost'))
        : value.__typename
      : Promise.resolve('Thing');
  fieldsOf(schema, 'Mutation').bump.resolve = () => 1;
}

function scalars(schema: GraphQLSchema): void {
  const day = schema.getType('Day') as GraphQLScalarType;
  day.parseValue = (value) => {
    const date = new Date(String(value));
    if (Number.isNaN(date.getTime())) throw new GraphQLError('Day: not a day', { extensions: { code: 'BAD_DAY' } });
    return new DayValue(date);
  };
  day.parseLiteral = (node) => day.parseValue(valueFromASTUntyped(node));
  day.serialize = (value) => (value as Date).toISOString().slice(0, 10);
  (schema.getType('Mute') as GraphQLScalarType).serialize = () => null;
}

/** Scalars may parse into class instances, and resolvers may rely on it. */
class DayValue {
  constructor(readonly date: Date) {}
}

function describe(value: unknown): string {
  if (value instanceof DayValue) return `Day(${value.date.toISOString()})`;
  if (Array.isArray(value)) return `[${value.map(describe).join()}]`;
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([key, each]) => `${key}:${describe(each)}`)
      .join()}}`;
  }
  return JSON.stringify(value) ?? 'undefined';
}

function fieldsOf(schema: GraphQLSchema, type: string) {
  return (schema.getType(type) as GraphQLObjectType).getFields();
}

function range(count: unknown): number[] {
  return Array.from({ length: Math.min(Number(count) || 0, 3) }, (_, index) => index);
}

function throwing(what: unknown): never {
  throw what;
}
