import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  getNullableType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
} from 'graphql';
import { atLeast, constant, type Formula, sum, times } from './formula.js';
import { listLength, pageSize } from './page-size.js';
import { type Weights } from './limits.js';

/** A field as it stands in one document. Its parent type is the same wherever its fragment is spread. */
interface Asked {
  node: FieldNode;
  parent: GraphQLNamedType;
}

/** The cost of an operation as a formula over its variables, so that a request only fills in its page sizes. */
export function costFormula(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  weights: Weights,
): Formula {
  const root = schema.getRootType(operation.operation);
  if (!root) return constant(0);
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  }
  const weight = operation.operation === OperationTypeNode.MUTATION ? weights.mutation : weights.object;
  const belowOf = new Map<FieldNode, Formula>();
  return sum(fieldsOf(root, operation.selectionSet).map((asked) => costOf(asked, weight)));

  function costOf(asked: Asked, own: number, ofPage?: Formula): Formula {
    const cost = costInside(asked, own, ofPage);
    return definitionOf(schema, asked)?.args.length ? atLeast(weights.asked, cost) : cost;
  }

  function costInside(asked: Asked, own: number, ofPage?: Formula): Formula {
    const field = definitionOf(schema, asked);
    const type = field && getNamedType(field.type);
    if (!field || !type || !isCompositeType(type)) return constant(0);
    const below = belowOnce(asked.node, field, type);
    const isList = isListType(getNullableType(field.type));
    if (type.name.startsWith('__')) {
      const items = field.name === 'types' ? weights.introspectedTypes : weights.introspectedList;
      return isList ? sum([constant(own), times(constant(items), sum([constant(own), below]))]) : below;
    }
    // Inside a connection: as many edges (or nodes) as the page is long.
    if (ofPage && isList) return times(ofPage, sum([constant(own), below]));
    const variables = operation.variableDefinitions ?? [];
    const length =
      listLength(asked.node, field) ?? (isList ? pageSize(asked.node, field, variables, weights) : undefined);
    if (length) return times(length, sum([constant(own), below]));
    if (field.extensions.isSearch) {
      const hits = pageSize(asked.node, field, variables, weights) ?? constant(weights.largestPage);
      return sum([constant(own + weights.search), times(hits, constant(weights.searchHit)), below]);
    }
    return sum([constant(own), isList ? times(constant(weights.unpagedList), below) : below]);
  }

  function belowOnce(node: FieldNode, field: GraphQLField<unknown, unknown>, type: GraphQLNamedType): Formula {
    const known = belowOf.get(node);
    if (known) return known;
    // Known before it is measured: a fragment inside itself adds nothing.
    belowOf.set(node, constant(0));
    const isList = isListType(getNullableType(field.type));
    const page = isList ? undefined : pageSize(node, field, operation.variableDefinitions ?? [], weights);
    const asked = node.selectionSet ? fieldsOf(type, node.selectionSet) : [];
    const below = sum(asked.map((each) => costOf(each, weights.object, page)));
    belowOf.set(node, below);
    return below;
  }

  /** The fields of one level; a fragment that is spread there twice gives the same fields, so it counts once. */
  function fieldsOf(parent: GraphQLNamedType, set: SelectionSetNode, seen = new Set<string>()): Asked[] {
    return set.selections.flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return { node: selection, parent };
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        return fieldsOf(conditionType(selection.typeCondition?.name.value) ?? parent, selection.selectionSet, seen);
      }
      const fragment = fragments.get(selection.name.value);
      if (!fragment || seen.has(selection.name.value)) return [];
      seen.add(selection.name.value);
      return fieldsOf(conditionType(fragment.typeCondition.name.value) ?? parent, fragment.selectionSet, seen);
    });
  }

  function conditionType(name: string | undefined): GraphQLNamedType | undefined {
    return name === undefined ? undefined : schema.getType(name);
  }
}

function definitionOf(schema: GraphQLSchema, { node, parent }: Asked): GraphQLField<unknown, unknown> | undefined {
  if (!isObjectType(parent) && !isInterfaceType(parent)) return undefined;
  const name = node.name.value;
  if (parent === schema.getQueryType() && name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
  if (parent === schema.getQueryType() && name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  return parent.getFields()[name];
}
