import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import type { Network } from '../support/network.js';
import { startNetwork } from '../support/network.js';
import { carriersIn, carriersInSource } from './carriers-in-source.js';
import { definerFunctions, relationsOutside, routes, tasks } from './found-in-service.js';
import { expectRegistered, unregistered } from './register.js';
import { CARRIERS, HIDDEN_MUTATIONS, MUTATIONS, QUERIES, ROUTES, TASKS } from './registered.js';
import { DEFINER_FUNCTIONS, RELATIONS } from './registered-data.js';

let network: Network;
beforeAll(async () => {
  network = await startNetwork();
});
afterAll(() => network.stop());

/** A carrier as it is registered: a module of Node without its member, and where it stands only when that matters. */
function registeredAs({ file, name }: { file: string; name: string }): string {
  const module = name.startsWith('node:') ? name.split(' ')[0] : name;
  const entries = CARRIERS.filter((each) => each.name === module);
  const isRegistered = entries.some(({ files }) => files?.some((beginning) => file.startsWith(beginning)) ?? true);
  return isRegistered ? module : `${name} in ${file}`;
}

describe('every way out is registered', () => {
  it('routes of HTTP', () => {
    expectRegistered('routes', routes(network), ROUTES);
  });

  it('root fields of GraphQL', () => {
    const { schema } = network.app.get(GraphQLSchemaHost);
    expectRegistered('queries', Object.keys(schema.getQueryType()!.getFields()), QUERIES);
    expectRegistered('mutations', Object.keys(schema.getMutationType()!.getFields()), [
      ...MUTATIONS,
      ...HIDDEN_MUTATIONS,
    ]);
    expect(schema.getSubscriptionType()).toBeUndefined();
  });

  it('tables, views and counters of the database, with who may read them', async () => {
    expectRegistered('relations', await relationsOutside(network), RELATIONS);
  });

  it('functions of the database that run with other rights, with who may call them', async () => {
    expectRegistered('definer functions', await definerFunctions(network), DEFINER_FUNCTIONS);
  });

  it('tasks of jobs and of the clock', () => {
    expectRegistered('tasks', tasks(network), TASKS);
  });

  it('what can carry bytes out of the process, in the sources', () => {
    const found = new Set(carriersInSource().map(registeredAs));
    expectRegistered(
      'carriers',
      [...found],
      CARRIERS.map(({ name }) => name),
    );
  });
});

describe('a new way out is found', () => {
  it.each([
    ["import { request } from 'node:https';", 'node:https request'],
    ["import * as mail from 'nodemailer';", 'package nodemailer'],
    ["import type { Agent } from 'undici'; export { request } from 'undici';", 'package undici'],
    ["const { createSocket } = await import('node:dgram');", 'node:dgram *'],
    ["import { writeFile } from 'node:fs/promises';", 'node:fs/promises writeFile'],
    ["const name = 'node:' + 'net'; await import(name);", 'import of a computed name'],
    ["void fetch('https://example.org/webhook');", 'global fetch'],
    ["const send = globalThis['fetch'];", 'global globalThis'],
    ["process.stdout.write('a line');", 'process.stdout'],
    ['process.report.writeReport();', 'process.report'],
    ["console.log('a line');", 'global console'],
  ])('in the source %j', (text, name) => {
    const found = carriersIn('src/obstacles/webhook.ts', text);
    expect(found).toEqual(expect.arrayContaining([{ file: 'src/obstacles/webhook.ts', name }]));
    expect(
      unregistered(
        found.map(registeredAs),
        CARRIERS.map((each) => each.name),
      ),
    ).toContain(`${name} in src/obstacles/webhook.ts`);
  });

  it('as a route, a table, a reader of a table, a counter, a function', async () => {
    const [before, functions] = [await relationsOutside(network), await definerFunctions(network)];
    await network.sql('CREATE TABLE hooks (id serial PRIMARY KEY); GRANT SELECT ON hooks TO goodfaith_funder');
    await network.sql('GRANT SELECT (event_id) ON event_queue TO goodfaith_analyst');
    await network.sql(
      `CREATE FUNCTION peep() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM obstacles.entries'`,
    );
    expect(unregistered(await relationsOutside(network), before)).toEqual([
      'public.event_queue: analyst doctor worker',
      'public.hooks: funder',
      'public.hooks_id_seq: nobody',
    ]);
    expect(unregistered(await definerFunctions(network), functions)[0]).toMatch(/^public.peep: .*funder/);
    await network.sql(
      'DROP TABLE hooks; DROP FUNCTION peep; REVOKE SELECT (event_id) ON event_queue FROM goodfaith_analyst',
    );
  });

  it('and the failure says what to do', () => {
    expect(() => expectRegistered('routes', ['POST /v1/webhooks'], [])).toThrow(
      /not registered.*POST \/v1\/webhooks.*test\/privacy\/registered\.ts/s,
    );
    expect(() => expectRegistered('routes', [], ['GET /gone'])).toThrow(/no longer there.*GET \/gone/s);
  });
});
