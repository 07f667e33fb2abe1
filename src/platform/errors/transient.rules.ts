/**
 * What passes by itself: the database is away, full, busy or read-only, or PostgreSQL undid a statement for the sake of
 * another. Asking again is right, so callers are told `UNAVAILABLE`; everything else that goes wrong is a fault of ours.
 */

/** Classes of SQLSTATE: connection, resources, the operator, the system. */
const CLASSES = /^(08|53|57|58)/;
const STATES = new Set([
  '25006', // the server is read-only
  '25P03', // idle too long in a transaction
  '25P04', // a transaction that took too long
  '40001', // two transactions disagree
  '40P01', // a deadlock
  '55P03', // a lock that was not free in time
]);
const SQLSTATE = /^[0-9A-Z]{5}$/;

/** What Node says of a network that does not carry. */
const NETWORK = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN'],
  ...['EHOSTUNREACH', 'EHOSTDOWN', 'ENETUNREACH', 'ENETDOWN', 'ENETRESET'],
]);

/** What `pg` says of its own connections, without a code. */
const DRIVER = new RegExp(
  [
    '^Connection terminated',
    '^timeout exceeded when trying to connect$',
    '^timeout expired$',
    '^Query read timeout$',
    '^Client has encountered a connection error and is not queryable$',
    '^Client was closed and is not queryable$',
    '^Cannot use a pool after calling end on the pool$',
  ].join('|'),
);

/** No connection of the pool was free in the time that a request may wait. */
export class PoolExhausted extends Error {
  readonly code = 'POOL_EXHAUSTED';

  constructor() {
    super('No connection to the database was free in time');
  }
}

interface Told {
  readonly code?: unknown;
  readonly severity?: unknown;
  readonly syscall?: unknown;
}

export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as Told;
  if (isSqlState(error)) return CLASSES.test(code as string) || STATES.has(code as string);
  return error instanceof PoolExhausted || isNetwork(error) || (error.cause !== undefined && isTransient(error.cause));
}

/** Whether the connection it came over is of no more use. */
export function isConnectionLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { severity } = error as Told;
  return isSqlState(error) ? severity === 'FATAL' || severity === 'PANIC' : isNetwork(error);
}

function isNetwork(error: Error): boolean {
  const { code, syscall } = error as Told;
  // A server on a socket of the machine that is gone: ENOENT, EACCES and what else connecting can say.
  return (typeof code === 'string' && NETWORK.has(code)) || syscall === 'connect' || DRIVER.test(error.message);
}

/** An error of PostgreSQL. Node's own codes of five letters, such as EPIPE, belong to a system call. */
function isSqlState(error: Error): boolean {
  const { code, syscall } = error as Told;
  return typeof code === 'string' && SQLSTATE.test(code) && syscall === undefined && !NETWORK.has(code);
}
