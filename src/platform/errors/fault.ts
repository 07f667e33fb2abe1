import type { Role } from '../access/actor.js';

/** What the log says of something that must not happen. */
export type Fault = Readonly<Record<string, unknown>>;

interface DatabaseFault {
  readonly code?: unknown;
  readonly schema?: unknown;
  readonly constraint?: unknown;
  readonly table?: unknown;
  readonly statement?: unknown;
}

const CODE = /^[A-Z0-9_]{3,40}$/;
/** Names that say what kind of mistake it was, and nothing of where. */
const NAMES = new Set(['TypeError', 'RangeError', 'ReferenceError', 'SyntaxError', 'AggregateError']);
/** Whose faults may be described. */
const DESCRIBED: readonly (Role | undefined)[] = ['FUNDER', 'STEWARD', 'ANALYST', 'SYSTEM'];
/** Tables of the schema `obstacles`, whose constraints bear their names also where the schema is not said. */
const OBSTACLE_MARK = /obstacle|^(entries|submissions|streams|handled_facts|shared|idempotency_outcomes)_/i;

/**
 * A fault as the log tells it. For a caller whose operations the log names, and for the service's own work: message,
 * statement, table and stack, which name files and SQL and never values (PostgreSQL puts those into `detail`, which is
 * left out). For everybody else, and wherever it has to do with obstacles: its kind and its code alone, since a
 * statement, a file name or a line number would tell who logs an obstacle.
 */
export function faultOf(fault: unknown, role?: Role): Fault {
  if (!(fault instanceof Error)) return plainFault(fault);
  const stack = stackOf(fault);
  if (!DESCRIBED.includes(role) || isAboutObstacles(fault, stack)) return plainFault(fault);
  const { code, constraint, table, statement } = fault as DatabaseFault;
  return {
    name: fault.name,
    message: typeof code === 'string' ? `SQLSTATE ${code}` : fault.message,
    code,
    constraint,
    table,
    statement,
    stack,
  };
}

/** Its kind and its code: no message, which may repeat a value. */
export function plainFault(fault: unknown): Fault {
  if (!(fault instanceof Error)) return { name: 'Error' };
  const { code } = fault as DatabaseFault;
  const name = NAMES.has(fault.name) ? fault.name : 'Error';
  return { name, ...(typeof code === 'string' && CODE.test(code) && { code }) };
}

function isAboutObstacles(fault: Error, stack: readonly string[]): boolean {
  const { schema, constraint, table, statement } = fault as DatabaseFault;
  return [schema, constraint, table, statement, fault.message, ...stack].some(
    (text) => typeof text === 'string' && OBSTACLE_MARK.test(text),
  );
}

function stackOf({ stack = '' }: Error): string[] {
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .map((line) => line.trim());
}
