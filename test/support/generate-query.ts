import fc from 'fast-check';
import {
  type GraphQLArgument,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  parse,
  validate,
} from 'graphql';

export interface GeneratedQuery {
  query: string;
  variables: Record<string, unknown>;
}

export interface QueryOptions {
  /** Levels of nested fields; default 4. */
  maxDepth?: number;
  /** JSON values of custom scalars, by name. A string literal is made of each; default some short text. */
  scalars?: Record<string, readonly (string | number | boolean)[]>;
  /** Root fields to leave alone. */
  except?: readonly string[];
  /** Whether it asks or changes; default `query`. */
  operation?: 'query' | 'mutation';
}

type Generate = ReturnType<typeof fc.gen> extends fc.Arbitrary<infer G> ? G : never;

/**
 * Valid queries or mutations over any schema: aliases, merged fields, fragments and inline fragments, `__typename`, `@skip` and
 * `@include`, arguments as literals, as variables and as literals with variables in them; variables are given,
 * missing, null, left to their default, and now and then of the wrong type.
 */
export function arbitraryQuery(schema: GraphQLSchema, options: QueryOptions = {}): fc.Arbitrary<GeneratedQuery> {
  return fc.gen().map((generate) => {
    // Fields of one name that do not merge are left to chance. (`filter` would try the same random numbers again.)
    for (let attempt = 0; attempt < 50; attempt++) {
      const written = new QueryWriter(schema, options, generate).write();
      if (validate(schema, parse(written.query)).length === 0) return written;
    }
    return { query: '{ __typename }', variables: {} };
  });
}

