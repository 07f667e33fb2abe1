import type { ASTNode, DocumentNode, GraphQLError } from 'graphql';
import { Kind, visit } from 'graphql';

/** Says of a value that is written in the document, and does not fit, in which argument and field of an input it stands. */
export function nameArguments(errors: readonly GraphQLError[], document: DocumentNode): void {
  const waiting = new Map<ASTNode, GraphQLError[]>();
  for (const error of errors) {
    const node = error.nodes?.[0];
    if (node && /Value$/.test(node.kind)) waiting.set(node, [...(waiting.get(node) ?? []), error]);
  }
  if (waiting.size === 0) return;
  const steps: string[] = [];
  visit(document, {
    enter(node, key) {
      const step = stepOf(node, key);
      if (step !== undefined) steps.push(step);
      if (steps.length === 0) return;
      for (const { extensions } of waiting.get(node) ?? []) extensions.argument = [...steps];
    },
    leave(node, key) {
      if (stepOf(node, key) !== undefined) steps.pop();
    },
  });
}

/** Arguments and fields of inputs have names; among values only the items of a list are counted. */
function stepOf(node: ASTNode, key: string | number | undefined): string | undefined {
  if (node.kind === Kind.ARGUMENT || node.kind === Kind.OBJECT_FIELD) return node.name.value;
  return typeof key === 'number' && /Value$/.test(node.kind) ? String(key) : undefined;
}
