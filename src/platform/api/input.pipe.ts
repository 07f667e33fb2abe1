import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import type { ValidationError } from 'class-validator';
import { validateSync } from 'class-validator';
import { overlongArgument, overlongLists } from './list-bounds.js';
import type { Reason } from '../errors/refusal.js';
import { Refusal } from '../errors/refusal.js';

/** What Nest calls the arguments of a GraphQL field, as it does the body of a request. */
const ARGUMENTS = 'body';

/**
 * Makes a mutation's `input` an instance of its class, normalized and checked; all reasons are told at once. Lists are
 * counted first, here and in the arguments of queries: what is too long is refused before its items cost anything.
 */
@Injectable()
export class InputPipe implements PipeTransform {
  transform(value: unknown, { type, data, metatype }: ArgumentMetadata): unknown {
    if (data !== 'input' || metatype === undefined) {
      const overlong = type === ARGUMENTS ? overlongArgument(value, data === undefined ? [] : [data]) : null;
      if (overlong) throw new Refusal([overlong]);
      return value;
    }
    const overlong = overlongLists(metatype, value);
    if (overlong.length > 0) throw new Refusal(overlong);
    const input = plainToInstance(metatype, value) as object;
    const reasons = reasonsOf(validateSync(input, { forbidUnknownValues: false }), []);
    if (reasons.length > 0) throw new Refusal(reasons);
    return input;
  }
}

function reasonsOf(errors: readonly ValidationError[], parents: readonly string[]): Reason[] {
  return errors.flatMap(({ property, constraints, children }) => {
    const path = [...parents, property];
    const own = Object.values(constraints ?? {}).map((message) => ({ ...(JSON.parse(message) as Reason), path }));
    return [...own, ...reasonsOf(children ?? [], path)];
  });
}
