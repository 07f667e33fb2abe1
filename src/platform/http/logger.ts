import type { LoggerService } from '@nestjs/common';
import type { Logger as Pino } from 'pino';

/** Nest's logger interface over the one pino logger of the process. */
export class PinoLogger implements LoggerService {
  constructor(private readonly pino: Pino) {}

  log(message: unknown, context?: string): void {
    this.pino.debug(entry(message, context));
  }

  error(message: unknown, ...rest: string[]): void {
    this.pino.error(entry(message, rest.at(-1)));
  }

  warn(message: unknown, context?: string): void {
    this.pino.warn(entry(message, context));
  }
}

function entry(message: unknown, context?: string): object {
  return typeof message === 'object' && message !== null ? { context, ...message } : { context, msg: String(message) };
}