class QueryWriter {
  private readonly variables: Record<string, unknown> = {};
  private readonly definitions: string[] = [];
  private readonly fragments: { name: string; on: string; depth: number; text: string }[] = [];
  private aliases = 0;
  /** fast-check likes extremes: without a bound, a run of zeros would nest fragments for ever. */
  private budget = 60;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly options: QueryOptions,
    private readonly generate: Generate,
  ) {}

  write(): GeneratedQuery {
    const { operation = 'query', maxDepth = 4 } = this.options;
    const root = operation === 'query' ? this.schema.getQueryType() : this.schema.getMutationType();
    const selection = this.selectionSet(root!, maxDepth);
    const variables = this.definitions.length ? `(${this.definitions.join(', ')})` : '';
    const head = `${operation} Generated${variables}`;
    const fragments = this.fragments.map(({ name, on, text }) => `fragment ${name} on ${on} ${text}`);
    return { query: [`${head} ${selection}`, ...fragments].join('\n'), variables: this.variables };
  }

  private selectionSet(type: GraphQLNamedType, depth: number, suffix = ''): string {
    const count = this.budget > 0 ? this.upTo(3) + 1 : 1;
    const selections = Array.from({ length: count }, () => this.selection(type, depth, suffix));
    return `{ ${selections.join(' ')} }`;
  }

  private selection(type: GraphQLNamedType, depth: number, suffix: string): string {
    const roll = this.budget-- > 0 ? this.upTo(9) : 9;
    if (isAbstractType(type) ? roll < 5 : roll === 0) return this.fragment(type, depth, suffix);
    if (roll === 9 || (!isObjectType(type) && !isInterfaceType(type))) return `__typename${this.condition()}`;
    const fields = Object.values(type.getFields()).filter((field) => {
      const deeper = isCompositeType(getNamedType(field.type));
      return (depth > 1 || !deeper) && !this.options.except?.includes(field.name);
    });
    if (!fields.length) return '__typename';
    const field = this.pick(fields);
    const named = getNamedType(field.type);
    const args = this.argumentList(field.args);
    // Fields with arguments never merge; those of sibling types under one name may differ in type.
    const alias = args || this.upTo(4) === 0 ? `x${this.aliases++}: ` : suffix ? `${field.name}${suffix}: ` : '';
    const below = isCompositeType(named) ? ` ${this.selectionSet(named, depth - 1)}` : '';
    return `${alias}${field.name}${args}${this.condition()}${below}`;
  }

  private fragment(type: GraphQLNamedType, depth: number, suffix: string): string {
    const possible = isAbstractType(type) ? this.schema.getPossibleTypes(type) : [];
    const target = possible.length && this.upTo(3) ? this.pick(possible) : type;
    const own = target === type ? suffix : `On${target.name}`;
    if (this.upTo(2)) {
      const on = target === type && this.upTo(1) ? '' : `on ${target.name} `;
      return `... ${on}${this.condition()} ${this.selectionSet(target, depth, own)}`;
    }
    const reusable = this.fragments.filter((each) => each.on === target.name && each.depth <= depth);
    if (reusable.length && this.upTo(2)) return `...${this.pick(reusable).name}${this.condition()}`;
    const text = this.selectionSet(target, depth, own);
    const name = `F${this.fragments.length}`;
    this.fragments.push({ name, on: target.name, depth, text });
    return `...${name}${this.condition()}`;
  }

  private condition(): string {
    const roll = this.upTo(11);
    if (roll > 1) return '';
    const directive = roll ? 'skip' : 'include';
    if (this.upTo(2) === 0) return ` @${directive}(if: ${this.upTo(1) === 1})`;
    const nullable = this.upTo(3) === 0;
    const name = this.declare(nullable ? 'Boolean = true' : 'Boolean!');
    const given = this.upTo(19);
    if (nullable && given < 4) return ` @${directive}(if: $${name})`;
    this.variables[name] = given === 19 ? null : this.upTo(1) === 1;
    return ` @${directive}(if: $${name})`;
  }

  private argumentList(args: readonly GraphQLArgument[]): string {
    const given = args.filter((arg) => isRequiredArgument(arg) || this.upTo(1));
    if (!given.length) return '';
    return `(${given.map((arg) => `${arg.name}: ${this.input(arg.type)}`).join(', ')})`;
  }

  private input(type: GraphQLInputType): string {
    return this.upTo(2) === 0 ? this.variable(type) : this.literal(type);
  }

  private variable(type: GraphQLInputType): string {
    const optional = !isNonNullType(type);
    const withDefault = this.upTo(3) === 0;
    const bare = isNonNullType(type) ? type.ofType : type;
    const name = this.declare(withDefault ? `${String(bare)} = ${this.constant(bare)}` : String(type));
    const roll = this.upTo(29);
    if (roll === 0) this.variables[name] = { wrong: [name] };
    else if ((optional || withDefault) && roll < 6) return `$${name}`;
    else this.variables[name] = (optional || roll === 6) && roll < 9 ? null : this.json(bare);
    return `$${name}`;
  }

  private declare(type: string): string {
    const name = `v${this.definitions.length}`;
    this.definitions.push(`$${name}: ${type}`);
    return name;
  }

  private constant(type: GraphQLInputType): string {
    return literalOf(this.json(type), type);
  }

  private literal(type: GraphQLInputType): string {
    if (!isNonNullType(type) && this.upTo(7) === 0) return 'null';
    const bare = isNonNullType(type) ? type.ofType : type;
    if (isListType(bare)) return `[${this.times(2, () => this.input(bare.ofType)).join(', ')}]`;
    if (!isInputObjectType(bare)) return this.constant(bare);
    const fields = Object.values(bare.getFields()).filter((field) => isRequiredInputField(field) || this.spends());
    return `{${fields.map((field) => `${field.name}: ${this.input(field.type)}`).join(', ')}}`;
  }

  private json(type: GraphQLInputType): unknown {
    if (!isNonNullType(type) && this.upTo(9) === 0) return null;
    const bare = isNonNullType(type) ? type.ofType : type;
    if (isListType(bare)) return this.times(2, () => this.json(bare.ofType));
    if (isEnumType(bare)) return this.pick(bare.getValues()).name;
    if (isInputObjectType(bare)) {
      const fields = Object.values(bare.getFields()).filter((field) => isRequiredInputField(field) || this.spends());
      return Object.fromEntries(fields.map((field) => [field.name, this.json(field.type)]));
    }
    const own = this.options.scalars?.[(bare as GraphQLNamedType).name];
    if (own) return this.pick(own);
    switch ((bare as GraphQLNamedType).name) {
      case 'Int':
        return this.upTo(20);
      case 'Float':
        return this.upTo(20) / 4;
      case 'Boolean':
        return this.upTo(1) === 1;
      default:
        return this.pick(['', 'a', 'b "quoted"\n', 'é\u2028']);
    }
  }

  private times<T>(most: number, make: () => T): T[] {
    return Array.from({ length: this.budget > 0 ? this.upTo(most) : 0 }, make);
  }

  private spends(): boolean {
    return this.budget-- > 0 && this.upTo(1) === 1;
  }

  private pick<T>(from: readonly T[]): T {
    return from[this.upTo(from.length - 1)];
  }

  private upTo(most: number): number {
    return this.generate(fc.nat, { max: most });
  }
}

function literalOf(value: unknown, type: GraphQLInputType): string {
  if (value === null) return 'null';
  const bare = isNonNullType(type) ? type.ofType : type;
  if (isListType(bare)) return `[${(value as unknown[]).map((item) => literalOf(item, bare.ofType)).join(', ')}]`;
  if (isEnumType(bare)) return value as string;
  if (isInputObjectType(bare)) {
    const fields = Object.entries(value as Record<string, unknown>);
    return `{${fields.map(([name, each]) => `${name}: ${literalOf(each, bare.getFields()[name].type)}`).join(', ')}}`;
  }
  return JSON.stringify(value);
}
