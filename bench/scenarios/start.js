import { mkdtempSync, rmSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from '../contest.js';
import { HOME } from '../database.js';
import { startService } from '../processes.js';

/** From nothing to the first `ready`, with the start of the embedded server in it. */
export async function measureStart({ rounds }) {
  const fresh = [];
  const existing = [];
  for (let round = 0; round < Math.min(rounds, 3); round++) {
    const home = mkdtempSync(join(tmpdir(), 'goodfaith-bench-'));
    chmodSync(home, 0o755);
    fresh.push(await secondsToReady(home));
    existing.push(await secondsToReady(HOME));
    rmSync(home, { recursive: true, force: true });
  }
  return { fresh: median(fresh), existing: median(existing) };
}

async function secondsToReady(home) {
  const service = await startService(home);
  await service.stop();
  return service.readySeconds;
}
