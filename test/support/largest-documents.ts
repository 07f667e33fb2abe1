import type { GraphQLSchema } from 'graphql';
import { getIntrospectionQuery, getNamedType, isCompositeType } from 'graphql';
import { LIMITS } from '../../src/platform/api/limits/limits.js';
import type { AskedField } from './query-positions.js';
import { selectionOf } from './query-positions.js';

export interface LargeDocument {
  readonly about: string;
  /** The field whose caller is to send it. */
  readonly field?: string;
  readonly query: string;
}

const many = (count: number, of: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => of(i)).join(' ');
const BLANK_LINES = '\n'.repeat(LIMITS.lines - 100);

/** A field again and again: in a hundred things at once when it has a parent, else as often as a query may begin. */
export function repeated(asked: AskedField, args: string, aliases: number, things = 100): LargeDocument {
  const { field, name, of } = asked;
  const most = of === null ? Math.min(aliases, LIMITS.rootFields) : aliases;
  const fields = many(most, (i) => `a${i}: ${field.name}${args && `(${args})`} ${selectionOf(asked)}`);
  const ids = many(things, () => JSON.stringify(of));
  const query = of === null ? fields : `nodes(ids: [${ids}]) { ... on ${name.split('.')[0]} { ${fields} } }`;
  // Each error tells its place: the later the line, the more there is to count.
  return { about: `${name}(${args}) ${most} times`, field: name, query: `${BLANK_LINES}{ ${query} }` };
}

/** What is large in its text alone, whatever it asks for. */
export function largeTexts(schema: GraphQLSchema): LargeDocument[] {
  const word = 'x'.repeat(LIMITS.characters - 200);
  const letters = 'ữ'.repeat(LIMITS.characters - 200);
  const objects = Object.values(schema.getQueryType()!.getFields()).filter(({ type }) =>
    isCompositeType(getNamedType(type)),
  );
  const root = (i: number): string => objects[i % objects.length].name;
  const cases: [string, string][] = [
    [
      'introspection',
      getIntrospectionQuery({
        descriptions: true,
        specifiedByUrl: true,
        directiveIsRepeatable: true,
        schemaDescription: true,
        inputValueDeprecation: true,
        oneOf: true,
      }),
    ],
    ['one long name', `{ ${word} }`],
    ['one long text', `{ node(id: "${letters}") { id } }`],
    ['one long text for a number', `{ funders(first: "${letters}") { nodes { id } } }`],
    ['one long text for a list', `{ obstacles(filter: {state: {in: ["${letters}"]}}) { nodes { id } } }`],
    ['unknown fields', `{ ${many(1_600, (i) => `field${i}`)} }`],
    ['unknown types', many(LIMITS.definitions, (i) => `fragment F${i} on Agreemen${i} { id }`)],
    ['unknown arguments', `{ funders(${many(1_600, (i) => `firs${i}: 1`)}) { nodes { id } } }`],
    ['variables', `query (${many(1_200, (i) => `$v${i}: Int`)}) { __typename }`],
    ['unknown variables', `{ funders(${many(1_200, (i) => `first: $v${i}`)}) { nodes { id } } }`],
    ['variables of unknown types', `query (${many(1_200, (i) => `$v${i}: Agreemen`)}) { __typename }`],
    ['directives', `{ ${many(LIMITS.directives, () => '... @include(if: true) { __typename }')} }`],
    ['unknown directives', `{ ${many(LIMITS.directives, (i) => `... @includ${i} { __typename }`)} }`],
    ['many values', `{ nodes(ids: [${many(2_400, () => '"x"')}]) { id } }`],
    ['many objects', `{ obstacles(filter: {state: {in: [${many(1_200, () => '{}')}]}}) { nodes { id } } }`],
    [
      'conflicts',
      `{ ${many(LIMITS.rootFields / 2, (i) => `a: ${root(i)} { ...F } a: ${root(i + 1)} { ...F }`)} } fragment F on Funder { ${many(30, (i) => `b: id b: name c${i}: id`)} }`,
    ],
    [
      'fragments',
      `{ viewer { ...F0 } } ${many(90, (i) => `fragment F${i} on Viewer { role ${i < 89 ? `...F${i + 1} ...F${Math.min(i + 2, 89)}` : ''} }`)}`,
    ],
    [
      'fragments that nobody spreads',
      `{ __typename } ${many(90, (i) => `fragment F${i} on Viewer { role organization { id name } }`)}`,
    ],
    // Of several operations none is run without a name: the longest that are read for nothing.
    ['operations', many(90, (i) => `query Q${i} { viewer { role organization { id name } } }`)],
    ['operations without a name', many(90, () => '{ viewer { role } }')],
    ['spaces', ' '.repeat(LIMITS.characters)],
    ['one comment', `# ${letters}\n{ __typename }`],
    ['brackets', '{ a '.repeat(2_400)],
    ['lists in lists', `{ nodes(ids: ${'['.repeat(2_000)}${']'.repeat(2_000)}) { id } }`],
    ['a text that is too long', `{ ${'__typename '.repeat(60_000)} }`],
  ];
  return cases.map(([about, query]) => ({ about, query }));
}
