import { Load } from './load.js';
import { cpuMicroseconds, serverCpu, serverCpuSince } from './processes.js';

const WARM_REQUESTS = 5_000;
const MOST_WARM_UPS = 5;

/**
 * Measures several servers by turns: each warms up, then they alternate in short slices, so that whatever else the
 * machine does meets them alike. Ratios are those of neighboring slices; figures are over all slices.
 */
export async function contest(contenders, { seconds, warmUp, rounds, connections, postmaster }) {
  const drivers = [];
  for (const contender of contenders) {
    const driver = contender.drive
      ? { run: contender.drive, close: () => undefined }
      : await overHttp(contender, connections);
    await warm(driver, warmUp);
    drivers.push(driver);
  }
  const slices = contenders.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, contender] of contenders.entries()) {
      const cpu = cpuMicroseconds(contender.pid);
      const database = serverCpu(postmaster);
      const result = await drivers[i].run(seconds / rounds);
      result.cpu = (cpuMicroseconds(contender.pid) - cpu) / result.count;
      result.databaseCpu = serverCpuSince(postmaster, database) / result.count;
      slices[i].push(result);
    }
  }
  for (const driver of drivers) driver.close();
  return contenders.map((contender, i) => ({
    name: contender.name,
    ...summary(slices[i]),
    ratioTo: Object.fromEntries(
      contenders.map((other, j) => [other.name, median(slices[i].map((slice, r) => slice.rps / slices[j][r].rps))]),
    ),
  }));
}

/** Code is compiled by how often it runs, so on a slow or busy machine warming up takes longer. */
async function warm(driver, seconds) {
  let count = 0;
  for (let spent = 0; spent === 0 || (count < WARM_REQUESTS && spent < MOST_WARM_UPS); spent++) {
    count += (await driver.run(seconds)).count;
  }
}

async function overHttp({ port, requestOf, check }, connections) {
  const load = new Load(port, connections);
  await load.open();
  return { run: (seconds) => load.run(seconds, requestOf, check), close: () => load.close() };
}

export function summary(slices) {
  const count = slices.reduce((sum, slice) => sum + slice.count, 0);
  const weighted = (of) => slices.reduce((sum, slice) => sum + of(slice) * slice.count, 0) / count;
  return {
    rps: count / slices.reduce((sum, slice) => sum + slice.seconds, 0),
    cpu: weighted((slice) => slice.cpu),
    databaseCpu: weighted((slice) => slice.databaseCpu),
    p50: median(slices.map((slice) => slice.p50)),
    p99: Math.max(...slices.map((slice) => slice.p99)),
  };
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
