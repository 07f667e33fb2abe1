import { type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import type { GraphQLError } from 'graphql';
import { mistakesOfVariables } from './mistaken-variables.js';
import { nameArguments } from './mistaken-literals.js';
import { keepFirst, shortened } from './told-errors.js';

/** Keeps the answer to mistakes short: after the caller is known, and before the first field. */
export function mistakesPlugin(): ApolloServerPlugin {
  return {
    async requestDidStart() {
      return {
        async responseForOperation({ schema, operation, request }) {
          const errors = mistakesOfVariables(schema, operation, request.variables);
          if (errors.length === 0) return null;
          const body = { kind: 'single' as const, singleResult: { errors: errors.map((error) => error.toJSON()) } };
          return { http: { status: 400, headers: new HeaderMap() }, body };
        },
        async didEncounterErrors({ errors, document }) {
          // The list that Apollo formats next: no other hook stands between an execution and the formatting of each error.
          keepFirst(errors as GraphQLError[]);
          if (document) nameArguments(errors, document);
        },
        async willSendResponse({ response: { body } }) {
          if (body.kind === 'single' && body.singleResult.errors)
            body.singleResult.errors = body.singleResult.errors.map(shortened);
        },
      };
    },
  };
}
