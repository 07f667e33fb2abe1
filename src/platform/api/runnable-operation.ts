import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import { GraphQLError, Kind, OperationTypeNode } from 'graphql';
import type { ErrorCode } from '../errors/codes.js';
import { refuse } from '../errors/refusal.js';

/** Refuses a valid document of which nothing can be run: without this the operation would be looked for where there is none. */
export function refuseUnrunnable(
  document: DocumentNode,
  operation: OperationDefinitionNode | undefined,
  operationName: string | null | undefined,
): void {
  const code = problemOf(document, operation, operationName);
  if (code === null) return;
  const originalError = refuse(code);
  throw new GraphQLError(originalError.message, { originalError, extensions: { http: { status: 400 } } });
}

function problemOf(
  document: DocumentNode,
  operation: OperationDefinitionNode | undefined,
  operationName: string | null | undefined,
): ErrorCode | null {
  if (operation) return operation.operation === OperationTypeNode.SUBSCRIPTION ? 'SUBSCRIPTIONS_NOT_SERVED' : null;
  const operations = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION).length;
  return operations > 1 && (operationName ?? '') === '' ? 'OPERATION_NAME_MISSING' : 'UNKNOWN_OPERATION';
}
