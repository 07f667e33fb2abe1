import { type ApolloServerPlugin } from '@apollo/server';
import { type DocumentNode, GraphQLError, OperationTypeNode, parse } from 'graphql';
import type { ActingRequest } from '../../access/acting-request.js';
import { Refusal, refuse } from '../../errors/refusal.js';
import { LIMITS } from './limits.js';
import { excessOfVariables, type LongList } from './longest-list.js';
import { operationCost } from './measure-operation.js';
import { countMergingFields } from './merging-fields.js';
import { type Shape, ShapeMeter } from './shape.js';

export type LimitCode =
  | 'QUERY_TOO_LONG'
  | 'TOO_MANY_DEFINITIONS'
  | 'QUERY_TOO_DEEP'
  | 'TOO_MANY_ALIASES'
  | 'TOO_MANY_DIRECTIVES'
  | 'TOO_MANY_ROOT_FIELDS'
  | 'TOO_MANY_FIELDS'
  | 'TOO_MANY_VALUES'
  | 'QUERY_TOO_EXPENSIVE';

interface Excess {
  code: LimitCode;
  /** Which of the limits. */
  unit: keyof typeof LIMITS;
  limit: number;
  actual: number;
}

interface LimitedContext {
  readonly request?: ActingRequest;
}

/** Stands in for a document that is not worth parsing or validating. */
const STAND_IN_TEXT = '{ __typename }';
const STAND_IN = parse(STAND_IN_TEXT);

/**
 * Refuses operations over the limits with HTTP 400, and tells the others what they cost.
 *
 * What needs no schema is decided before graphql's own validation, which takes 150 ms for 1,200 repeated fields: they
 * fit into the token limit. No hook can end a request there (Apollo answers 500 to what one throws), and an error of
 * a validation rule loses its code, so the document is replaced by one that validates at once; the error follows in
 * `didResolveOperation`, which may throw. A text that is too long to be parsed is replaced likewise. Apollo keeps the
 * stand-in as it would the document: the same query is refused again without being parsed.
 */
export function limitsPlugin(): ApolloServerPlugin<LimitedContext> {
  const refused = new WeakMap<DocumentNode, Excess>();
  return {
    async requestDidStart({ request }) {
      let requested: number | undefined;
      const tooLong = excessOfText(request.query);
      if (tooLong) request.query = STAND_IN_TEXT;
      return {
        async validationDidStart(request) {
          const excess = excessOf(request.document);
          if (!excess) return;
          const standIn = { ...STAND_IN };
          refused.set(standIn, excess);
          Object.assign(request, { document: standIn });
        },
        async didResolveOperation({ document, operation, request, schema, contextValue }) {
          const excess = tooLong ?? refused.get(document);
          if (excess) throw refusal(excess);
          if (!operation) return;
          const excessive = excessOfVariables(request.variables, LIMITS);
          if (typeof excessive === 'object') throw tooManyItems(excessive);
          if (excessive) throw refusal(over('TOO_MANY_VALUES', 'values', excessive));
          const cost = operationCost(document, operation, request.variables, schema);
          if (cost > LIMITS.cost) throw refusal(over('QUERY_TOO_EXPENSIVE', 'cost', cost));
          if (operation.operation === OperationTypeNode.MUTATION) {
            await countMutations(new ShapeMeter(document).measure(operation).rootFields, contextValue.request);
          }
          requested = cost;
        },
        async willSendResponse({ response: { body } }) {
          if (requested === undefined || body.kind !== 'single' || !body.singleResult.data) return;
          const cost = { requested, limit: LIMITS.cost };
          body.singleResult.extensions = { ...body.singleResult.extensions, cost };
        },
      };
    },
  };
}

function excessOfText(text = ''): Excess | undefined {
  const characters = text.length;
  if (characters > LIMITS.characters) return over('QUERY_TOO_LONG', 'characters', characters);
  const lines = text.split(/\r\n|[\n\r]/).length;
  return lines > LIMITS.lines ? over('QUERY_TOO_LONG', 'lines', lines) : undefined;
}

/** Each mutation of a document counts as a call of its own: the first is the request itself. None has run yet. */
async function countMutations(mutations: number, request: ActingRequest | undefined): Promise<void> {
  try {
    if (mutations > 1) await request?.countMore?.(mutations - 1);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new GraphQLError(error.message, { originalError: error, extensions: { http: { status: 429 } } });
  }
}

function excessOf(document: DocumentNode): Excess | undefined {
  const definitions = document.definitions.length;
  if (definitions > LIMITS.definitions) {
    return over('TOO_MANY_DEFINITIONS', 'definitions', definitions);
  }
  for (const shape of new ShapeMeter(document).measureAll()) {
    const excess = excessOfShape(shape);
    if (excess) return excess;
  }
  const fields = countMergingFields(document, LIMITS.fields);
  if (fields > LIMITS.fields) return over('TOO_MANY_FIELDS', 'fields', fields);
  return undefined;
}

function excessOfShape({ depth, aliases, directives, rootFields }: Shape): Excess | undefined {
  if (depth > LIMITS.depth) return over('QUERY_TOO_DEEP', 'depth', depth);
  if (aliases > LIMITS.aliases) return over('TOO_MANY_ALIASES', 'aliases', aliases);
  if (directives > LIMITS.directives) {
    return over('TOO_MANY_DIRECTIVES', 'directives', directives);
  }
  if (rootFields > LIMITS.rootFields) {
    return over('TOO_MANY_ROOT_FIELDS', 'rootFields', rootFields);
  }
  return undefined;
}

function over(code: LimitCode, unit: keyof typeof LIMITS, actual: number): Excess {
  return { code, unit, limit: LIMITS[unit], actual };
}

/** Says which list, by its code and in the caller's language, as the bound of a single list does. */
function tooManyItems({ path, length }: LongList): GraphQLError {
  const originalError = refuse('TOO_MANY_ITEMS', { path, parameters: { limit: LIMITS.items, actual: length } });
  return new GraphQLError(originalError.message, { originalError, extensions: { http: { status: 400 } } });
}

function refusal({ code, ...excess }: Excess): GraphQLError {
  return new GraphQLError(code, { extensions: { code, ...excess, http: { status: 400 } } });
}
