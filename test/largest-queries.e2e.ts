import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import type { GraphQLSchema } from 'graphql';
import { isLeafType } from 'graphql';
import { leastBusy } from './support/busy-time.js';
import type { Answer } from './support/client.js';
import { post } from './support/client.js';
import { heavyTexts } from './support/heavy-texts.js';
import { isList } from './support/input-positions.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import type { LargeDocument } from './support/largest-documents.js';
import { largeTexts, repeated } from './support/largest-documents.js';
import type { ArgumentPlace, AskedField, Call } from './support/query-positions.js';
import { argumentPlaces, askedFieldsOf, callOf, requiredArguments } from './support/query-positions.js';
import { sampleOf } from './support/sample-input.js';
import type { ServiceProcess } from './support/service-process.js';
import { startBeside } from './support/service-process.js';
import { MetIds } from './support/whole-schema.js';
import { tellWholeStory } from './support/whole-story.js';

/** The bounds that the issue names: of the main thread of the service, and of what is answered to a mistake. */
const MOST_MS = 50;
const MOST_CHARACTERS = 100_000;

/** What answers the ids of something of each kind that has fields with arguments. */
const MEETING = [
  '{ agreements { nodes { id funder { id } grantee { id } } } }',
  '{ conversationNotes { nodes { id } } }',
  '{ narrativeReports { nodes { id shares { nodes { id response { id } } } } } }',
  '{ obstacles { nodes { id } } }',
];

/** How often a field is repeated in how many things, the most first: until it is allowed. */
const SIZES: [aliases: number, things: number][] = [
  [49, 100],
  [24, 100],
  [12, 100],
  [6, 100],
  [3, 100],
  [3, 40],
  [1, 40],
  [1, 1],
];

const PAGES = [['first: 1'], ['first: 1', 'after: "x"'], ['first: -1']];

let network: Network;
let service: ServiceProcess;
let schema: GraphQLSchema;
let fields: AskedField[];
const met = new MetIds();
/** Whom each field lets in and answers: others are denied before its arguments are read. */
const callers = new Map<string, string | null>();

beforeAll(async () => {
  network = await startNetwork();
  await tellWholeStory(network, 'funder', 'grantee');
  service = await startBeside(network, { RATE_PER_KEY: '1000000', RATE_PER_ADDRESS: '1000000' });
  schema = network.app.get(GraphQLSchemaHost).schema;
  const keys = [network.keys.steward, network.keys.funder, network.keys.grantee, null];
  for (const key of keys) for (const query of MEETING) met.note((await ask(query, {}, key)).text);
  fields = askedFieldsOf(schema, met);
  for (const field of fields) {
    for (const key of keys) {
      const { query, variables } = callOf(field);
      const { data, errors } = await ask(query, variables, key);
      if (!errors && Object.values(data as object)[0] !== null) callers.set(field.name, key);
    }
  }
}, 120_000);
afterAll(async () => {
  service.child.kill('SIGKILL');
  await network.stop();
});

const ask = (query: string, variables: object, key: string | null): Promise<Answer> =>
  post(service.url, key, query, variables);

/** What is wrong with the answer to a call: nothing, when it is quick, short, and says what was wrong with a code. */
async function wrongWith(call: (attempt: number) => Promise<Answer>): Promise<string[]> {
  let attempt = 0;
  let answer!: Answer;
  const busy = await leastBusy(service, MOST_MS, async () => (answer = await call(attempt++)));
  const { status, errors, text } = answer;
  const isTyped =
    errors?.every(({ extensions: { code } }) => /^[A-Z_]+$/.test(code) && code !== 'INTERNAL_ERROR') ?? status === 200;
  return [
    ...(busy < MOST_MS ? [] : [`${busy.toFixed(0)} ms`]),
    ...(status < 500 && isTyped ? [] : [`${status} ${text.slice(0, 300)}`]),
    ...(errors && text.length > MOST_CHARACTERS
      ? [`${text.length} characters in answer to mistakes ${text.slice(0, 150)}`]
      : []),
  ];
}

async function wrongAt(place: ArgumentPlace, about: string, value: unknown): Promise<string[]> {
  const { query, variables }: Call = callOf(place.asked, place, value);
  const wrong = await wrongWith(() => ask(query, variables, callers.get(place.asked.name) ?? null));
  return wrong.map((each) => `${place.asked.name} ${place.path.join('.')}, ${about}: ${each}`);
}

async function wrongInDocument({ about, field, query }: LargeDocument): Promise<string[]> {
  const key = field === undefined ? null : (callers.get(field) ?? null);
  const wrong = await wrongWith((attempt) => ask(`${query} # ${attempt}`, {}, key));
  return wrong.map((each) => `${about}: ${each}`);
}

