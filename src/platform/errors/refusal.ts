import type { ErrorCode } from './codes.js';
import type { InvalidValue, KeyTrouble, RequestTrouble } from './reasons.js';
import type { ActionWord, StateWord } from './words.rules.js';

type Value = string | number;

export interface RefusalDetails {
  /** Where in the input, as field names and list positions. */
  readonly path?: readonly string[];
  /** Fills the message. */
  readonly parameters?: Readonly<Record<string, Value>>;
  /** Fields of the concrete error type, such as `currentVersion`. */
  readonly data?: Readonly<Record<string, Value>>;
}

/** One reason for saying no. */
export interface Reason extends RefusalDetails {
  readonly code: ErrorCode;
}

/** An expected no: undoes the transaction, and becomes `userErrors` in a mutation and a coded error elsewhere. */
export class Refusal extends Error {
  readonly reasons: readonly Reason[];

  constructor(reasons: readonly Reason[]) {
    super(reasons.map((reason) => reason.code).join(', '));
    this.reasons = reasons;
  }
}

export function refuse(code: ErrorCode, details: RefusalDetails = {}): Refusal {
  return new Refusal([{ code, ...details }]);
}

/** A value that one field does not take. */
export function invalidValue(
  path: readonly string[],
  why: InvalidValue,
  parameters: Readonly<Record<string, Value>> = {},
): Refusal {
  return refuse('INVALID_VALUE', { path, parameters: { ...parameters, why } });
}

/** Nobody is known to be calling. */
export function unauthenticated(why: KeyTrouble): Refusal {
  return refuse('UNAUTHENTICATED', { parameters: { why } });
}

/** A request that cannot be read. */
export function badRequest(why: RequestTrouble, parameters: Readonly<Record<string, Value>> = {}): Refusal {
  return refuse('BAD_REQUEST', { parameters: { ...parameters, why } });
}

/** Not the time for it: something is in a state in which this cannot be done. */
export function actionNotAllowed(action: ActionWord, state: StateWord, ...path: string[]): Refusal {
  return refuse('ACTION_NOT_ALLOWED', { path, parameters: { action, state } });
}

/** Absent and not yours are one answer. */
export function notFound(...path: string[]): Refusal {
  return refuse('NOT_FOUND', { path });
}
