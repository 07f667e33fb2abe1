import { readFileSync, readdirSync } from 'node:fs';
import { parseSync } from '@swc/core';

const HOME = 'node_modules/graphql';
/** Rules about schemas, which no caller writes. */
const ABOUT_SCHEMAS =
  /^(LoneSchemaDefinition|UniqueOperationTypes|UniqueTypeNames|UniqueEnumValueNames|UniqueFieldDefinitionNames|UniqueArgumentDefinitionNames|UniqueDirectiveNames|PossibleTypeExtensions)/;
/** Stands for a name or a value. */
const SAMPLE = '7';

/** A node of the syntax tree of swc. Only what is read here is named. */
interface Node {
  readonly type: string;
  readonly callee?: Node;
  readonly arguments?: readonly { readonly expression: Node }[];
  readonly expression?: Node;
  readonly expressions?: readonly Node[];
  readonly property?: Node;
  readonly key?: Node;
  readonly value?: string;
  readonly left?: Node;
  readonly right?: Node;
  readonly consequent?: Node;
  readonly alternate?: Node;
  readonly quasis?: readonly { readonly cooked: string }[];
}

/** Every sentence that graphql-js can say of a caller's document or values, read from its own source. */
export function graphqlSentences(): string[] {
  const rules = readdirSync(`${HOME}/validation/rules`).filter(
    (name) => name.endsWith('Rule.js') && !ABOUT_SCHEMAS.test(name),
  );
  const files = [
    ...rules.map((name) => `validation/rules/${name}`),
    ...['language/parser.js', 'language/lexer.js', 'execution/values.js', 'utilities/coerceInputValue.js'],
    'type/scalars.js',
  ];
  return [...new Set(files.flatMap(sentencesOf))].sort();
}

function sentencesOf(file: string): string[] {
  const found: string[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(visit);
    if (typeof node !== 'object' || node === null) return;
    const { type, callee, arguments: given = [], key } = node as Node;
    // What is said of an answer would be a fault of the service.
    if (key && nameOf(key) === 'serialize') return;
    const called = (type === 'NewExpression' || type === 'CallExpression') && callee ? nameOf(callee) : '';
    if (called === 'GraphQLError' && given[0]) found.push(...variants(given[0].expression));
    if (called === 'syntaxError') found.push(...variants(given[2].expression).map((text) => `Syntax Error: ${text}`));
    Object.values(node).forEach(visit);
  };
  visit(parseSync(readFileSync(`${HOME}/${file}`, 'utf8'), { syntax: 'ecmascript' }));
  return found.filter((text) => /[a-z]{3}/.test(text));
}

/** The last name of `GraphQLError`, `_GraphQLError.GraphQLError` and `(0, _syntaxError.syntaxError)`. */
function nameOf({ type, value, property, expression, expressions }: Node): string {
  if (type === 'Identifier') return value ?? '';
  if (type === 'MemberExpression') return nameOf(property!);
  if (type === 'ParenthesisExpression') return nameOf(expression!);
  return type === 'SequenceExpression' ? nameOf(expressions!.at(-1)!) : '';
}

function variants(node: Node): string[] {
  if (node.type === 'StringLiteral') return [node.value ?? ''];
  if (node.type === 'TemplateLiteral') return [node.quasis!.map(({ cooked }) => cooked).join(SAMPLE)];
  if (node.type === 'ParenthesisExpression') return variants(node.expression!);
  if (node.type === 'ConditionalExpression') return [...variants(node.consequent!), ...variants(node.alternate!)];
  if (node.type === 'BinaryExpression') {
    return variants(node.left!).flatMap((one) => variants(node.right!).map((other) => one + other));
  }
  // A suggestion is a sentence of its own.
  const name = node.type === 'CallExpression' ? nameOf(node.callee!) : nameOf(node);
  return [/didYouMean|suggestion/i.test(name) ? '' : SAMPLE];
}
