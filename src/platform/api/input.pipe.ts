import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import type { ValidationError } from 'class-validator';
import { validateSync } from 'class-validator';
import type { Reason } from '../errors/refusal.js';
import { Refusal } from '../errors/refusal.js';

/** Makes a mutation's `input` an instance of its class, normalized and checked; all reasons are told at once. */
@Injectable()
export class InputPipe implements PipeTransform {
  transform(value: unknown, { data, metatype }: ArgumentMetadata): unknown {
    if (data !== 'input' || metatype === undefined) return value;
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
