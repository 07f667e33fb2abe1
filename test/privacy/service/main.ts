import 'reflect-metadata';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { isInterfaceType, isObjectType, printSchema } from 'graphql';
import type pg from 'pg';
import { ApiKeys } from '../../../src/accounts/api-keys.service.js';
import { createApp } from '../../../src/app.js';
import { readConfig } from '../../../src/config.js';
import { PUBLIC_ACTOR } from '../../../src/platform/access/actor.js';
import type { NodeSource } from '../../../src/platform/api/node.js';
import { POOL } from '../../../src/platform/db/database.service.js';
import { EventSealer } from '../../../src/platform/events/event-sealer.service.js';
import { Jobs } from '../../../src/platform/jobs/jobs.service.js';
import { repeatable } from '../../support/repeatable.js';
import { plant } from './planted-leaks.js';

/**
 * The service in a process of its own, as its users start it, but with a clock and a source of randomness that can be
 * repeated. All that leaves the process leaves it for real. The test commands it over the channel between the processes.
 */
const config = readConfig();
const app = await createApp({
  config,
  databaseUrl: config.databaseUrl!,
  secret: config.secret!,
  ...repeatable(),
});
plant(app.getHttpAdapter().getInstance(), process.env.PLANTED_LEAKS ?? '', app.get<pg.Pool>(POOL));
await app.listen(0, '127.0.0.1');
// By its timer the order of what happened in one instant would be chance; whoever asks for events has them ordered first.
clearInterval(app.get<{ timer: NodeJS.Timeout }>(EventSealer).timer);
const created = await app
  .get(ApiKeys)
  .create({ ...PUBLIC_ACTOR, role: 'STEWARD' }, { role: 'STEWARD', label: 'first' });
const { schema } = app.get(GraphQLSchemaHost);
const types = Object.values(schema.getTypeMap());
const kinds = types
  .filter((type) => isObjectType(type) || isInterfaceType(type))
  .map((type) => [type.name, (type.extensions as { node?: NodeSource }).node?.kind])
  .filter(([, kind]) => kind);

process.on('message', (task: string) => {
  void app
    .get(Jobs)
    .runScheduled(task)
    .then(
      () => process.send!({ task }),
      (error: unknown) => process.send!({ task, error: String(error) }),
    );
});
process.once('SIGTERM', () => void app.close().then(() => process.exit(0)));
process.send!({
  port: (app.getHttpServer().address() as { port: number }).port,
  steward: created.secret,
  sdl: printSchema(schema),
  kinds: Object.fromEntries(kinds) as object,
  tasks: [...app.get<{ scheduled: Map<string, unknown> }>(Jobs).scheduled.keys()],
});
