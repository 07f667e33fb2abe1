import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRunning, processToken } from './process-token.js';

/**
 * The processes that use one embedded server: the service, and commands run beside it. The last one to leave stops the
 * server, whoever started it. One file each, so that a process killed with -9 leaves nothing but a name that is no
 * longer running.
 */
export class Holders {
  constructor(private readonly directory: string) {
    mkdirSync(directory, { recursive: true });
  }

  /** Registers this process and returns the way to leave. */
  join(): () => void {
    const file = join(this.directory, `${process.pid}-${randomBytes(4).toString('hex')}`);
    writeFileSync(file, processToken());
    return () => rmSync(file, { force: true });
  }

  /** True while a registered process lives. Forgets those that do not. */
  any(): boolean {
    const files = readdirSync(this.directory).map((name) => join(this.directory, name));
    const living = files.filter((file) => isRunning(readFileSync(file, 'utf8')));
    for (const file of files) if (!living.includes(file)) rmSync(file, { force: true });
    return living.length > 0;
  }
}
