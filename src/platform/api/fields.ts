import { applyDecorators } from '@nestjs/common';
import { Field, ID, Int } from '@nestjs/graphql';
import { Transform, Type as NestedType } from 'class-transformer';
import { ValidateIf, ValidateNested, registerDecorator } from 'class-validator';
import type { Reason } from '../errors/refusal.js';
import type { IdKind } from './ids.js';
import { ID_PREFIXES, parseId } from './ids.js';
import { Bounded } from './list-bounds.js';
import type { TextLimits } from './text.rules.js';
import { normalizeText, textProblem } from './text.rules.js';

/** One declaration for a field of an input: its GraphQL type, its description and its rule. */
interface FieldOptions {
  readonly description?: string;
  readonly nullable?: boolean;
}
type Check = (value: unknown) => Reason | null;

/** The reason travels through class-validator as the JSON of its message. */
function rule(name: string, check: Check): PropertyDecorator {
  return (target, property) => {
    // class-validator asks for the message right after the value was refused: what was counted is not counted again.
    let refused: Reason | null = null;
    registerDecorator({
      name,
      target: target.constructor,
      propertyName: property as string,
      validator: {
        validate: (value: unknown) => {
          refused = value === null || value === undefined ? null : check(value);
          return refused === null;
        },
        defaultMessage: () => JSON.stringify(refused),
      },
    });
  };
}

export const normalized = (value: unknown): unknown => {
  if (typeof value === 'string') return normalizeText(value);
  return Array.isArray(value) ? value.map(normalized) : value;
};

function checkText(value: unknown, limits: TextLimits): Reason | null {
  const problem = typeof value === 'string' ? textProblem(value, limits) : null;
  if (!problem) return null;
  const { code, ...parameters } = problem;
  return { code, parameters: parameters };
}

/**
 * Text as NFC without surrounding space; limits are graphemes, what a person counts as characters. `check` is a rule of its
 * own for a text that is within them.
 */
export function TextField({
  min = 1,
  max,
  check = () => null,
  ...options
}: FieldOptions & { min?: number; max: number; check?: (text: string) => Reason | null }): PropertyDecorator {
  const description = [options.description, `At most ${max} characters.`].filter(Boolean).join(' ');
  return applyDecorators(
    Field(() => String, { ...options, description }),
    Transform(({ value }) => normalized(value)),
    rule('text', (value) => checkText(value, { min, max }) ?? (typeof value === 'string' ? check(value) : null)),
  );
}

export function TextListField({
  min = 1,
  max,
  most,
  least = 0,
  ...options
}: FieldOptions & { min?: number; max: number; most: number; least?: number }): PropertyDecorator {
  const description = [options.description, `At most ${most}, of at most ${max} characters each.`]
    .filter(Boolean)
    .join(' ');
  return applyDecorators(
    Field(() => [String], { ...options, description }),
    Bounded({ most }),
    Transform(({ value }) => normalized(value)),
    rule('texts', (value) => tooFew(value, least) ?? firstReason(value, (item) => checkText(item, { min, max }))),
  );
}

/** An id of one kind; inside it is the UUID. */
export function IdField(kind: IdKind, options: FieldOptions = {}): PropertyDecorator {
  return applyDecorators(
    Field(() => ID, options),
    Transform(({ value }) => readId(kind, value)),
    rule('id', (value) => idReason(kind, value)),
  );
}

export function IdListField(
  kind: IdKind,
  { most, least = 0, ...options }: FieldOptions & { most: number; least?: number },
): PropertyDecorator {
  return applyDecorators(
    Field(() => [ID], options),
    Bounded({ most }),
    Transform(({ value }: { value: unknown }) =>
      Array.isArray(value) ? value.map((item) => readId(kind, item)) : value,
    ),
    rule('ids', (value) => tooFew(value, least) ?? firstReason(value, (item) => idReason(kind, item))),
  );
}

/** A malformed id stays what it was, and its rule refuses it by its form. */
function readId(kind: IdKind, value: unknown): unknown {
  return typeof value === 'string' ? (parseId(kind, value) ?? `malformed:${value}`) : value;
}

function idReason(kind: IdKind, value: unknown): Reason | null {
  if (typeof value !== 'string' || !value.startsWith('malformed:')) return null;
  return { code: 'INVALID_ID', parameters: { expected: `${ID_PREFIXES[kind]}_…` } };
}

export function IntField({ min, max, ...options }: FieldOptions & { min: number; max: number }): PropertyDecorator {
  const description = [options.description, `From ${min} to ${max}.`].filter(Boolean).join(' ');
  return applyDecorators(
    Field(() => Int, { ...options, description }),
    rule('range', (value) =>
      (value as number) >= min && (value as number) <= max
        ? null
        : { code: 'NUMBER_OUT_OF_RANGE', parameters: { least: min, most: max } },
    ),
  );
}

/** Null where GraphQL allows it: there is nothing inside to look at. */
const UnlessNull = (): PropertyDecorator => ValidateIf((_, value) => value !== null && value !== undefined);

/** An input inside an input. */
export function NestedField(type: () => new () => object, options: FieldOptions = {}): PropertyDecorator {
  return applyDecorators(Field(type, options), Bounded({ type }), NestedType(type), UnlessNull(), ValidateNested());
}

export function NestedListField(
  type: () => new () => object,
  { most, least = 0, ...options }: FieldOptions & { most: number; least?: number },
): PropertyDecorator {
  return applyDecorators(
    Field(() => [type()], options),
    Bounded({ most, type }),
    NestedType(type),
    UnlessNull(),
    ValidateNested({ each: true }),
    rule('count', (value) => tooFew(value, least)),
  );
}

/** Too many are refused earlier, by what `Bounded` tells, before anything is done with the items. */
function tooFew(value: unknown, least: number): Reason | null {
  if (!Array.isArray(value) || value.length >= least) return null;
  return { code: 'TOO_FEW_ITEMS', parameters: { limit: least, actual: value.length } };
}

function firstReason(value: unknown, check: Check): Reason | null {
  if (!Array.isArray(value)) return null;
  for (const item of value) {
    const reason = check(item);
    if (reason) return reason;
  }
  return null;
}

/** For a rule of one feature: `check` answers the reason to refuse, or null. */
export function CheckedField(type: () => unknown, check: Check, options: FieldOptions = {}): PropertyDecorator {
  return applyDecorators(Field(type as never, options), rule('checked', check));
}
