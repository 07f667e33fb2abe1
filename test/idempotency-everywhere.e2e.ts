import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { getNamedType, isInputObjectType } from 'graphql';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';

let network: Network;
beforeAll(async () => {
  network = await startNetwork();
});
afterAll(() => network.stop());

describe('every mutation', () => {
  it('takes an idempotency key, and every route that changes something its header', async () => {
    const { schema } = network.app.get(GraphQLSchemaHost);
    const fields = Object.values(schema.getMutationType()!.getFields());
    const taking = fields.filter(({ args }) => {
      const [input] = args.map(({ type }) => getNamedType(type));
      return isInputObjectType(input) && String(input.getFields().idempotencyKey?.type) === 'String';
    });
    expect(taking.map(({ name }) => name)).toEqual(fields.map(({ name }) => name));
    expect(taking.length).toBeGreaterThanOrEqual(69);

    interface Route {
      readonly parameters?: readonly { readonly in: string; readonly name: string }[];
    }
    const { paths } = (await (await fetch(`${network.url}/openapi.json`)).json()) as {
      paths: Record<string, Record<string, Route>>;
    };
    const changing = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, route]) => (method === 'get' ? [] : [{ path, route }])),
    );
    expect(changing.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['/v1/imports/360giving', '/v1/reports/{id}/attachments']),
    );
    for (const { path, route } of changing) {
      const header = route.parameters?.find((one) => one.in === 'header' && one.name === 'Idempotency-Key');
      expect([path, header?.name]).toEqual([path, 'Idempotency-Key']);
    }
  });
});
