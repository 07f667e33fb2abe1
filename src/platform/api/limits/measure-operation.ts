import { type DocumentNode, getOperationAST, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import { costFormula } from './cost.js';
import { evaluate, type Formula, type Variables } from './formula.js';
import { WEIGHTS, type Weights } from './limits.js';
import { type Shape, ShapeMeter } from './shape.js';

export interface Measure extends Shape {
  cost: number;
}

/** Measures one operation of a document; all zero when there is no such operation (graphql says so itself). */
export function measureOperation(
  document: DocumentNode,
  operationName: string | null | undefined,
  variables: Variables,
  schema: GraphQLSchema,
  weights: Weights = WEIGHTS,
): Measure {
  const operation = getOperationAST(document, operationName);
  if (!operation) return { depth: 0, aliases: 0, directives: 0, rootFields: 0, cost: 0 };
  const shape = new ShapeMeter(document).measure(operation);
  return { ...shape, cost: operationCost(document, operation, variables, schema, weights) };
}

interface Known {
  schema: GraphQLSchema;
  weights: Weights;
  formula: Formula;
}

/** Apollo keeps parsed documents, so a query that comes again finds its formula: a request costs its evaluation only. */
const known = new WeakMap<OperationDefinitionNode, Known>();

export function operationCost(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
  schema: GraphQLSchema,
  weights: Weights = WEIGHTS,
): number {
  let entry = known.get(operation);
  if (!entry || entry.schema !== schema || entry.weights !== weights) {
    entry = { schema, weights, formula: costFormula(schema, document, operation, weights) };
    known.set(operation, entry);
  }
  return evaluate(entry.formula, variables);
}
