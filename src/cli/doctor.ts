import { parseArgs } from 'node:util';
import pg from 'pg';
import { readConfig } from '../config.js';
import type { Finding } from '../doctor/doctor.js';
import { findBreaches, headOf } from '../doctor/doctor.js';
import type { KeptHead } from '../doctor/kept-head.rules.js';
import { differingFiles } from '../doctor/stored-files.js';
import { Clock } from '../platform/clock/clock.js';
import { Entropy } from '../platform/clock/entropy.js';
import { openFileStore } from '../platform/files/files.module.js';
import { readKeptHead } from '../doctor/kept-head.rules.js';
import { ROLES_IN_FORCE, declaredRoles, readRoles } from '../doctor/roles-in-force.js';
import { RULES_IN_FORCE, readRules, rulesThatDiffer } from '../doctor/rules-in-force.js';
import { openDatabase } from '../local-database.js';
import { freshRules } from './fresh-rules.js';
import { UsageError, command } from './session.js';

const HELP = `Checks what must always be true of the data: each invariant is one query that should find nothing.

  npm run doctor
  npm run doctor -- --head 2026-11-27:<digest>
  npm run doctor -- --head <position>:<hash>
  npm run doctor -- --rules
  npm run doctor -- --files

--head asks besides whether the history still holds a head that you kept: one published at /v1/history/heads, or one that
the doctor printed before as its last line. It may be given more than once. Nothing in the database itself can show that
somebody who owns it wrote the end of its history anew; a head kept elsewhere does.

--rules asks besides whether roles, rights, policies, triggers, functions and constraints are those that this version makes. For
that it makes an empty database beside this one, which it drops again, so the owner must be allowed to: a superuser says
ALTER ROLE goodfaith_owner CREATEDB; and afterwards, if you like, NOCREATEDB.

--files reads every file of an attachment besides, and compares it with the SHA-256 that was kept when it came.

Ends with exit code 1 when something is broken, and names the rows. Changes nothing of the data.`;

await command(HELP, async (args) => {
  const { kept, asksForRules, asksForFiles } = wanted(args);
  const config = readConfig();
  const database = await openDatabase(config);
  try {
    if (!database.ownerUrl) throw new Error('The doctor needs DATABASE_MIGRATION_URL: it reads as goodfaith_doctor.');
    const client = new pg.Client({ connectionString: database.ownerUrl });
    await client.connect();
    try {
      const results = await findBreaches(client, kept);
      if (asksForRules) results.push(await rolesBroken(client), await rulesBroken(client, database.ownerUrl));
      if (asksForFiles)
        results.push(await differingFiles(client, await openFileStore(config, new Entropy(new Clock()))));
      for (const { name, breaches } of results) {
        console.log(
          `${breaches.length === 0 ? 'ok    ' : 'BROKEN'} ${name}${breaches.length ? `: ${breaches.slice(0, 10).join(', ')}` : ''}`,
        );
      }
      console.log(`head   ${(await headOf(client)) ?? 'none: nothing has happened yet'}`);
      const broken = results.filter(({ breaches }) => breaches.length > 0).length;
      console.log(
        broken === 0 ? `All ${results.length} checks hold.` : `Broken: ${broken} of ${results.length} checks.`,
      );
      if (broken > 0) process.exitCode = 1;
    } finally {
      await client.end();
    }
  } finally {
    await database.stop();
  }
});

async function rolesBroken(client: pg.Client): Promise<Finding> {
  return { name: ROLES_IN_FORCE, breaches: rulesThatDiffer(await readRoles(client), await declaredRoles(client)) };
}

async function rulesBroken(client: pg.Client, ownerUrl: string): Promise<Finding> {
  return { name: RULES_IN_FORCE, breaches: rulesThatDiffer(await readRules(client), await freshRules(ownerUrl)) };
}

interface Wanted {
  readonly kept: KeptHead[];
  readonly asksForRules: boolean;
  readonly asksForFiles: boolean;
}

function wanted(args: string[]): Wanted {
  const { head = [], rules = false, files = false } = readArguments(args);
  const kept = head.map((text) => {
    const read = readKeptHead(text);
    if (!read)
      throw new UsageError(
        `--head is <position>:<hash> or <day>:<digest>, each hash or digest with 64 digits of 0-9 and a-f, not ${text}.`,
      );
    return read;
  });
  return { kept, asksForRules: rules, asksForFiles: files };
}

function readArguments(args: string[]): { head?: string[]; rules?: boolean; files?: boolean } {
  try {
    const options = {
      head: { type: 'string', multiple: true },
      rules: { type: 'boolean' },
      files: { type: 'boolean' },
    } as const;
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
