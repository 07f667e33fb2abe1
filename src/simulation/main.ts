import type { AppOptions } from '../app.module.js';
import { createApp } from '../app.js';
import { command } from '../cli/session.js';
import { readConfig } from '../config.js';
import { openDatabase } from '../local-database.js';
import { summaryOf, tableOf } from './comparison-table.js';
import { FIRST_YEAR, simulate } from './simulate.js';
import { emptySimulationHome } from './simulation-home.js';
import { LIMITS, readOptions } from './simulation-options.js';

const HELP = `Invents a network of grantees and funders, lets it log obstacles through the service, has its quarters and years sealed by
the service, and prints each published share beside the true one. It lives in an embedded PostgreSQL of its own, which is
made anew each time; your own database is never touched.

  npm run simulate -- --grantees 2000 --quarters 8 --seed 7
  npm run simulate -- --serve                  and shows the result, which is invented, on /insights until Ctrl-C

  --grantees   how many, from 1 to ${LIMITS.grantees} (2000); a network with fewer than 200 publishes nothing
  --quarters   how many, from 1 to ${LIMITS.quarters} (8), beginning with ${FIRST_YEAR}-Q1
  --seed       the same seed makes the same network and the same noise (1)
  --home       where its files are (.goodfaith-simulation)
  --serve      keeps serving the result; PORT says where (4000)

The last lines sum up how far off the figures are. GOODFAITH_HOME=.goodfaith-simulation npm run doctor checks its data.`;

await command(HELP, async (args) => {
  const { home, isToServe, ...options } = readOptions(args);
  await emptySimulationHome(home);
  const { PORT, HOST, LOG_LEVEL = 'warn', RATE_PER_ADDRESS } = process.env;
  const secret = `simulated secret ${options.seed}`.padEnd(32, '.');
  const config = readConfig({
    PORT,
    HOST,
    LOG_LEVEL,
    RATE_PER_ADDRESS,
    GOODFAITH_HOME: home,
    GOODFAITH_SECRET: secret,
    JOBS: 'off',
  });
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => resolve());
  });
  const database = await openDatabase(config);
  try {
    const target = { config, databaseUrl: database.url, ownerUrl: database.ownerUrl!, secret };
    const simulated = simulate(options, target, (line) => console.error(line));
    const cells = await Promise.race([
      simulated,
      stopped.then(() => Promise.reject(new Error('Stopped before its end.'))),
    ]);
    for (const line of [...tableOf(cells), '', ...summaryOf(cells)]) console.log(line);
    if (isToServe) await serve(target, stopped);
  } finally {
    await database.stop();
  }
});

/** Without jobs: the service's own clock would go on to close the quarters since, in which nobody reported. */
async function serve({ config, databaseUrl, secret }: AppOptions, stopped: Promise<void>): Promise<void> {
  const app = await createApp({ config, databaseUrl, secret });
  await app.listen(config.port, config.host);
  const { port } = app.getHttpServer().address() as { port: number };
  console.error(
    `The simulated network is shown on http://localhost:${port}/insights until Ctrl-C. All its figures are invented.`,
  );
  await stopped;
  await app.close();
}
