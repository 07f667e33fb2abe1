import { parseArgs } from 'node:util';
import pg from 'pg';
import { readConfig } from '../config.js';
import { openDatabase } from '../local-database.js';
import { publicId } from '../platform/api/ids.js';
import { Clock } from '../platform/clock/clock.js';
import { Entropy } from '../platform/clock/entropy.js';
import { openLedger } from '../platform/ledger/ledger.module.js';
import type { Answer, Plan } from '../restore/after-restore.js';
import { carryOut, planAfterRestore } from '../restore/after-restore.js';
import { UsageError, command } from './session.js';

const HELP = `Says what a database is that was restored from a backup, moved, or copied. The service notices such a database by the witness
in the ledger, and seals no statistics and runs no jobs until this was said; docs/restore.md has the whole of it.

  npm run after-restore -- --replace     this database is the network from now on
  npm run after-restore -- --copy        this database is another network, which never speaks for the one it was copied from
  … --dry-run                            says what would be done, and changes nothing

Either way the feeds begin a new epoch (cursors of before are refused with FEED_RESTORED), keys end that the ledger says have
ended since the backup was made, and claim links end that nobody has claimed. --copy also draws a new id for the network, and what
was logged before is in none of its statistics.

It needs DATABASE_MIGRATION_URL and the settings of the ledger (LEDGER, LEDGER_FOLDER …), and refuses when the database is what
the witness says. Nodes that run go on by themselves within a minute.`;

await command(HELP, async (args) => {
  const { answer, isDryRun } = wanted(args);
  const config = readConfig();
  const database = await openDatabase(config);
  try {
    if (!database.ownerUrl) throw new Error('This needs DATABASE_MIGRATION_URL: no role of the service may do it.');
    const ledger = await openLedger(config);
    const owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
    try {
      const clock = new Clock();
      const now = clock.now();
      const plan = await planAfterRestore(owner, ledger, answer, now);
      if (!plan)
        throw new Error('This database is what the witness says: nothing is to be said, and nothing was changed.');
      for (const line of linesOf(plan, answer)) console.log(line);
      if (isDryRun) {
        console.log('Nothing was changed: this was a dry run.');
        return;
      }
      const entropy = new Entropy(clock);
      await carryOut(owner, ledger, plan, { now, newId: () => entropy.uuidv7() });
      console.log('Done.');
    } finally {
      await owner.end();
    }
  } finally {
    await database.stop();
  }
});

function linesOf({ differences, before, after, keys, openLinks }: Plan, answer: Answer): string[] {
  const network = publicId('network', before.network);
  return [
    `The database "${before.database.name}" differs from the witness of ${network}: ${differences.join(', ')}.`,
    answer === 'REPLACE'
      ? `It becomes ${network}, in epoch ${after.epoch}.`
      : `It becomes another network, ${publicId('network', after.network)}, in epoch ${after.epoch}.`,
    `${keys.length} keys end that had ended since the backup was made${keys.length > 0 ? ':' : '.'}`,
    ...keys.map(
      ({ id, organizationId }) =>
        `  ${publicId('apiKey', id)} ${organizationId ? `of ${publicId('organization', organizationId)}` : 'of no organization'}`,
    ),
    ...(keys.length > 0
      ? ['  Whoever had rotated one of these needs a new key: the one made then is not in the backup.']
      : []),
    `${openLinks} claim links end that nobody has claimed.`,
  ];
}

function wanted(args: string[]): { answer: Answer; isDryRun: boolean } {
  const { replace, copy, 'dry-run': isDryRun } = readArguments(args);
  if (replace === copy) throw new UsageError('Say one of --replace and --copy.');
  return { answer: replace ? 'REPLACE' : 'COPY', isDryRun };
}

function readArguments(args: string[]) {
  const flag = { type: 'boolean', default: false } as const;
  try {
    return parseArgs({ args, options: { replace: flag, copy: flag, 'dry-run': flag } }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
