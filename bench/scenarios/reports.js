import { inDatabase } from '../database.js';
import { Load } from '../load.js';
import { cpuMicroseconds, serverCpu, serverCpuSince } from '../processes.js';
import { shortReports } from '../short-reports.js';

export const MANY = 10_000;

/** A network's quarter in one go: 10,000 short reports, each shared, from a service that has just started. */
export async function measureReports({ service, database, options }) {
  const { requestOf, check } = await shortReports({ database, options });
  const before = await counts(database);
  const load = new Load(service.port, options.connections);
  await load.open();
  const cpu = cpuMicroseconds(service.pid);
  const databaseCpu = serverCpu(database.pid);
  const result = await load.runTimes(MANY, requestOf, check);
  result.cpu = (cpuMicroseconds(service.pid) - cpu) / MANY;
  result.databaseCpu = serverCpuSince(database.pid, databaseCpu) / MANY;
  load.close();
  const after = await counts(database);
  for (const kind of Object.keys(after)) {
    if (after[kind] - before[kind] !== MANY) throw new Error(`${after[kind] - before[kind]} ${kind}, not ${MANY}`);
  }
  return { result };
}

/** An answer is a promise: each of them must be there. */
function counts(database) {
  return inDatabase(database.ownerUrl, async (owner) => {
    const { rows } = await owner.query(
      `SELECT (SELECT count(*) FROM narrative_reports)::int AS reports, (SELECT count(*) FROM report_shares)::int AS shares,
         (SELECT count(*) FROM events WHERE type = 'REPORT_SHARED')::int AS events`,
    );
    return rows[0];
  });
}
