import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { DebianPostgres } from './support/debian-postgres.js';
import { freePorts, startDebianPostgres } from './support/debian-postgres.js';
import type { Walk } from './support/walked-page.js';
import { blocksOf, linkCheckout, printedBy, seenByGit, walk } from './support/walked-page.js';

const PAGE = readFileSync('docs/operating.md', 'utf8');
const BLOCKS = blocksOf('docs/operating.md');
const NEEDED = ['package.json', 'node_modules', 'scripts', 'dist'];

let server: DebianPostgres;
let folder: string;
let walked: Walk;

beforeAll(async () => {
  server = await startDebianPostgres();
  folder = mkdtempSync(join(tmpdir(), 'goodfaith-operating-'));
  linkCheckout(folder, NEEDED);
  const [port] = await freePorts(2);
  const { PATH, HOME = folder } = process.env;
  walked = await walk(BLOCKS, folder, {
    HOME,
    TMPDIR: tmpdir(),
    NODE_ENV: 'production',
    ...server.env,
    PATH: `${server.env.PATH}:${PATH}`,
    PORT: String(port),
    HOST: '127.0.0.1',
  });
}, 280_000);
afterAll(() => {
  server?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

const block = (beginning: string): string => printedBy(walked, BLOCKS, beginning);

describe('docs/operating.md, followed to the letter', () => {
  it('works from the first block to the last', () => {
    expect(walked.code === 0 ? '' : walked.output).toBe('');
    expect(BLOCKS.length).toBeGreaterThan(15);
  });

  it('makes a database that the doctor finds sound, with its roles and rights, and so it finds the restored one', () => {
    for (const asked of ['doctor -- --rules', 'with drill.env npm run --silent doctor']) {
      expect(block(asked)).toMatch(/^ok {5}every sealed event is chained/m);
      expect(block(asked)).not.toMatch(/^BROKEN/m);
    }
    expect(block('with drill.env npm run --silent doctor')).toMatch(
      /^The database "drill" differs from the witness of net_[0-9a-f]+: .*DATABASE.*\.\nIt becomes net_[0-9a-f]+, in epoch 2\.$/m,
    );
    expect(block('doctor -- --rules')).toMatch(/^ok {5}roles are what they were made as/m);
  });

  it('makes no file in a checkout that git would take along', () => {
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(['service.env', 'owner.env', 'backup.key']));
    expect(seenByGit(folder, NEEDED)).toEqual([]);
  });

  it('leaves a backup that nobody reads without its key, and no password in what was printed', () => {
    const backup = readFileSync(join(folder, 'backup.tar.gz.enc'));
    expect(backup.subarray(0, 8).toString('latin1')).toBe('Salted__');
    expect(existsSync(join(folder, 'goodfaith.dump'))).toBe(false);
    const settings = ['service.env', 'owner.env', 'drill/service.env'].map((file) =>
      readFileSync(join(folder, file), 'utf8'),
    );
    const secrets = settings.join('\n').match(/[0-9a-f]{64}/g)!;
    expect(new Set(secrets).size).toBe(6);
    const logs = readdirSync(folder).filter((name) => name.endsWith('.log') || name.endsWith('.sql'));
    expect(logs).toHaveLength(3);
    const told = [walked.output, server.log(), ...logs.map((name) => readFileSync(join(folder, name), 'utf8'))].join(
      '\n',
    );
    for (const secret of secrets) expect(told.includes(secret)).toBe(false);
  });

  it('changes the password of the service, so that the one of the backup is refused', async () => {
    const addressIn = (file: string): string =>
      /^DATABASE_URL=(.*)$/m.exec(readFileSync(join(folder, file), 'utf8'))![1];
    const client = new pg.Client({ connectionString: addressIn('drill/service.env') });
    await expect(client.connect()).rejects.toMatchObject({ code: '28P01' });
    const now = new pg.Client({ connectionString: addressIn('service.env') });
    await now.connect();
    await now.end();
  });

  it('ends a leaked key at once, and finds what it asked in the log', () => {
    const told = block('keys -- revoke');
    expect(told).toMatch(/^revoked key_[0-9a-f]{32}\n401\n$/);
    const [key] = /key_[0-9a-f]{32}/.exec(told)!;
    const line = JSON.parse(block('grep --no-filename').split('\n')[0]) as Record<string, unknown>;
    expect(line).toMatchObject({ keyId: key, operation: 'funders' });
  });

  it('names no program of the service that is not there', () => {
    const named = [PAGE, ...['compose.yaml', 'Dockerfile'].map((file) => readFileSync(file, 'utf8'))].join('\n');
    const programs = [...new Set([...named.matchAll(/dist\/(src\/[a-z/-]+)\.js/g)].map(([, program]) => program))];
    expect(programs.sort()).toEqual([
      'src/cli/after-restore',
      'src/cli/db-migrate',
      'src/cli/doctor',
      'src/cli/keys',
      'src/main',
    ]);
    for (const program of programs) expect([program, existsSync(`${program}.ts`)]).toEqual([program, true]);
  });
});
