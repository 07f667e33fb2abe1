import { type GraphQLSchema, isObjectType } from 'graphql';

type Read = (source: unknown) => unknown;

/**
 * Takes away the resolvers that only read the field's own property. Nest gives one to every field; without it graphql
 * reads the property itself, and compiled queries do so inline instead of through a call with an `info` object.
 */
export function withoutPlainResolvers(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      if (field.resolve && readsOnly(field.resolve as Read, field.name)) field.resolve = undefined;
    }
  }
  return schema;
}

/** Only functions of this name, made by Nest's object type factory, are tried; nothing else is called. */
function readsOnly(resolve: Read, name: string): boolean {
  if (resolve.name !== 'rootFieldResolver') return false;
  const read: PropertyKey[] = [];
  const probe = (answer: unknown) => new Proxy({}, { get: (_target, key) => (read.push(key), answer) });
  // A field option `defaultValue` would show as an answer where the row has none.
  const faithful = resolve(probe('value')) === 'value' && resolve(probe(undefined)) === undefined;
  return faithful && read.every((key) => key === name);
}
