import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { UsageError } from '../cli/session.js';
import type { SimulationOptions } from './simulate.js';

export const LIMITS = { grantees: 20_000, quarters: 20, seed: 2 ** 31 - 1 };
const LEAST = { grantees: 1, quarters: 1, seed: 0 };

export interface CommandOptions extends SimulationOptions {
  readonly home: string;
  readonly isToServe: boolean;
}

/** Refuses with a `UsageError` what is no option, or out of its limits. */
export function readOptions(args: string[]): CommandOptions {
  try {
    const { values } = parseArgs({
      args,
      options: {
        grantees: { type: 'string', default: '2000' },
        quarters: { type: 'string', default: '8' },
        seed: { type: 'string', default: '1' },
        home: { type: 'string', default: '.goodfaith-simulation' },
        serve: { type: 'boolean', default: false },
      },
    });
    return {
      grantees: numberOf('grantees', values.grantees),
      quarters: numberOf('quarters', values.quarters),
      seed: numberOf('seed', values.seed),
      home: path.resolve(values.home),
      isToServe: values.serve,
    };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function numberOf(name: keyof typeof LIMITS, text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= LEAST[name] && value <= LIMITS[name]) return value;
  throw new Error(`--${name} is "${text}", but must be a whole number from ${LEAST[name]} to ${LIMITS[name]}.`);
}
