import type { GraphQLField, GraphQLInputType, GraphQLNamedType, GraphQLSchema } from 'graphql';
import { astFromValue, getNamedType, isCompositeType, isObjectType, isRequiredArgument, print } from 'graphql';
import type { NodeSource } from '../../src/platform/api/node.js';
import { ID_PREFIXES } from '../../src/platform/api/ids.js';
import type { Place } from './input-positions.js';
import { placesIn, putAt } from './input-positions.js';
import { sampleOf } from './sample-input.js';
import type { MetIds } from './whole-schema.js';

/** A field of a query that takes arguments, and how a query comes to it. */
export interface AskedField {
  /** As `Funder.agreements`. */
  readonly name: string;
  readonly field: GraphQLField<unknown, unknown>;
  /** The id of something that has the field; null for a field that a query begins with. */
  readonly of: string | null;
  /** Of something that its own argument may name. */
  readonly id: string;
}

/** A place in the arguments of such a field. */
export interface ArgumentPlace extends Place {
  readonly asked: AskedField;
}

/** Every field with arguments that a query can come to. */
export function askedFieldsOf(schema: GraphQLSchema, met: MetIds): AskedField[] {
  const query = schema.getQueryType()!;
  const types = Object.values(schema.getTypeMap()).filter(
    (type) => isObjectType(type) && type !== schema.getMutationType() && !type.name.startsWith('__'),
  );
  return types.flatMap((type) =>
    Object.values((type as typeof query).getFields())
      .filter(({ args }) => args.length > 0)
      .map((field) => ({
        name: `${type.name}.${field.name}`,
        field,
        of: type === query ? null : idOf(type, met),
        id: idOf(getNamedType(field.type), met),
      })),
  );
}

function idOf(type: GraphQLNamedType, met: MetIds): string {
  const { kind } = (type.extensions.node ?? { kind: 'agreement' }) as NodeSource;
  return met.withPrefix(ID_PREFIXES[kind])[0] ?? (sampleOf({ name: 'ID' } as GraphQLInputType) as string);
}

/** Every place in the arguments of those fields, inputs and lists inside of filters too. */
export function argumentPlaces(fields: readonly AskedField[]): ArgumentPlace[] {
  return fields.flatMap((asked) =>
    asked.field.args.flatMap(({ name, type }) => placesIn(type, [name]).map((place) => ({ asked, ...place }))),
  );
}

export interface Call {
  readonly query: string;
  readonly variables: Record<string, unknown>;
}

/** The call of the field with what it requires, and with this value at this place. */
export function callOf(asked: AskedField, place?: Place, value?: unknown): Call {
  const { name, field, of, id } = asked;
  const given = field.args.filter((arg) => isRequiredArgument(arg) || arg.name === place?.path[0]);
  const variables = Object.fromEntries(
    given.map((arg) => {
      const sample = /^id$|Id$/.test(arg.name) ? id : sampleOf(arg.type);
      const [own, ...path] = place?.path ?? [];
      return [arg.name, arg.name === own ? putAt(arg.type, sample, path, value) : sample];
    }),
  );
  const declared = given.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ');
  const passed = given.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  const call = `${field.name}${passed && `(${passed})`} ${selectionOf(asked)}`;
  const body = of === null ? call : `node(id: "${of}") { ... on ${name.split('.')[0]} { ${call} } }`;
  return { query: `query ${declared && `(${declared})`} { ${body} }`, variables };
}

/** The least that can be asked of what the field answers. */
export function selectionOf({ field }: AskedField): string {
  const type = getNamedType(field.type);
  if (!isCompositeType(type)) return '';
  return isObjectType(type) && 'nodes' in type.getFields() ? '{ nodes { __typename } }' : '{ __typename }';
}

/** The arguments that the field requires, as they stand in a document. */
export function requiredArguments({ field, id }: AskedField): string[] {
  return field.args.filter(isRequiredArgument).map((arg) => {
    const sample = /^id$|Id$/.test(arg.name) ? id : sampleOf(arg.type);
    return `${arg.name}: ${print(astFromValue(sample, arg.type)!)}`;
  });
}
