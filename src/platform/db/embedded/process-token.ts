import { readFileSync } from 'node:fs';

/**
 * Names a process by pid and start time. A pid alone is not enough: after a kill -9 the number may belong to somebody
 * else, and in a container the restarted service usually gets the very same one.
 */
export function processToken(pid: number = process.pid): string {
  return `${pid} ${processStat(pid)?.startTime ?? '-'}`;
}

/** True while the process named by the token lives. A zombie does not count. */
export function isRunning(token: string): boolean {
  const pid = Number(token.split(' ')[0]);
  return pid > 0 && isAlive(pid) && processStat(pid)?.zombie !== true && processToken(pid) === token;
}

/** True when the number is taken, by whatever process. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** What Linux tells about a process; undefined when it is gone, and on other systems. */
export function processStat(pid: number): { command: string; zombie: boolean; startTime: string } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8'); // pid (command) state ppid ... ; the command may hold ')'
    const close = stat.lastIndexOf(')');
    const fields = stat.slice(close + 2).split(' ');
    return {
      command: stat.slice(stat.indexOf('(') + 1, close),
      zombie: fields[0] === 'Z' || fields[0] === 'X',
      startTime: fields[19],
    };
  } catch {
    return undefined;
  }
}
