import type { GraphQLField, GraphQLInputType, GraphQLNamedType, GraphQLObjectType, GraphQLSchema } from 'graphql';
import {
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql';
import type { NodeSource } from '../../src/platform/api/node.js';
import { MAX_TOKENS } from '../../src/platform/api/limits/limits.js';
import { ID_PREFIXES } from '../../src/platform/api/ids.js';

/** Ids that were met, by prefix: what generated calls ask for. */
export class MetIds {
  private readonly byPrefix = new Map<string, string[]>();

  note(text: string): void {
    for (const [id, prefix] of text.matchAll(/\b([a-z]{3})_[0-9a-f]{32}\b/g)) {
      const ids = this.byPrefix.get(prefix) ?? [];
      if (!ids.includes(id)) this.byPrefix.set(prefix, [...ids, id]);
    }
  }

  withPrefix(prefix: string): readonly string[] {
    return this.byPrefix.get(prefix) ?? [];
  }

  /** The latest of every kind. */
  all(): string[] {
    return [...this.byPrefix.values()].map((ids) => ids.at(-1)!);
  }

  /** The first and the latest one of a kind: old enough to have changed, young enough not to. */
  of(kind: string): string[] {
    const prefix = (ID_PREFIXES as Record<string, string>)[kind];
    const ids = this.byPrefix.get(prefix) ?? [`${prefix}_00000000000040008000000000000000`];
    return [...new Set([ids[0], ids.at(-1)!])];
  }
}

export interface GeneratedCall {
  readonly name: string;
  readonly query: string;
  readonly variables: Record<string, unknown>;
}

const DEEP = 4;
/** For what a mutation answers, and for the same list with other arguments. */
const SHALLOW = 2;
const SCALARS: Record<string, unknown> = {
  String: 'A text that is long enough.',
  Int: 1,
  Float: 1,
  Boolean: true,
  Date: '2026-11-01',
  DateTime: '2027-11-23T00:00:00Z',
  Decimal: '1000',
  CurrencyCode: 'VND',
  CountryCode: 'VN',
  LanguageTag: 'vi',
  URL: 'https://example.org/',
};
const NAMED_TEXTS: Record<string, string> = {
  code: 'CURRENCY_DEVALUATION',
  codes: 'CURRENCY_DEVALUATION',
  timeZone: 'Asia/Ho_Chi_Minh',
  prompt: 'FREE_TEXT',
  query: 'long enough',
};
/** Of interfaces, what their types have besides. */
const MORE_OF: Record<string, string> = {
  UserError: '... on StaleVersionError { currentVersion }',
  Notice: '... on SubmissionDiffersNotice { existingId version }',
};
const SPOKEN_FOR = new Set(['first', 'last', 'after', 'before']);

/** Calls of every root field of a schema, with every field below it, and ids that exist. */
export class WholeSchema {
  private unique = 0;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly met: MetIds,
  ) {}

  /** Every query: plain, with each optional argument, from both ends, and for each id of the right kind. */
  queries(): GeneratedCall[] {
    return Object.values(this.schema.getQueryType()!.getFields()).flatMap((field) => {
      const kinds = field.name.startsWith('node') ? Object.keys(ID_PREFIXES) : [this.kindOf(field)];
      return kinds.flatMap((kind) => {
        const required = this.requiredSets(field, kind);
        const optional = field.args.filter((arg) => !isRequiredArgument(arg) && !SPOKEN_FOR.has(arg.name));
        const paged = field.args.some((arg) => arg.name === 'first');
        const extra = [
          paged ? { first: 3 } : {},
          ...optional.flatMap((arg) =>
            this.values(arg.name, arg.type, kind).map((value) => ({ ...(paged && { first: 3 }), [arg.name]: value })),
          ),
          ...(paged ? [{ first: 1, after: null }, { last: 2 }] : []),
        ];
        const type = this.typeOfKind(kind, field);
        return required.flatMap((args) =>
          extra.map((more, i) => {
            const depth = i === 0 && field.name !== 'nodes' ? DEEP : SHALLOW;
            return this.call('query', field, { ...args, ...more }, depth, type);
          }),
        );
      });
    });
  }

  /** Every mutation, with what is required and with everything, for each id of the right kind. */
  mutation(name: string): GeneratedCall[] {
    const field = this.schema.getMutationType()!.getFields()[name];
    const kind = this.kindOf(field);
    const input = getNamedType(field.args[0].type) as GraphQLInputType;
    return this.met
      .of(kind)
      .flatMap((id) =>
        [false, true].map((whole) =>
          this.call('mutation', field, { input: this.sample('input', input, id, whole) }, SHALLOW),
        ),
      );
  }

  mutationNames(): string[] {
    return Object.keys(this.schema.getMutationType()!.getFields());
  }

  private call(
    operation: 'query' | 'mutation',
    field: GraphQLField<unknown, unknown>,
    args: Record<string, unknown>,
    depth: number,
    fragment?: GraphQLObjectType,
  ): GeneratedCall {
    const given = field.args.filter((arg) => arg.name in args);
    const declared = given.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ');
    const passed = given.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
    const own = isObjectType(getNamedType(field.type)) ? undefined : fragment;
    const body = own
      ? `{ __typename ... on ${own.name} ${this.selection(own, depth, true)} }`
      : this.selection(getNamedType(field.type), depth, true);
    const query = `${operation} ${declared && `(${declared})`} { ${field.name}${passed && `(${passed})`} ${body} }`;
    // A document the parser would refuse says nothing: one level less does.
    if (depth > SHALLOW && tokensOf(query) > MAX_TOKENS) return this.call(operation, field, args, depth - 1, fragment);
    return { name: field.name, query, variables: args };
  }

  /** All fields of a type, and of what they lead to. Pages below the root are short, so that no query is too dear. */
  private selection(type: GraphQLNamedType, depth: number, isRoot = false): string {
    if (!isCompositeType(type)) return '';
    if (!('getFields' in type)) return '{ __typename }';
    const fields = Object.values(type.getFields()).flatMap((field) => {
      const below = getNamedType(field.type);
      const needed = field.args.filter(isRequiredArgument);
      if (!needed.every(({ name }) => name in NAMED_TEXTS)) return [];
      if (!isCompositeType(below)) return [field.name];
      if (depth === 1 || (field.name === 'edges' && !isRoot)) return [];
      const args = needed.map(({ name }) => `${name}: ${JSON.stringify(NAMED_TEXTS[name])}`);
      if (field.args.some((arg) => arg.name === 'first')) args.push('first: 2');
      const given = args.length > 0 ? `(${args.join(', ')})` : '';
      return [`${field.name}${given} ${this.selection(below, field.name === 'nodes' ? depth : depth - 1)}`];
    });
    return `{ __typename ${[...fields, MORE_OF[type.name] ?? ''].join(' ')} }`;
  }

  private requiredSets(field: GraphQLField<unknown, unknown>, kind: string): Record<string, unknown>[] {
    const required = field.args.filter(isRequiredArgument);
    if (required.length === 0) return [{}];
    return this.met
      .of(kind)
      .map((id) => Object.fromEntries(required.map((arg) => [arg.name, this.sample(arg.name, arg.type, id, true)])));
  }

  private values(name: string, type: GraphQLInputType, kind: string): unknown[] {
    const bare = getNamedType(type);
    if (isEnumType(bare)) return bare.getValues().map((value) => value.name);
    return [this.sample(name, type, this.met.of(kind)[0], true)];
  }

  private sample(name: string, type: GraphQLInputType, id: string, whole: boolean): unknown {
    const bare = isNonNullType(type) ? type.ofType : type;
    if (isListType(bare)) return [this.sample(name, bare.ofType, id, whole)];
    if (isEnumType(bare)) return bare.getValues()[0].name;
    if (isInputObjectType(bare)) {
      const fields = Object.values(bare.getFields()).filter((field) => whole || isRequiredInputField(field));
      return Object.fromEntries(fields.map((field) => [field.name, this.sample(field.name, field.type, id, whole)]));
    }
    if (bare.name === 'ID') return this.idFor(name, id);
    // Sent a second time these would only be answered from memory.
    if (name === 'idempotencyKey' || name === 'clientSubmissionId') return `generated-${++this.unique}`;
    return (bare.name === 'String' && NAMED_TEXTS[name]) || SCALARS[bare.name];
  }

  private idFor(name: string, own: string): string {
    if (name === 'id' || name === 'ids') return own;
    const kind = name.replace(/Id$/, '');
    const known = { shareWith: 'agreement', fiscalSponsor: 'grantee', renews: 'agreement' }[kind] ?? kind;
    return known in ID_PREFIXES ? this.met.of(known).at(-1)! : own;
  }

  /** What kind of id a field asks for: that of the node it answers, directly or in its payload or page. */
  private kindOf(field: GraphQLField<unknown, unknown>): string {
    const answer = getNamedType(field.type);
    const direct = nodeOf(answer);
    if (direct || !isObjectType(answer)) return direct ?? 'organization';
    const inside = Object.values(answer.getFields()).map((each) => nodeOf(getNamedType(each.type)));
    return inside.find((kind) => kind !== undefined) ?? 'organization';
  }

  private typeOfKind(kind: string, field: GraphQLField<unknown, unknown>): GraphQLObjectType | undefined {
    if (isObjectType(getNamedType(field.type))) return undefined;
    return Object.values(this.schema.getTypeMap())
      .filter(isObjectType)
      .find((type) => nodeOf(type) === kind);
  }
}

const tokensOf = (document: string): number => document.match(/[\w$]+|[^\s\w,]/g)?.length ?? 0;

function nodeOf(type: GraphQLNamedType): string | undefined {
  return (type.extensions as { node?: NodeSource }).node?.kind;
}
