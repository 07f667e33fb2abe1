import { parseArgs } from 'node:util';
import pg from 'pg';
import { readConfig } from '../config.js';
import { findBreaches, headOf } from '../doctor/doctor.js';
import type { KeptHead } from '../doctor/kept-head.rules.js';
import { readKeptHead } from '../doctor/kept-head.rules.js';
import { openDatabase } from '../local-database.js';
import { UsageError, command } from './session.js';

const HELP = `Checks what must always be true of the data: each invariant is one query that should find nothing.

  npm run doctor
  npm run doctor -- --head 2026-11-27:<digest>
  npm run doctor -- --head <position>:<hash>

--head asks besides whether the history still holds a head that you kept: one published at /v1/history/heads, or one that
the doctor printed before as its last line. It may be given more than once. Nothing in the database itself can show that
somebody who owns it wrote the end of its history anew; a head kept elsewhere does.

Ends with exit code 1 when something is broken, and names the rows. Changes nothing.`;

await command(HELP, async (args) => {
  const kept = keptHeads(args);
  const database = await openDatabase(readConfig());
  try {
    if (!database.ownerUrl) throw new Error('The doctor needs DATABASE_MIGRATION_URL: it reads as goodfaith_doctor.');
    const client = new pg.Client({ connectionString: database.ownerUrl });
    await client.connect();
    try {
      const results = await findBreaches(client, kept);
      for (const { name, breaches } of results) {
        console.log(
          `${breaches.length === 0 ? 'ok    ' : 'BROKEN'} ${name}${breaches.length ? `: ${breaches.slice(0, 10).join(', ')}` : ''}`,
        );
      }
      console.log(`head   ${(await headOf(client)) ?? 'none: nothing has happened yet'}`);
      if (results.some(({ breaches }) => breaches.length > 0)) process.exitCode = 1;
    } finally {
      await client.end();
    }
  } finally {
    await database.stop();
  }
});

function keptHeads(args: string[]): KeptHead[] {
  let given: string[];
  try {
    given = parseArgs({ args, options: { head: { type: 'string', multiple: true } } }).values.head ?? [];
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  return given.map((text) => {
    const head = readKeptHead(text);
    if (!head) throw new UsageError(`--head is <position>:<hash> or <day>:<digest>, not ${text}.`);
    return head;
  });
}
