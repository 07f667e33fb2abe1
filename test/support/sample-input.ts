import type { GraphQLInputType, GraphQLSchema } from 'graphql';
import { isEnumType, isInputObjectType, isListType, isNonNullType } from 'graphql';

/** Any value of a well-known scalar: enough to get past coercion. */
const SCALARS: Record<string, unknown> = {
  ID: 'agr_00000000000070008000000000000000',
  String: 'some text that is long enough',
  Int: 1,
  Float: 1,
  Boolean: true,
  Date: '2026-11-23',
  DateTime: '2026-11-23T00:00:00Z',
  Decimal: '1',
  CurrencyCode: 'USD',
  CountryCode: 'VN',
  LanguageTag: 'vi',
  URL: 'https://example.org/',
};

/** The smallest value of an input type: what is required and nothing else. */
export function sampleOf(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return sampleOf(type.ofType);
  if (isListType(type)) return [sampleOf(type.ofType)];
  if (isEnumType(type)) return type.getValues()[0].name;
  if (isInputObjectType(type)) {
    const required = Object.values(type.getFields()).filter(
      (field) => isNonNullType(field.type) && field.defaultValue === undefined,
    );
    return Object.fromEntries(required.map((field) => [field.name, sampleOf(field.type)]));
  }
  return SCALARS[type.name];
}

export interface SampleCall {
  readonly kind: 'query' | 'mutation';
  readonly name: string;
  readonly query: string;
  readonly variables: Record<string, unknown>;
}

/** One call of every root field, with its required arguments and `__typename` or the bare leaf. */
export function sampleCalls(schema: GraphQLSchema): SampleCall[] {
  const calls = (kind: 'query' | 'mutation'): SampleCall[] =>
    Object.values((kind === 'query' ? schema.getQueryType() : schema.getMutationType())!.getFields()).map((field) => {
      const required = field.args.filter((arg) => isNonNullType(arg.type));
      const declared = required.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ');
      const passed = required.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
      return {
        kind,
        name: field.name,
        query: `${kind} ${declared && `(${declared})`} { ${field.name}${passed && `(${passed})`} { __typename } }`,
        variables: Object.fromEntries(required.map((arg) => [arg.name, sampleOf(arg.type)])),
      };
    });
  return [...calls('query'), ...calls('mutation')];
}
