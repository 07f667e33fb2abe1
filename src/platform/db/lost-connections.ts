import { Logger } from '@nestjs/common';
import type pg from 'pg';
import { plainFault } from '../errors/fault.js';

/**
 * A connection that breaks is replaced by the next request, and the statement on it fails by itself; without listeners
 * the error event of an idle one (the pool) or of a busy one (the client) would end the process.
 */
export function surviveLostConnections(pool: pg.Pool): void {
  const lost = (error: Error): void =>
    new Logger('Database').warn({ msg: 'connection lost', fault: plainFault(error) });
  pool.on('error', lost);
  pool.on('connect', (client) => client.on('error', lost));
}
