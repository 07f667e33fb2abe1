import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import type { GraphQLInputObjectType, GraphQLSchema } from 'graphql';
import { getNamedType } from 'graphql';
import { leastBusy } from './support/busy-time.js';
import type { Answer } from './support/client.js';
import { post } from './support/client.js';
import { heavyTexts } from './support/heavy-texts.js';
import type { Position } from './support/input-positions.js';
import { inputWith, isList, positionsOf, takesText } from './support/input-positions.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import { sampleOf } from './support/sample-input.js';
import type { ServiceProcess } from './support/service-process.js';
import { extraMemory, startBeside } from './support/service-process.js';

let network: Network;
let service: ServiceProcess;
let schema: GraphQLSchema;
/** Whom each mutation lets in: others are denied before their input is read. */
const callers = new Map<string, string | null>();
beforeAll(async () => {
  network = await startNetwork();
  service = await startBeside(network, { RATE_PER_KEY: '1000000', RATE_PER_ADDRESS: '1000000' });
  schema = network.app.get(GraphQLSchemaHost).schema;
  for (const { name, args } of Object.values(schema.getMutationType()!.getFields())) {
    for (const key of [null, network.keys.steward, network.keys.funder, network.keys.grantee]) {
      const { errors } = await mutate(name, neverDone(name, sampleOf(args[0].type) as object), key);
      if (!errors) callers.set(name, key);
    }
  }
}, 120_000);
afterAll(async () => {
  service.child.kill('SIGKILL');
  await network.stop();
});

function mutate(name: string, input: unknown, key = callers.get(name) ?? null): Promise<Answer> {
  const type = String(schema.getMutationType()!.getFields()[name].args[0].type);
  const query = `mutation ($input: ${type}) { ${name}(input: $input) { userErrors { code path message } } }`;
  return post(service.url, key, query, { input });
}
/** With a key that is too long an input is read and changes nothing, not even the caller's own key. */
function neverDone(name: string, input: object): object {
  const { type } = schema.getMutationType()!.getFields()[name].args[0];
  const isKeyed = 'idempotencyKey' in (getNamedType(type) as GraphQLInputObjectType).getFields();
  return { ...(isKeyed && { idempotencyKey: 'x'.repeat(201) }), ...input };
}
const placeOf = ({ mutation, path }: Position): string => [mutation, ...path].join('.');
interface UserErrors {
  userErrors: { code: string; path: string[] | null; message: string }[];
}
const errorsOf = ({ data }: Answer, name: string): UserErrors['userErrors'] =>
  (data as Record<string, UserErrors>)[name].userErrors;

describe('what a mutation takes', () => {
  it('is read by every one of them for somebody', () => {
    expect([...callers.keys()].sort()).toEqual(Object.keys(schema.getMutationType()!.getFields()).sort());
  });

  // The bounds are those the issue names; what was there before took seconds, or all memory and the process with it.
  it('is refused in 20 ms when 80,000 letters stand in any one text, and takes no memory', async () => {
    const texts = heavyTexts(80_000);
    const slow: string[] = [];
    const memory = await extraMemory(service, async () => {
      for (const [i, position] of positionsOf(schema).filter(takesText).entries()) {
        // Each place gets letters, marks and one more of the kinds by turns: every kind meets every rule many times.
        const others = [texts[i % texts.length], texts[(i * 7 + 3) % texts.length]];
        for (const [name, text] of [texts[1], texts.at(-1)!, ...others]) {
          const input = neverDone(position.mutation, inputWith(schema, position, text));
          const busy = await leastBusy(service, 20, () => mutate(position.mutation, input));
          if (busy >= 20) slow.push(`${placeOf(position)}, ${name}: ${busy.toFixed(0)} ms`);
        }
      }
    });
    expect(slow).toEqual([]);
    expect(memory).toBeLessThan(200e6);
  }, 300_000);

  it.each([10_000, 1_000])(
    'is counted before it is looked at: %i items of any list are refused',
    async (items) => {
      const wrong: unknown[] = [];
      for (const position of positionsOf(schema).filter(isList)) {
        const item = sampleOf((position.type as unknown as { ofType: Position['type'] }).ofType);
        const length = Math.min(items, Math.floor(900_000 / (JSON.stringify(item).length + 1)));
        const input = inputWith(schema, position, Array<unknown>(length).fill(item));
        const answer = await mutate(position.mutation, input);
        // More than any list may have are refused as a limit of the request, before GraphQL makes values of them.
        const [code, place] = answer.errors
          ? [answer.errors[0].extensions.code, (answer.errors[0].extensions.argument as string[]).slice(1)]
          : [errorsOf(answer, position.mutation)[0].code, errorsOf(answer, position.mutation)[0].path!];
        const busy = await leastBusy(service, 50, () => mutate(position.mutation, input));
        if (code !== 'TOO_MANY_ITEMS' || place.join() !== position.path.join() || answer.text.length > 1_000)
          wrong.push([placeOf(position), answer.text.slice(0, 500)]);
        if (busy >= 50) wrong.push([placeOf(position), length, `${busy.toFixed(0)} ms`]);
      }
      expect(wrong).toEqual([]);
    },
    120_000,
  );

  it('is told at most 50 mistakes at once, and how many more there are', async () => {
    const sections = Array<object>(12).fill({ prompt: '', funderId: 'x', text: 'a\u202e' });
    const links = Array<object>(5).fill({ url: 'http://example.org', label: 'a\u202e' });
    const meets = Array<object>(20).fill({ agreementId: 'x', expectationId: 'x' });
    const input = { sections, links, shareWith: ['x'], meets };
    const errors = errorsOf(await mutate('submitReport', input), 'submitReport');
    expect(errors).toHaveLength(50);
    expect(new Set(errors.slice(0, 49).map(({ code }) => code))).not.toContain('MORE_ERRORS');
    expect(errors[49]).toMatchObject({ code: 'MORE_ERRORS', message: expect.stringMatching(/There are \d+ more/) });
  });
});
