import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Ended, ObservedNetwork } from '../support/observed-network.js';

/*
 * How each way out is captured. What differs between any two runs of the same requests is left out by name: the machine's clock
 * (`time`, `ms`), the name of the database, folders made for the run, the salts that PostgreSQL draws. Nothing else may be left out.
 */

interface LogLine {
  readonly level: number;
  readonly time?: number;
  readonly ms?: number;
  readonly [name: string]: unknown;
}
const WARNING = 40;

function parsedLines({ stdout }: Ended): LogLine[] {
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => (line.startsWith('{') ? (JSON.parse(line) as LogLine) : { level: 0, msg: line }));
}

/** Numbers that the machine's clock made are replaced; that they are there, and their place in the line, is compared. */
const told = (line: LogLine): string =>
  JSON.stringify(line, (name, value: unknown) => (name === 'time' || name === 'ms' ? '…' : value));

export const logLines = (_: ObservedNetwork, ended: Ended): string[] =>
  parsedLines(ended)
    .filter(({ level }) => level < WARNING)
    .map(told);
export const faultLines = (_: ObservedNetwork, ended: Ended): string[] =>
  parsedLines(ended)
    .filter(({ level }) => level >= WARNING)
    .map(told);
export const standardError = (_: ObservedNetwork, { stderr }: Ended): string[] => stderr.split('\n').filter(Boolean);

/** Which there were: how often a pool connects depends on the moment. */
export const deeds =
  (way: string) =>
  (_: ObservedNetwork, ended: Ended): string[] =>
    [...new Set(ended.deeds.filter((deed) => deed.way === way).map(({ what }) => what))].sort();

/** The ledger writes under a name of chance first. */
const UNFINISHED = /\.unfinished\/[0-9a-f-]{36}-\d+/g;
/** The witness is written each minute, by the machine's clock. */
const WITNESS = /witness\.json/;

export const files = ({ folder, ledger, temporary }: ObservedNetwork, ended: Ended): string[] =>
  ended.deeds
    .filter(({ way, what }) => way === 'file' && !WITNESS.test(what))
    .map(({ what }) =>
      what
        .replaceAll(folder, '<file store>')
        .replaceAll(ledger, '<ledger>')
        .replaceAll(temporary, '<temporary>')
        .replace(UNFINISHED, '<unfinished>'),
    );

export const fileStore = ({ folder }: ObservedNetwork): string[] => filesBelow(folder);

/** As they are, since they are small: but for what names the server and the salted hash, see `BY_SALT`. */
export const ledgerStore = ({ ledger }: ObservedNetwork): string[] =>
  readdirSync(ledger, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => {
      const path = join(ledger, name);
      const text = statSync(path).isDirectory() ? '' : readFileSync(path, 'utf8');
      return `${name} ${text.replace(OF_THE_SERVER, '$1 …')}`;
    });
const OF_THE_SERVER = /("(?:cluster|name|oid|timeline|serverStartedAt|hash)":) ("[^"]*"|\d+|null)/g;

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => {
      const path = join(folder, name);
      if (statSync(path).isDirectory()) return `${name}/`;
      const bytes = readFileSync(path);
      return `${name} ${bytes.length} ${createHash('sha256').update(bytes).digest('hex')}`;
    });
}

const OUTSIDE = `NOT IN ('obstacles', 'pg_catalog', 'information_schema', 'pg_toast', 'watched')`;
/** Set by the database's own clock, which no test sets. */
const BY_CLOCK = `- '{migrated_at,queued_at}'::text[]`;

/**
 * The salt under which an event keeps a digest of its rows, and what is computed with the salt: the chain of hashes and its
 * heads. Of positions also the time, which is of the database's clock.
 */
const BY_SALT: Readonly<Record<string, string>> = {
  'public.event_contents': `- '{salt,digest}'::text[]`,
  'public.event_seals': `- '{hash,sealed_at}'::text[]`,
  'public.history_heads': `- '{hash,digest}'::text[]`,
};

async function rowsOf(network: ObservedNetwork, schemas: string, left: string): Promise<string[]> {
  const tables = await network.sql<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname ${schemas} ORDER BY 1`,
  );
  const all: string[] = [];
  for (const { name } of tables) {
    const rows = await network.sql<{ row: string }>(
      `SELECT (to_jsonb(t) ${left} ${BY_SALT[name] ?? ''})::text AS row FROM ${name} t ORDER BY 1`,
    );
    all.push(...rows.map(({ row }) => `${name} ${row}`));
  }
  return all;
}

export const rows = (network: ObservedNetwork): Promise<string[]> =>
  rowsOf(network, `${OUTSIDE} AND schemaname <> 'graphile_worker'`, BY_CLOCK);
export const jobTables = (network: ObservedNetwork): Promise<string[]> =>
  rowsOf(network, `= 'graphile_worker'`, `- '{created_at,updated_at,ts,known_since}'::text[]`);

export async function sequences(network: ObservedNetwork): Promise<string[]> {
  const found = await network.sql<{ line: string }>(
    `SELECT format('%s.%s %s', schemaname, sequencename, last_value) AS line FROM pg_sequences WHERE schemaname ${OUTSIDE} ORDER BY 1`,
  );
  return found.map(({ line }) => line);
}

export async function tableStatistics(network: ObservedNetwork): Promise<string[]> {
  const found = await network.sql<{ line: string }>(
    `SELECT format('%s.%s inserted %s updated %s deleted %s', schemaname, relname, n_tup_ins, n_tup_upd, n_tup_del) AS line
     FROM pg_stat_user_tables WHERE schemaname ${OUTSIDE} ORDER BY 1`,
  );
  return found.map(({ line }) => line);
}

/** Statements on the tables of obstacles are seen to happen by whoever watches the database; they name nobody (docs/statistics.md). */
export async function statementTexts(network: ObservedNetwork): Promise<string[]> {
  const found = await network.sql<{ line: string }>(
    `SELECT DISTINCT rolname || ': ' || query AS line FROM watched.pg_stat_statements s JOIN pg_roles r ON r.oid = s.userid
     WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
       AND rolname <> current_user AND query NOT LIKE '%obstacles.%' ORDER BY 1`,
  );
  return found.map(({ line }) => line);
}
