import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HOME, inDatabase, openBenchDatabase } from './database.js';
import { load, machine } from './machine.js';
import { readOptions } from './options.js';
import { memory, startService } from './processes.js';
import { report } from './report.js';
import { measureDepth } from './scenarios/depth.js';
import { measureHalfLoad, measurePage } from './scenarios/page.js';
import { measureReports } from './scenarios/reports.js';
import { measureStart } from './scenarios/start.js';
import { measureSubmit } from './scenarios/submit.js';

const RESULTS = join(import.meta.dirname, 'results.json');
const log = (line) => console.error(line);

const options = readOptions(process.argv.slice(2));
const wants = (scenario) => options.only.has(scenario);
const results = { at: new Date().toISOString(), seconds: options.seconds, connections: options.connections };
const timed = async (name, measure) => {
  log(`${name} ...`);
  results[name] = { ...(await measure()), load: load() };
};

let database = await openBenchDatabase({ rebuild: options.rebuild, log });
results.machine = machine(
  (await inDatabase(database.ownerUrl, (c) => c.query('SHOW server_version'))).rows[0].server_version,
);
let service;
try {
  if (wants('start')) {
    // The service starts the embedded server itself, so nobody else may hold it.
    await database.stop();
    await timed('start', () => measureStart(options));
    database = await openBenchDatabase({ rebuild: false, log });
  }
  if (options.only.size > (wants('start') ? 1 : 0)) {
    service = await startService(HOME, { profile: options.profile });
    const run = { service, database, options };
    if (wants('page')) await timed('page', () => measurePage(run));
    if (wants('half-load')) await timed('halfLoad', () => measureHalfLoad(run, results.page?.results[0].rps));
    if (wants('depth')) await timed('depth', () => measureDepth(run));
    if (wants('submit')) await timed('submit', () => measureSubmit(run));
    if (wants('reports')) await timed('reports', () => measureReports(run));
    if (wants('memory')) results.memory = memory(service.pid);
  }
} finally {
  await service?.stop();
  await database.stop();
}
writeFileSync(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
console.log(report(results));
process.exit();
