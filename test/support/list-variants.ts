import type { GraphQLField } from 'graphql';
import { getNamedType, isEnumType, isInputObjectType } from 'graphql';
import type { Network } from './network.js';

export type Connection = GraphQLField<unknown, unknown>;

/** Values of a condition: one and two of a set, both truths, and a range open at one end and at none. */
function valuesOf(name: string, type: unknown, ids: Network['ids']): string[] {
  if (isEnumType(type)) return [`[${enumValues(type)[0]}]`, `[${enumValues(type).slice(0, 2).join(', ')}]`];
  if (!isInputObjectType(type)) {
    if (String(type) === 'Boolean') return ['false', 'true'];
    return [JSON.stringify(RANGES[String(type)]?.[0] ?? ids[name as 'funder'])];
  }
  const { in: set, gte, currency, scheme } = type.getFields();
  if (scheme) return ['{scheme: "XX-CLAIM", value: "00007"}'];
  if (gte) {
    const [start, end] = RANGES[getNamedType(gte.type).name];
    const within = currency ? 'currency: "USD", ' : '';
    return [`{${within}gte: "${start}", lte: "${end}"}`, `{${within}lte: "${end}"}`];
  }
  const element = getNamedType(set.type);
  const values = isEnumType(element) ? enumValues(element) : SETS[element.name];
  return [`{in: [${values[0]}]}`, `{in: [${values.slice(0, 2).join(', ')}]}`];
}
const RANGES: Record<string, [string, string]> = {
  Date: ['2026-12-01', '2026-12-31'],
  DateTime: ['2026-02-01T00:00:00Z', '2026-02-02T00:00:00Z'],
  Decimal: ['10', '20'],
};
const SETS: Record<string, string[]> = {
  String: ['"DISBURSEMENT_DELAY"', '"NO_RESPONSE"'],
  CountryCode: ['"VN"', '"KE"'],
};

/** Every order a list knows, and every filter: each condition alone, all that go with any order together, and a range with them. */
export function variants(field: Connection, ids: Network['ids']): string[] {
  const input = (name: string) => {
    const type = field.args.find((arg) => arg.name === name)?.type;
    return type && getNamedType(type);
  };
  const orderType = input('orderBy');
  const orders = isInputObjectType(orderType)
    ? enumValues(getNamedType(orderType.getFields().field.type)).flatMap((by) =>
        ['ASC', 'DESC'].map((direction) => `orderBy: {field: ${by}, direction: ${direction}}`),
      )
    : [''];
  const filterType = input('filter');
  const conditions = isInputObjectType(filterType)
    ? Object.values(filterType.getFields()).map((each) => {
        const type = getNamedType(each.type);
        const isRange = isInputObjectType(type) && 'gte' in type.getFields();
        return { isRange, values: valuesOf(each.name, type, ids).map((value) => `${each.name}: ${value}`) };
      })
    : [];
  const plain = conditions.filter(({ isRange }) => !isRange).map(({ values: [value] }) => value);
  const ranges = conditions.filter(({ isRange }) => isRange).map(({ values: [value] }) => value);
  const filters = [
    '',
    ...conditions.flatMap(({ values }) => values.map((value) => `filter: {${value}}`)),
    ...(plain.length > 1 ? [`filter: {${plain.join(', ')}}`] : []),
    ...ranges.map((range) => `filter: {${[range, ...plain].join(', ')}}`),
  ];
  const alone = filters.slice(1).filter(() => orders[0] !== '');
  return [...alone, ...orders.flatMap((order) => filters.map((filter) => [order, filter].filter(Boolean).join(', ')))];
}
const enumValues = (type: unknown): string[] => (isEnumType(type) ? type.getValues().map(({ name }) => name) : []);
