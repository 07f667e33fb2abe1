import {
  coerceInputValue,
  GraphQLError,
  type GraphQLSchema,
  isInputType,
  type OperationDefinitionNode,
  typeFromAST,
} from 'graphql';
import { MOST_MISTAKES } from './limits.js';
import { type Variables } from './formula.js';

/** A value is told with its mistake when it is as short as what a person would read. */
const LONGEST_SHOWN = 100;

/**
 * What is wrong with the values of variables, at most so many mistakes. Graphql prints with each of its own 50 mistakes the whole value
 * around it: an input with 19,000 unknown fields was told 50 times over. A variable that is not given, or null, is left to graphql.
 */
export function mistakesOfVariables(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  variables: Variables,
): GraphQLError[] {
  const mistakes: GraphQLError[] = [];
  for (const node of operation.variableDefinitions ?? []) {
    const name = node.variable.name.value;
    const value = variables && Object.hasOwn(variables, name) ? variables[name] : null;
    const type = typeFromAST(schema, node.type);
    if (value == null || !isInputType(type)) continue;
    try {
      coerceInputValue(value, type, (path, inner, { message }) => {
        const place =
          path.length > 0
            ? ` at "${name}${path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('')}"`
            : '';
        const text = `Variable "$${name}" got invalid value${shown(inner)}${place}; ${message}`;
        mistakes.push(new GraphQLError(text, { nodes: node, extensions: { code: 'BAD_USER_INPUT' } }));
        if (mistakes.length >= MOST_MISTAKES) throw new Enough();
      });
    } catch (error) {
      if (!(error instanceof Enough)) throw error;
      return mistakes;
    }
  }
  return mistakes;
}

class Enough extends Error {}

function shown(value: unknown): string {
  if (typeof value === 'object' && value !== null) return '';
  const text = typeof value === 'string' && value.length > LONGEST_SHOWN ? undefined : JSON.stringify(value);
  return text === undefined ? '' : ` ${text}`;
}
