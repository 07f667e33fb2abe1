import {
  type DocumentNode,
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLNamedType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionSetNode,
} from 'graphql';

/**
 * graphql-jit writes out the selection of an interface or union once per possible type, and again inside each of
 * them. 3,000 fields of generated code take about 50 ms to compile, which is as long as one request may pay for all.
 */
const MOST_GENERATED_FIELDS = 3_000;

/**
 * Whether graphql-jit's names for this document are unambiguous and its code stays small:
 * - Its key for `info` is the response path joined by `_`, so `a_b` and `b` inside `a` share one; its key for a
 *   resolver is type and field name joined by nothing.
 * - It writes answers as object literals, in which the alias `__proto__` sets the prototype instead of a key.
 * - Introspection answers come from resolvers inside graphql-js and are asked for once a day: not worth compiling.
 */
export function isSuitable(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): boolean {
  const root = schema.getRootType(operation.operation);
  if (!root || operation.operation !== OperationTypeNode.QUERY || hasAmbiguousResolverNames(schema)) return false;
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);

  let generated = 0;
  const visit = (parent: GraphQLNamedType, set: SelectionSetNode, copies: number): boolean =>
    set.selections.every((selection) => {
      if (selection.kind !== Kind.FIELD) {
        const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
        if (!fragment) return false;
        const condition = fragment.typeCondition?.name.value;
        return visit(condition ? (schema.getType(condition) ?? parent) : parent, fragment.selectionSet, copies);
      }
      const name = selection.name.value;
      const alias = selection.alias?.value ?? name;
      if (name === '__typename') return alias !== '__proto__';
      if (name.startsWith('__') || alias.includes('_')) return false;
      generated += copies;
      if (generated > MOST_GENERATED_FIELDS) return false;
      if (!selection.selectionSet) return true;
      const type = fieldType(parent, name);
      if (!type || !isCompositeType(type)) return false;
      const possible = isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
      if (possible.some((each) => each.name.includes('_'))) return false;
      return visit(type, selection.selectionSet, copies * Math.max(possible.length, 1));
    });
  return visit(root, operation.selectionSet, 1);
}

function fieldType(parent: GraphQLNamedType, name: string): GraphQLNamedType | undefined {
  if (!isObjectType(parent) && !isInterfaceType(parent)) return undefined;
  const field = parent.getFields()[name];
  return field && getNamedType(field.type);
}

const ambiguous = new WeakMap<GraphQLSchema, boolean>();

function hasAmbiguousResolverNames(schema: GraphQLSchema): boolean {
  const known = ambiguous.get(schema);
  if (known !== undefined) return known;
  const names = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .flatMap((type) => Object.keys(type.getFields()).map((field) => type.name + field));
  const answer = new Set(names).size !== names.length;
  ambiguous.set(schema, answer);
  return answer;
}
