import { cpus, loadavg, platform, release, totalmem } from 'node:os';

export function machine(postgres) {
  const processors = cpus();
  return {
    cpu: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release()}`,
    node: process.version,
    postgres,
  };
}

/** What else the machine was doing: beside the benchmark itself, which adds about its own number of cores. */
export function load() {
  return Math.round(loadavg()[0] * 10) / 10;
}
