/**
 * What this process took of a processor for some work, in milliseconds. Unlike a clock it leaves out the waiting for a
 * processor that other programs use, so a bound on it holds on a busy machine too.
 */
export function processorMs(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
