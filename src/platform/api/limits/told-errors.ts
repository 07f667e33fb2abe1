import {
  GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLFormattedError,
  type GraphQLSchema,
  isObjectType,
} from 'graphql';
import { Refusal, refuse } from '../../errors/refusal.js';

/** So many errors are told in one answer, as so many reasons of a mutation are. */
export const MOST_ERRORS = 50;

/** Graphql counts the lines before the field for each error it puts into its place: 4,900 of them took 450 ms. It leaves an error that has a path. */
const FURTHER = new GraphQLError('There are more errors.', { path: [] });

/** As many are put into their places, to be told in the order of the document: in that in which they came, answers to one query would differ. */
const MOST_PLACED = 4 * MOST_ERRORS;

/** How many fields were refused, by what is one object in each execution: its variables. */
const refusals = new WeakMap<object, number>();

/** After that many refusals, a field is refused without being put into its place. */
export function withCheapRefusals(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      if (field.resolve && field.args.length > 0) field.resolve = cheaplyRefused(field.resolve);
    }
  }
  return schema;
}

type Resolver = GraphQLFieldResolver<unknown, unknown>;

function cheaplyRefused(resolve: Resolver): Resolver {
  return (source, args, context, info) => {
    const refused = (error: unknown): never => {
      if (!(error instanceof Refusal)) throw error;
      const before = refusals.get(info.variableValues) ?? 0;
      refusals.set(info.variableValues, before + 1);
      throw before < MOST_PLACED ? error : FURTHER;
    };
    try {
      const answer: unknown = resolve(source, args, context, info);
      return answer instanceof Promise ? answer.catch(refused) : answer;
    } catch (error) {
      return refused(error);
    }
  };
}

/** Words of the caller's are told as long as a person would read them, and places as many. */
const LONGEST_MESSAGE = 1_000;
const MOST_PLACES = 20;

/** The error without what only repeats a long request: graphql quotes whole values, and names each place of a conflict. */
export function shortened(error: GraphQLFormattedError): GraphQLFormattedError {
  const { message, locations, extensions } = error;
  const argument = extensions?.argument as readonly string[] | undefined;
  return {
    ...error,
    message: cut(message, LONGEST_MESSAGE),
    ...(locations && { locations: locations.slice(0, MOST_PLACES) }),
    ...(argument && {
      extensions: { ...extensions, argument: argument.slice(0, MOST_PLACES).map((step) => cut(step, LONGEST_MESSAGE)) },
    }),
  };
}

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most).toWellFormed()}…` : text;
}

/** Puts the errors into the order of the document, and leaves as many as an answer tells, faults first; the last one says how many more there are. */
export function keepFirst(errors: GraphQLError[]): void {
  errors.sort(byPlace);
  if (errors.length <= MOST_ERRORS) return;
  const isFault = ({ originalError }: GraphQLError): boolean =>
    originalError !== undefined && !(originalError instanceof Refusal);
  const told = [...errors.filter(isFault), ...errors.filter((error) => !isFault(error) && error !== FURTHER)];
  const kept = told.slice(0, MOST_ERRORS - 1);
  const originalError = refuse('MORE_ERRORS', { parameters: { more: errors.length - kept.length } });
  errors.splice(0, errors.length, ...kept, new GraphQLError(originalError.message, { originalError }));
}

/** Which of two fields was read first is chance. What has no place stays where it is among its like, behind the others. */
function byPlace(one: GraphQLError, other: GraphQLError): number {
  const [[place, path], [otherPlace, otherPath]] = [one, other].map(placeOf);
  return place - otherPlace || (path < otherPath ? -1 : path > otherPath ? 1 : 0);
}

function placeOf({ locations, path }: GraphQLError): [place: number, path: string] {
  const [start] = locations ?? [];
  return [start ? start.line * 1e6 + start.column : Infinity, (path ?? []).join('.')];
}
