import { plainFault } from './fault.js';

/**
 * What nobody caught ends the process, as Node does by itself. Node would print the whole error though, and an error of
 * PostgreSQL carries the failing row: here one line says what kind of error it was.
 */
export function endOnUnhandledFaults(): void {
  const end = (fault: unknown): void => {
    console.error(JSON.stringify({ level: 60, time: Date.now(), msg: 'unhandled', fault: plainFault(fault) }));
    process.exit(1);
  };
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
}
