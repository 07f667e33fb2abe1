import {
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

type Variables = Readonly<Record<string, unknown>>;

/** Names of the variables that any `@skip` or `@include` in the document reads, in order of appearance. */
export function conditionVariables(document: DocumentNode): string[] {
  const names = new Set<string>();
  const visit = (set: SelectionSetNode): void => {
    for (const selection of set.selections) {
      for (const directive of selection.directives ?? []) {
        const condition = conditionOf(directive);
        if (condition?.kind === Kind.VARIABLE) names.add(condition.name.value);
      }
      if (selection.kind !== Kind.FRAGMENT_SPREAD && selection.selectionSet) visit(selection.selectionSet);
    }
  };
  for (const definition of document.definitions) if ('selectionSet' in definition) visit(definition.selectionSet);
  return [...names];
}

/**
 * The document as one request sees it: only `operation`, every `@skip` and `@include` decided, no variable
 * definitions. Every node that the compiler could write to is a copy; the caller's document, which is shared by all
 * requests, stays as it is.
 */
export function specialize(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): DocumentNode {
  const prune = (set: SelectionSetNode): SelectionSetNode => ({
    ...set,
    selections: set.selections.filter((selection) => isIncluded(selection, variables)).map(copy),
  });
  const copy = (selection: SelectionNode): SelectionNode => {
    const directives = selection.directives?.filter((directive) => !conditionOf(directive));
    if (selection.kind === Kind.FRAGMENT_SPREAD) return { ...selection, directives };
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      return { ...selection, directives, selectionSet: prune(selection.selectionSet) };
    }
    return { ...selection, directives, selectionSet: selection.selectionSet && prune(selection.selectionSet) };
  };
  const fragments = document.definitions
    .filter((definition): definition is FragmentDefinitionNode => definition.kind === Kind.FRAGMENT_DEFINITION)
    .map((fragment) => ({ ...fragment, selectionSet: prune(fragment.selectionSet) }));
  const pruned = { ...operation, variableDefinitions: [], selectionSet: prune(operation.selectionSet) };
  return { kind: Kind.DOCUMENT, definitions: [pruned, ...fragments] };
}

function isIncluded(selection: SelectionNode, variables: Variables): boolean {
  return (selection.directives ?? []).every((directive) => {
    const condition = conditionOf(directive);
    if (!condition) return true;
    const value = condition.kind === Kind.VARIABLE ? variables[condition.name.value] : condition.value;
    return value === (directive.name.value === 'include');
  });
}

/** What `@skip` or `@include` depends on; undefined for every other directive. Validation has seen to its type. */
function conditionOf(directive: DirectiveNode) {
  if (directive.name.value !== 'skip' && directive.name.value !== 'include') return undefined;
  const value = directive.arguments?.find((argument) => argument.name.value === 'if')?.value;
  return value?.kind === Kind.VARIABLE || value?.kind === Kind.BOOLEAN ? value : undefined;
}
