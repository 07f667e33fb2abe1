import 'reflect-metadata';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import type { AppOptions } from './app.module.js';
import { AppModule } from './app.module.js';
import { openApiDocument } from './open-api.js';
import { registerGraphiql } from './platform/api/graphiql/graphiql.js';
import { finishRefusedRequests } from './platform/api/refused-requests.js';
import { Clock } from './platform/clock/clock.js';
import { Entropy } from './platform/clock/entropy.js';
import { POOL, REPLICAS } from './platform/db/database.service.js';
import { refuseMightyLogin } from './platform/db/refuse-mighty-login.js';
import { PinoLogger, logDestination } from './platform/http/logger.js';
import { logRequests } from './platform/http/request-log.js';
import { challengeCallers } from './platform/http/challenge.js';
import { closeSilentBodies } from './platform/http/body-deadline.js';
import { readJsonBodies } from './platform/http/json-body.js';
import { sendCallersElsewhere } from './platform/http/draining.js';
import { keepNothing } from './platform/http/never-kept.js';
import { limitRate } from './platform/http/rate-limit.js';
import { readRestOfBodies } from './platform/http/unread-rest.js';
import { registerReference } from './welcome/guides/reference.js';
import { trustOf } from './trusted-proxies.js';
import type pg from 'pg';

/** Documents are short: what is large is uploaded or imported, as a stream. */
const MOST_BODY_BYTES = 1024 * 1024;

/** The whole service, ready to listen. The demo and the tests start exactly this. */
export async function createApp(options: AppOptions): Promise<NestFastifyApplication> {
  const { config } = options;
  const clock = options.clock ?? new Clock();
  const entropy = options.entropy ?? new Entropy(clock);
  const logger = pino({ level: config.logLevel, base: null }, logDestination());
  const adapter = new FastifyAdapter({
    bodyLimit: MOST_BODY_BYTES,
    trustProxy: trustOf(config.trustProxy),
    genReqId: () => entropy.requestId(),
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: true },
  });
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.forRoot({ ...options, clock, entropy }),
    adapter,
    {
      logger: new PinoLogger(logger),
      abortOnError: false,
      forceCloseConnections: true,
    },
  );
  for (const pool of [app.get<pg.Pool>(POOL), ...app.get<pg.Pool[]>(REPLICAS)]) await refuseMightyLogin(pool);
  await app.register(helmet, {
    contentSecurityPolicy: { directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] }, useDefaults: false },
  });
  await app.register(multipart);
  readJsonBodies(app, MOST_BODY_BYTES);
  closeSilentBodies(app, config.bodySeconds);
  readRestOfBodies(app);
  sendCallersElsewhere(app);
  await limitRate(app, config);
  logRequests(app, logger);
  keepNothing(app);
  finishRefusedRequests(app);
  challengeCallers(app);
  const fastify = app.getHttpAdapter().getInstance();
  let document: object | undefined;
  fastify.get('/openapi.json', () => (document ??= openApiDocument(app)));
  registerGraphiql(fastify, '/graphql');
  registerReference(fastify, '/openapi.json');
  return app;
}
