import { ApiKeys } from '../accounts/api-keys.service.js';
import { UsageError, command } from '../cli/session.js';
import { ConfigError, readConfig } from '../config.js';
import { PUBLIC_ACTOR } from '../platform/access/actor.js';
import { Clock } from '../platform/clock/clock.js';
import type { Running } from '../serve.js';
import { serve } from '../serve.js';
import { dayOf } from './days.js';
import { writeKeys } from './demo-files.js';
import { openNetwork } from './demo-network.js';
import { Narrator } from './narrator.js';
import { play } from './play.js';
import { showWayIn } from './way-in.js';

const HELP = `Starts the service on the embedded PostgreSQL with a small network of invented organizations, plays a grant
from offer to resolved obstacle over HTTP, prints each step, and keeps serving until Ctrl-C.

  npm run demo
  npm run demo -- --exit     ends after the play

PORT (default 4000) and GOODFAITH_HOME (default .goodfaith) say where. The network is made once; each start plays a new
agreement in it. The keys are in demo-keys.json in GOODFAITH_HOME.`;

await command(HELP, async (args) => {
  const stray = args.find((arg) => arg !== '--exit');
  if (stray) throw new UsageError(`There is no option ${stray}.`);
  if (readConfig().databaseUrl) {
    throw new ConfigError('DATABASE_URL is set, but demo data goes to the embedded server only: unset it.');
  }
  // A line for each request would drown the play; and what is not declared yet, the play declares.
  process.env.LOG_LEVEL ||= 'error';
  let isInterrupted = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => (isInterrupted = true));
  const running = await serve();
  try {
    await show(running, args.includes('--exit'));
  } catch (error) {
    // The service stops already, and ends the process itself.
    if (isInterrupted) return;
    await running.stop();
    throw error;
  }
});

async function show(running: Running, isToExit: boolean): Promise<void> {
  const { app, config, url } = running;
  const say = new Narrator((line) => console.log(line));
  const today = dayOf(app.get(Clock).now());
  const issueStewardKey = async (): Promise<string> =>
    (await app.get(ApiKeys).create({ ...PUBLIC_ACTOR, role: 'STEWARD' }, { role: 'STEWARD', label: 'Demo: steward' }))
      .secret!;
  const { keys, isNew } = await openNetwork({ url, home: config.home, today, issueStewardKey });
  const keysFile = writeKeys(config.home, keys);
  say.line(isNew ? 'The demo network was made.' : 'The demo network was there already; this play adds to it.');
  await play(url, keys, today, say);
  if (isToExit) {
    say.line();
    say.line(`Played to the end. The keys are in ${keysFile}; npm run demo serves.`);
    await running.stop();
  } else showWayIn(say, url, keys, keysFile);
}
