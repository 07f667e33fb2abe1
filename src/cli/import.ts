import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { readIssued, readRules } from '../imports/import-options.js';
import type { ImportOptions } from '../imports/imports.service.js';
import { Imports } from '../imports/imports.service.js';
import { printable } from '../imports/rejection.rules.js';
import { PUBLIC_ACTOR } from '../platform/access/actor.js';
import { messageOf } from '../platform/errors/codes.js';
import { Refusal } from '../platform/errors/refusal.js';
import { UsageError, command, withService } from './session.js';

const HELP = `Records grants of the past from a 360Giving JSON file, as the steward, beside a running service or without one.

  npm run import -- grants.json
  npm run import -- grants.json --dry-run     what would happen, without doing it
  npm run import -- grants.json --restriction 'fundingType:Core costs=UNRESTRICTED' --restriction 'title:*capital*=RESTRICTED'
                                              what the publisher's words mean: fundingType, grantProgramme or title; the first that matches counts
  npm run import -- grants.json --issued 2020-05-07
                                              when the file was issued, if it does not say so itself: an older row never changes a newer one

Prints a summary as JSON: read, created, updated, unchanged, rejectedCount, rejected (position, id, field, reason, and all
reasons in English and Vietnamese), olderCount, restrictionRules, likelyTwins, seconds. Rejected rows do not stop the rest; a file that cannot be read to its end leaves nothing behind.
The same file again changes nothing. Use npm run --silent import when another program reads the summary.`;

const PIECE_BYTES = 256 * 1024;
const STEWARD = { ...PUBLIC_ACTOR, role: 'STEWARD' as const };

await command(HELP, async (args) => {
  const { path, ...given } = readArguments(args);
  await checkFile(path);
  const file = { read: () => createReadStream(path, { highWaterMark: PIECE_BYTES }) };
  await withService(async (app) => {
    const progress = showProgress();
    try {
      const options = { ...given, fileName: printable(basename(path), 200), onProgress: progress.show };
      const summary = await app.get(Imports).importFile(STEWARD, file, options);
      progress.end();
      console.log(JSON.stringify(summary, null, 2));
    } catch (error) {
      progress.end();
      throw error instanceof Refusal ? new Error(sentence(error)) : error;
    }
  });
});

function readArguments(
  args: string[],
): { path: string } & Pick<ImportOptions, 'dryRun' | 'restrictionRules' | 'issued'> {
  try {
    const { positionals, values } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        'dry-run': { type: 'boolean', default: false },
        restriction: { type: 'string', multiple: true },
        issued: { type: 'string' },
      },
    });
    const [path, ...others] = positionals;
    if (path === undefined || others.length > 0) throw new Error('Name one file to import.');
    const { 'dry-run': dryRun, restriction, issued } = values;
    return { path, dryRun, restrictionRules: readRules(restriction), issued: readIssued(issued) };
  } catch (error) {
    throw new UsageError(error instanceof Refusal ? sentence(error) : (error as Error).message);
  }
}

/** Before a database is started for nothing. */
async function checkFile(path: string): Promise<void> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => error);
  if (found instanceof Error) {
    throw new Error(found.code === 'ENOENT' ? `There is no file ${path}.` : `${path} cannot be read: ${found.message}`);
  }
  if (!found.isFile()) throw new Error(`${path} is not a file.`);
  await (await open(path)).close();
}

function sentence(refusal: Refusal): string {
  const { code, parameters, data } = refusal.reasons[0];
  return messageOf(code, 'en', { ...data, ...parameters });
}

/** A line that renews itself on a terminal, and now and then one in a log. */
function showProgress(): { show: (read: number) => void; end: () => void } {
  const isTerminal = process.stderr.isTTY;
  const pause = isTerminal ? 1_000 : 5_000;
  const begun = performance.now();
  let shownAt = begun;
  return {
    show: (read) => {
      const now = performance.now();
      if (now - shownAt < pause) return;
      shownAt = now;
      const line = `${read} grants read, ${Math.round((read / (now - begun)) * 1000)} a second`;
      process.stderr.write(isTerminal ? `\r${line}` : `${line}\n`);
    },
    end: () => {
      if (isTerminal && shownAt !== begun) process.stderr.write('\n');
    },
  };
}
