import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import type { ServiceProcess } from './service-process.js';

const TRIES = 40;
/** Between two tries, so that they do not all fall into one busy moment of the machine. */
const PAUSE_MS = 50;

/**
 * How long the main thread of another process was busy with some work, in milliseconds: the time for which nobody else
 * is answered. It is the time on a processor, as the kernel counts it, so it leaves out the test itself, the database
 * and the waiting for a processor that other programs use. The best of several tries, since the compiler and the garbage
 * collector work when they like; the first try that is good enough is the last.
 */
export async function leastBusy(
  service: ServiceProcess,
  enough: number,
  work: () => Promise<unknown>,
): Promise<number> {
  let least = Infinity;
  for (let attempt = 0; attempt < TRIES && least >= enough; attempt++) {
    const before = processorTime(service);
    await work();
    least = Math.min(least, processorTime(service) - before);
    if (least >= enough) await setTimeout(PAUSE_MS);
  }
  return least;
}

function processorTime({ child: { pid } }: ServiceProcess): number {
  return Number(readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
}
