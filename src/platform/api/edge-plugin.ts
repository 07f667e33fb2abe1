import type { ApolloServerPlugin, GraphQLResponse } from '@apollo/server';
import { HeaderMap } from '@apollo/server';
import type { GraphQLFormattedError } from 'graphql';
import { OperationTypeNode } from 'graphql';
import { Logger } from '@nestjs/common';
import type { Authenticator } from '../access/authenticator.js';
import type { ErrorCode } from '../errors/codes.js';
import { MESSAGES, RETRY_AFTER_SECONDS } from '../errors/codes.js';
import type { PendingExtensions } from '../errors/format-error.js';
import { faultOf } from '../errors/fault.js';
import { formatError } from '../errors/format-error.js';
import { finishError } from '../errors/graphql/finish-error.js';
import { askedFields } from './asked-fields.js';
import type { RequestContext } from './request-context.js';
import { refuseUnrunnable } from './runnable-operation.js';

const logger = new Logger('GraphQL');

/**
 * Finds out who is calling, after the limits and before the first field, and finishes what leaves: errors in the
 * caller's language, with the request id; faults into the log and nowhere else.
 */
export function edgePlugin(authenticator: Authenticator): ApolloServerPlugin<RequestContext> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ document, operation, request }): Promise<void> {
          refuseUnrunnable(document, operation, request.operationName);
        },
        async responseForOperation({ contextValue, document, operation }): Promise<GraphQLResponse | null> {
          const { request } = contextValue;
          request.asked = askedFields(document, operation);
          try {
            const actor = await authenticator.authenticate(request.headers.authorization);
            contextValue.become(actor, { isQuery: operation.operation === OperationTypeNode.QUERY });
            return null;
          } catch (error) {
            return { http: { status: 401, headers: new HeaderMap() }, body: failure(error) };
          }
        },
        async willSendResponse({ response, contextValue }) {
          if (response.body.kind !== 'single') return;
          const { singleResult } = response.body;
          if (!singleResult.errors) return;
          const errors = singleResult.errors.map((error) => finished(error, contextValue));
          singleResult.errors = errors;
          const status = statusOf(errors.map((error) => error.extensions?.code));
          if (status === undefined || Object.values(singleResult.data ?? {}).some((value) => value !== null)) return;
          if (status < 500 && isPartlyDone(contextValue, errors.length)) return;
          // Nothing was answered, so this is a failed request: without `data` it keeps its status (@nestjs/apollo makes
          // every response that has the key a 200).
          delete singleResult.data;
          response.http.status = status;
          if (status === 503) response.http.headers.set('retry-after', RETRY_AFTER_SECONDS);
        },
      };
    },
  };
}

function failure(error: unknown): GraphQLResponse['body'] {
  return { kind: 'single', singleResult: { errors: [formatError({ message: '' }, error)] } };
}

function finished(error: GraphQLFormattedError, { locale, requestId, actor }: RequestContext): GraphQLFormattedError {
  const { code, fault } = error.extensions as unknown as PendingExtensions;
  if (fault !== undefined) {
    const line = { requestId, fault: faultOf(fault, actor.role) };
    if (code === 'UNAVAILABLE') logger.warn(line);
    else logger.error(line);
  }
  return finishError(error, { locale, requestId });
}

/** Mutations of one document are made one after the other: those before a refused one stay made, though nothing is answered. */
function isPartlyDone({ request: { asked } }: RequestContext, errors: number): boolean {
  return asked?.kind === 'mutation' && asked.fields.length > errors;
}

/** Which status is told when parts were refused for several reasons: who calls, then what passes by itself, then the rest. */
const FIRST_TOLD = [401, 500, 503, 403, 410, 400];

function statusOf(codes: readonly unknown[]): number | undefined {
  const statuses = codes.map((code) => (code === 'BAD_USER_INPUT' ? 400 : MESSAGES[code as ErrorCode]?.status));
  return FIRST_TOLD.find((status) => statuses.includes(status)) ?? statuses.find((status) => status !== undefined);
}
