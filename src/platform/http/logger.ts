import type { LoggerService } from '@nestjs/common';
import type { DestinationStream, Logger as Pino } from 'pino';
import { pino } from 'pino';
import { plainFault } from '../errors/fault.js';

const BUFFERED_BYTES = 4096;
const LONGEST_WAIT_MS = 200;
let destination: DestinationStream | undefined;

/**
 * Standard output, for all loggers of the process. Lines of a busy moment are written together: a write for each
 * request is a twentieth of its time. Only a kill -9 loses any, those of the last moment.
 */
export function logDestination(): DestinationStream {
  if (!destination) {
    const output = pino.destination({ dest: 1, sync: true, minLength: BUFFERED_BYTES });
    setInterval(() => output.flush(), LONGEST_WAIT_MS).unref();
    process.once('exit', () => output.flushSync());
    destination = output;
  }
  return destination;
}

/** Nest's logger interface over the one pino logger of the process. */
export class PinoLogger implements LoggerService {
  constructor(private readonly pino: Pino) {}

  log(message: unknown, context?: string): void {
    this.pino.debug(entry(message, context));
  }

  error(message: unknown, ...rest: (string | undefined)[]): void {
    // A framework that tells of an exception hands over its message and its stack; our own lines are objects.
    const said = rest.length > 1 && rest[0] !== undefined ? new Error() : message;
    this.pino.error(entry(said, rest.at(-1)));
  }

  warn(message: unknown, context?: string): void {
    this.pino.warn(entry(message, context));
  }
}

function entry(message: unknown, context?: string): object {
  // An error of PostgreSQL has the failing row among its properties.
  if (message instanceof Error) return { context, fault: plainFault(message) };
  return typeof message === 'object' && message !== null ? { context, ...message } : { context, msg: String(message) };
}
