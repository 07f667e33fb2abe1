import type { Reason } from '../errors/refusal.js';

type InputClass = abstract new () => object;

/** What is known of a field before anything inside is looked at: how long the list is, and what an item or the input is. */
interface Bounds {
  readonly most?: number;
  readonly type?: () => InputClass;
}

/** By the prototype that declares the fields: a class has those of its parents too. */
const declared = new Map<object, Map<string, Bounds>>();

/** For the field decorators of lists and of inputs inside inputs. */
export function Bounded(bounds: Bounds): PropertyDecorator {
  return (target, property) => {
    const fields = declared.get(target) ?? new Map<string, Bounds>();
    declared.set(target, fields.set(property as string, bounds));
  };
}

/**
 * The lists of an input that are too long. It is asked before any item is made into an object, normalized or checked:
 * 10,000 sections took 0.6 seconds to be refused one by one. Nothing is looked at in a list that is too long.
 */
export function overlongLists(type: InputClass, input: unknown, path: readonly string[] = []): Reason[] {
  if (typeof input !== 'object' || input === null) return [];
  return fieldsOf(type).flatMap(([name, { most, type: inner }]) => {
    const value = (input as Record<string, unknown>)[name];
    const place = [...path, name];
    if (!Array.isArray(value)) return inner ? overlongLists(inner(), value, place) : [];
    if (most !== undefined && value.length > most) return [tooMany(value.length, most, place)];
    return inner ? value.flatMap((item, i) => overlongLists(inner(), item, [...place, String(i)])) : [];
  });
}

function fieldsOf(type: InputClass): [string, Bounds][] {
  const fields: [string, Bounds][] = [];
  let prototype = type.prototype as object | null;
  while (prototype) {
    fields.push(...(declared.get(prototype) ?? []));
    prototype = Object.getPrototypeOf(prototype) as object | null;
  }
  return fields;
}

/** What a condition or a call names at once: more than there are countries, and few enough for one statement. */
const MOST_NAMED = 300;

/** The first list of a query's arguments that is too long, however deep it lies in a filter. */
export function overlongArgument(value: unknown, path: readonly string[] = []): Reason | null {
  if (Array.isArray(value)) return value.length > MOST_NAMED ? tooMany(value.length, MOST_NAMED, path) : null;
  if (typeof value !== 'object' || value === null || value instanceof Date) return null;
  for (const [name, inner] of Object.entries(value)) {
    const reason = overlongArgument(inner, [...path, name]);
    if (reason) return reason;
  }
  return null;
}

function tooMany(actual: number, limit: number, path: readonly string[]): Reason {
  return { code: 'TOO_MANY_ITEMS', path, parameters: { limit, actual } };
}