describe('what a document holds', () => {
  it('costs less than 50 ms in its text alone', async () => {
    const wrong: string[] = [];
    for (const document of largeTexts(schema)) wrong.push(...(await wrongInDocument(document)));
    expect(wrong).toEqual([]);
  }, 120_000);

  it('costs less than 50 ms when each of its fields is right, and when each is refused', async () => {
    const wrong: string[] = [];
    for (const [i, asked] of fields.entries()) {
      const required = requiredArguments(asked);
      const isPaged = asked.field.args.some(({ name }) => name === 'after');
      // By turns: pages of one thing, pages that are refused, and a page size that is none.
      const args = [...required, ...(isPaged ? PAGES[i % PAGES.length] : [])].join(', ');
      for (const [aliases, things] of SIZES) {
        const document = repeated(asked, args, aliases, things);
        const { errors } = await ask(document.query, {}, callers.get(asked.name) ?? null);
        if (errors?.[0].extensions.code === 'QUERY_TOO_EXPENSIVE') continue;
        wrong.push(...(await wrongInDocument(document)));
        break;
      }
    }
    expect(wrong).toEqual([]);
  }, 300_000);
});

describe('what a field of a query takes', () => {
  it('is read by every one of them for somebody', () => {
    expect([...callers.keys()].sort()).toEqual(fields.map(({ name }) => name).sort());
  });

  it('costs less than 50 ms when 80,000 letters stand in any place, and is told in few words', async () => {
    const texts = heavyTexts(80_000);
    const wrong: string[] = [];
    const leaves = argumentPlaces(fields).filter(({ type }) => isLeafType(type));
    for (const [i, place] of leaves.entries()) {
      // Each place gets letters, marks and one more of the kinds by turns: every kind meets every rule many times.
      for (const [name, text] of [texts[1], texts.at(-1)!, texts[i % texts.length]]) {
        wrong.push(...(await wrongAt(place, name, text)));
      }
    }
    expect(wrong).toEqual([]);
  }, 300_000);

  it('costs less than 50 ms in any list, however long', async () => {
    const wrong: string[] = [];
    for (const place of argumentPlaces(fields).filter(isList)) {
      const item = sampleOf((place.type as unknown as { ofType: ArgumentPlace['type'] }).ofType);
      for (const length of [10_000, 1_000, 301, 300]) {
        const value = Array<unknown>(length).fill(item);
        wrong.push(...(await wrongAt(place, `${length} items`, value)));
      }
    }
    expect(wrong).toEqual([]);
  }, 120_000);

  it('has at most 300 items in any list', async () => {
    const codes: unknown[] = [];
    const lists = argumentPlaces(fields).filter(isList);
    for (const place of lists) {
      const item = sampleOf((place.type as unknown as { ofType: ArgumentPlace['type'] }).ofType);
      const { query, variables } = callOf(place.asked, place, Array<unknown>(301).fill(item));
      const { errors } = await ask(query, variables, callers.get(place.asked.name) ?? null);
      codes.push([place.asked.name, errors?.[0].extensions.code, errors?.[0].extensions.argument]);
    }
    expect(codes).toEqual(lists.map(({ asked, path }) => [asked.name, 'TOO_MANY_ITEMS', path]));
  });

  it('costs less than 50 ms as a cursor, a number or an input that nobody means', async () => {
    const garbage = Buffer.alloc(60_000, 'giả');
    const values: [string, unknown][] = [
      ['base64', garbage.toString('base64')],
      ['base64url', garbage.toString('base64url')],
      ['zero', 0],
      ['less than zero', -1],
      ['the largest number', 2 ** 31 - 1],
      ['a larger number', 2 ** 31],
      ['many digits', Number('9'.repeat(300))],
      ['unknown fields', Object.fromEntries(Array.from({ length: 19_000 }, (_, i) => [`field${i}`, i]))],
      [
        'unknown fields with a text',
        { text: 'x'.repeat(800_000), ...Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`field${i}`, i])) },
      ],
      ['mistakes', Array<unknown>(1_000).fill('x'.repeat(800))],
    ];
    const wrong: string[] = [];
    const seen = new Set<string>();
    for (const place of argumentPlaces(fields)) {
      const type = String(place.type);
      const isCursor = /^(after|before)$/.test(String(place.path.at(-1)));
      for (const [about, value] of values) {
        const isMeant = typeof value === 'number' ? type === 'Int' : typeof value === 'object' || isCursor;
        // Mistakes of coercion are those of a type, wherever it stands; a cursor and a page belong to their list.
        if (!isMeant || (typeof value === 'object' && seen.has(about + type))) continue;
        seen.add(about + type);
        wrong.push(...(await wrongAt(place, about, value)));
      }
    }
    expect(wrong).toEqual([]);
  }, 300_000);
});
