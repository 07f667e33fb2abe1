import { type ApolloServerPlugin, type BaseContext, HeaderMap } from '@apollo/server';
import { CompiledQueries } from './compiled-queries.js';

/**
 * Runs queries through graphql-jit. When compiled code does not answer (first sighting, mutation, any error), the hook
 * returns null and Apollo executes the operation itself: errors are therefore always located, formatted, masked and
 * given a status by Apollo's own path.
 */
export function executionPlugin({ enabled }: { enabled: boolean }): ApolloServerPlugin<BaseContext> {
  if (!enabled) return {};
  const queries = new CompiledQueries();
  return {
    async requestDidStart() {
      return {
        async responseForOperation({ schema, queryHash, document, operation, request, contextValue }) {
          if (!queryHash) return null;
          const data = await queries.answer({
            schema,
            queryHash,
            document,
            operation,
            variables: request.variables,
            context: contextValue,
          });
          if (!data) return null;
          return {
            http: { status: undefined, headers: new HeaderMap() },
            body: { kind: 'single', singleResult: { data } },
          };
        },
      };
    },
  };
}
