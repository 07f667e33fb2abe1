import type { GraphQLInputType, GraphQLSchema } from 'graphql';
import { getNamedType, getNullableType, isInputObjectType, isLeafType, isListType } from 'graphql';
import { sampleOf } from './sample-input.js';

type Step = string | 0;
/** A place in a value, and what belongs there. */
export interface Place {
  /** Field names, and 0 for the first item of a list. */
  readonly path: readonly Step[];
  readonly type: GraphQLInputType;
}
/** A place in the input of a mutation. */
export interface Position extends Place {
  readonly mutation: string;
}

/** Every place there is in the inputs of all mutations, from the schema: nested inputs and lists too. */
export function positionsOf(schema: GraphQLSchema): Position[] {
  return Object.values(schema.getMutationType()!.getFields()).flatMap(({ name, args }) =>
    placesIn(args[0].type).map((place) => ({ mutation: name, ...place })),
  );
}

/** Every place in a value of this type, but not the whole value, unless a path leads there. */
export function placesIn(type: GraphQLInputType, path: readonly Step[] = []): Place[] {
  const bare = getNullableType(type);
  const own = path.length > 0 ? [{ path, type: bare }] : [];
  if (isListType(bare)) return [...own, ...placesIn(bare.ofType, [...path, 0])];
  if (!isInputObjectType(bare)) return own;
  return [...own, ...Object.values(bare.getFields()).flatMap((field) => placesIn(field.type, [...path, field.name]))];
}

/** Where any text at all gets past the coercion of GraphQL. */
export const takesText = ({ type }: Place): boolean => isLeafType(type) && ['String', 'ID'].includes(type.name);
export const isList = ({ type }: Place): boolean => isListType(type);

/** The smallest input of the mutation that has this value at this place. */
export function inputWith(schema: GraphQLSchema, { mutation, path }: Position, value: unknown): object {
  const { type } = schema.getMutationType()!.getFields()[mutation].args[0];
  return putAt(type, sampleOf(type), path, value) as object;
}

/** The sample with this value at this place. */
export function putAt(
  type: GraphQLInputType,
  sample: unknown,
  [step, ...rest]: readonly Step[],
  value: unknown,
): unknown {
  if (step === undefined) return value;
  const bare = getNullableType(type);
  if (isListType(bare)) return [putAt(bare.ofType, sampleOf(bare.ofType), rest, value)];
  const inner = (getNamedType(bare) as { getFields(): Record<string, { type: GraphQLInputType }> }).getFields()[step]
    .type;
  const before = (sample as Record<string, unknown>)[step] ?? sampleOf(inner);
  return { ...(sample as object), [step]: putAt(inner, before, rest, value) };
}
