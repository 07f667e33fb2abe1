import { contest } from '../contest.js';
import { countStatements } from '../database.js';
import { Load } from '../load.js';
import { startBare } from '../processes.js';
import { shortReports, TEXT } from '../short-reports.js';

const COUNTED = 20;

/** A portal's short report, shared with one funder: idempotent, with its events and the job that reminds. */
export async function measureSubmit({ service, database, options }) {
  const { writers, agreements, requestOf, check } = await shortReports({ database, options });
  const contender = { ...service, requestOf, check };
  const statements = await countStatements(database.ownerUrl, async () => {
    const load = new Load(service.port, 1);
    await load.open();
    for (let i = 0; i < COUNTED; i++) check(await load.connections[0].send(requestOf(0, i)));
    load.close();
  });
  const bare = await startBare('bare-write.js', {
    name: 'bare pg loop',
    appUrl: database.appUrl,
    connections: options.connections,
    writers: writers.map(({ id }) => ({ keyId: id, agreements: agreements.get(id) })),
    text: TEXT,
  });
  bare.drive = (seconds) => bare.ask({ seconds });
  let results;
  try {
    results = await contest([contender, bare], { ...options, postmaster: database.pid });
  } finally {
    await bare.stop();
  }
  return {
    results,
    statements: statements
      .filter(({ calls }) => calls >= COUNTED / 2)
      .map(({ query, calls, ms }) => ({ query, calls: calls / COUNTED, ms: ms / calls })),
  };
}
