import {
  type FieldNode,
  type GraphQLField,
  isListType,
  getNullableType,
  Kind,
  type ValueNode,
  type VariableDefinitionNode,
} from 'graphql';
import { constant, type Formula, fromVariables } from './formula.js';
import { type Weights } from './limits.js';

type Field = GraphQLField<unknown, unknown>;

/** How many items a paged field gives, or undefined when it has no pages. */
export function pageSize(
  node: FieldNode,
  field: Field,
  definitions: readonly VariableDefinitionNode[],
  weights: Weights,
): Formula | undefined {
  const args = field.args.filter(({ name }) => name === 'first' || name === 'last');
  if (!args.length) return undefined;
  const preset = args.map(({ defaultValue }) => defaultValue).find((value) => typeof value === 'number');
  // What is no page size is refused by the connection, each time it is asked: so it costs what a page costs. For none
  // a row is read as well, which tells whether there are any.
  const sane = (size: unknown, otherwise: number): number =>
    typeof size === 'number' && size >= 0 ? Math.min(Math.max(size, 1), weights.largestPage) : otherwise;
  const usual = sane(preset, weights.defaultPage);

  const given = args
    .map(({ name }) => argument(node, name))
    .filter((value) => value !== undefined && value.kind !== Kind.NULL);
  const sizes = given.map((value) => {
    if (value?.kind === Kind.INT) return constant(sane(Number(value.value), usual));
    if (value?.kind !== Kind.VARIABLE) return constant(usual);
    const name = value.name.value;
    const initial = definitions.find((each) => each.variable.name.value === name)?.defaultValue;
    const fallback = initial?.kind === Kind.INT ? sane(Number(initial.value), usual) : usual;
    return fromVariables((variables) => sane(variables?.[name], fallback));
  });
  return sizes.length ? sizes[0] : constant(usual);
}

/** How many items a field gives that names each one, as `nodes(ids: [...])` does. */
export function listLength(node: FieldNode, field: Field): Formula | undefined {
  const own = field.args.find(({ name, type }) => name === 'ids' && isListType(getNullableType(type)));
  const value = own && isListType(getNullableType(field.type)) ? argument(node, own.name) : undefined;
  if (value?.kind === Kind.LIST) return constant(value.values.length);
  if (value?.kind !== Kind.VARIABLE) return undefined;
  const name = value.name.value;
  return fromVariables((variables) => {
    const given = variables?.[name];
    return Array.isArray(given) ? given.length : 1;
  });
}

function argument(node: FieldNode, name: string): ValueNode | undefined {
  return node.arguments?.find((each) => each.name.value === name)?.value;
}
