import type { GraphQLField, GraphQLNamedType, GraphQLObjectType, GraphQLSchema } from 'graphql';
import {
  astFromValue,
  getNamedType,
  isAbstractType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  print,
} from 'graphql';
import { sampleOf } from './sample-input.js';

/** A type on its shortest path from where a query starts, with a query of every field it has there. */
export interface ReachedType {
  readonly type: string;
  readonly fields: readonly string[];
  readonly query: string;
}

/** Every object type that can be reached from a type by walking its fields, and all fields of each. */
export function reachableFrom(schema: GraphQLSchema, start: string, root: string): ReachedType[] {
  const paths = new Map<string, readonly string[]>([[start, []]]);
  for (const [name, path] of paths) {
    for (const field of fieldsOf(schema, name)) {
      const below = getNamedType(field.type);
      const step = `${field.name}${argumentsOf(field)}`;
      if (isObjectType(below) && !paths.has(below.name)) paths.set(below.name, [...path, step]);
      for (const type of isAbstractType(below) ? schema.getPossibleTypes(below) : []) {
        if (!paths.has(type.name)) paths.set(type.name, [...path, step, `... on ${type.name}`]);
      }
    }
  }
  return [...paths].map(([type, path]) => {
    const fields = fieldsOf(schema, type);
    const selected = fields.map((field) => `${field.name}${argumentsOf(field)} ${leavesOf(getNamedType(field.type))}`);
    const inside = path.reduceRight(
      (selection, step) => `${step} { ${selection} }`,
      `__typename ${selected.join(' ')}`,
    );
    return { type, fields: fields.map(({ name }) => name), query: `${root.replace('*', inside)}` };
  });
}

function fieldsOf(schema: GraphQLSchema, name: string): GraphQLField<unknown, unknown>[] {
  return Object.values((schema.getType(name) as GraphQLObjectType).getFields());
}

function leavesOf(type: GraphQLNamedType): string {
  if (isLeafType(type)) return '';
  const leaves = isObjectType(type)
    ? Object.values(type.getFields()).filter((field) => isLeafType(getNamedType(field.type)))
    : [];
  return `{ __typename ${leaves.map((field) => `${field.name}${argumentsOf(field)}`).join(' ')} }`;
}

/** Pages are short, so that no query is too dear; what is required is given some value. */
function argumentsOf(field: GraphQLField<unknown, unknown>): string {
  const given = field.args.flatMap((arg) => {
    if (arg.name === 'first') return [`first: 3`];
    return isRequiredArgument(arg) ? [`${arg.name}: ${print(astFromValue(sampleOf(arg.type), arg.type)!)}`] : [];
  });
  return given.length > 0 ? `(${given.join(', ')})` : '';
}
