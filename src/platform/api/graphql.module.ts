import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { ApolloDriver } from '@nestjs/apollo';
import type { ApolloDriverConfig } from '@nestjs/apollo';
import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
import type { FastifyRequest } from 'fastify';
import { AccessGuard } from '../access/access.guard.js';
import { Authenticator } from '../access/authenticator.js';
import { Clock } from '../clock/clock.js';
import { Database } from '../db/database.service.js';
import { formatError } from '../errors/format-error.js';
import { ProblemFilter } from '../errors/problem.filter.js';
import { apolloLogger } from './apollo-logger.js';
import { Currencies } from './currencies.service.js';
import { installDerivedFields } from './derived.js';
import { edgePlugin } from './edge-plugin.js';
import { executionPlugin } from './execution/execution-plugin.js';
import { withoutPlainResolvers } from './execution/plain-fields.js';
import { InputPipe } from './input.pipe.js';
import { limitsPlugin } from './limits/limits-plugin.js';
import { MAX_TOKENS, MOST_MISTAKES } from './limits/limits.js';
import { mistakesPlugin } from './limits/mistakes-plugin.js';
import { withCheapRefusals } from './limits/told-errors.js';
import { localeOf } from './locale.js';
import { NodeResolver } from './node.resolver.js';
import { RefusalInterceptor } from './refusal.interceptor.js';
import { RequestContext } from './request-context.js';
import { NOTICE_TYPES } from './notice.type.js';
import { USER_ERROR_TYPES } from './user-error.js';

@Module({})
export class GraphqlApiModule {
  static forRoot({ compiledExecution }: { compiledExecution: boolean }): DynamicModule {
    return {
      module: GraphqlApiModule,
      global: true,
      imports: [
        GraphQLModule.forRootAsync<ApolloDriverConfig>({
          driver: ApolloDriver,
          inject: [Authenticator, Database, Clock],
          useFactory: (authenticator: Authenticator, database: Database, clock: Clock): ApolloDriverConfig => ({
            path: '/graphql',
            autoSchemaFile: true,
            sortSchema: true,
            buildSchemaOptions: { orphanedTypes: [...USER_ERROR_TYPES, ...NOTICE_TYPES], noDuplicatedFields: true },
            transformSchema: (schema) => withCheapRefusals(withoutPlainResolvers(installDerivedFields(schema))),
            context: (request: FastifyRequest) =>
              new RequestContext(
                database,
                clock.now(),
                localeOf(request.headers['accept-language']),
                request.id,
                request,
              ),
            formatError,
            autoTransformHttpErrors: false,
            playground: false,
            graphiql: false,
            introspection: true,
            csrfPrevention: true,
            persistedQueries: false,
            allowBatchedHttpRequests: false,
            stopOnTerminationSignals: false,
            includeStacktraceInErrorResponses: false,
            hideSchemaDetailsFromClientErrors: false,
            logger: apolloLogger(),
            parseOptions: { maxTokens: MAX_TOKENS },
            validationOptions: { maxErrors: MOST_MISTAKES },
            plugins: [
              ApolloServerPluginCacheControlDisabled(),
              limitsPlugin(),
              edgePlugin(authenticator),
              mistakesPlugin(),
              executionPlugin({ enabled: compiledExecution }),
            ],
          }),
        }),
      ],
      providers: [
        Currencies,
        NodeResolver,
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_PIPE, useClass: InputPipe },
        { provide: APP_INTERCEPTOR, useClass: RefusalInterceptor },
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
      exports: [Currencies, GraphQLModule],
    };
  }
}
