import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { createDataSource } from '../src/data-source.js';
import { MIGRATIONS } from '../migrations/index.js';
import { readConfig } from '../src/config.js';
import { openDatabase } from '../src/local-database.js';
import { StartRefusal } from '../src/platform/db/start-refusal.js';
import type { DebianPostgres } from './support/debian-postgres.js';
import { startDebianPostgres } from './support/debian-postgres.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import type { Exit } from './support/service-process.js';
import { run, temporaryHome } from './support/service-process.js';
import { tellEverything } from './support/whole-story.js';

const SECRET = 'a secret for tests that is long enough for all of them';
const PASSWORDS = { owner: 'the-owners-own-word', app: 'the-word-of-the-service', backup: 'the-word-of-the-backup' };
const home = temporaryHome();
let server: DebianPostgres;

beforeAll(async () => {
  server = await startDebianPostgres();
}, 60_000);
afterAll(() => {
  server.stop();
  home.remove();
});

const appUrl = (database = 'goodfaith', password = PASSWORDS.app): string =>
  server.address('goodfaith_app', password, database);
const ownerUrl = (database = 'goodfaith', login = 'goodfaith_owner'): string =>
  server.address(login, PASSWORDS.owner, database);
const settings = (env: Record<string, string> = {}): Record<string, string> => ({
  GOODFAITH_HOME: home.path,
  GOODFAITH_SECRET: SECRET,
  DATABASE_URL: appUrl(),
  ...env,
});
const cli = (name: string, env: Record<string, string>, ...args: string[]): Promise<Exit> =>
  run(settings(env), join('src', 'cli', `${name}.js`), [], args).exit;
/** As a start and each command do it first; `test/lifecycle-of-process.e2e.ts` holds that such an error is all that is said. */
async function open(env: Record<string, string>): Promise<void> {
  await (await openDatabase(readConfig(settings(env)))).stop();
}
const migrate = (database = 'goodfaith'): Promise<void> =>
  open({ DATABASE_URL: appUrl(database), DATABASE_MIGRATION_URL: ownerUrl(database) });
const start = (database?: string, password?: string): Promise<void> =>
  open({ DATABASE_URL: appUrl(database, password) });
/** The one line that says what to do. */
async function refused(opened: Promise<void>): Promise<string> {
  const error: unknown = await opened.then(
    () => 'nothing was refused',
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(StartRefusal);
  const { message } = error as StartRefusal;
  for (const password of Object.values(PASSWORDS)) expect(message).not.toContain(password);
  expect(message).not.toContain('\n');
  return message;
}

/** In this order: each state is one step further on the way to a database that can be served from. */
describe('a server of one’s own says what to do', () => {
  it('without a login or a database', async () => {
    expect(await refused(start())).toMatch(
      /^PostgreSQL does not let goodfaith_app in .* "npm run db:roles" prints how/,
    );
    server.sql(`CREATE ROLE goodfaith_owner LOGIN PASSWORD '${PASSWORDS.owner}'`);
    expect(await refused(migrate())).toMatch(
      /^There is no database "goodfaith" at the address of DATABASE_MIGRATION_URL\. A superuser makes it: CREATE DATABASE "goodfaith" OWNER goodfaith_owner/,
    );
  });

  it('in a database of another encoding, of English letters alone, or of somebody else', async () => {
    server.sql(`CREATE DATABASE latin OWNER goodfaith_owner TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'`);
    server.sql(`CREATE DATABASE plain OWNER goodfaith_owner TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'`);
    server.sql('CREATE DATABASE foreign_one');
    expect(await refused(migrate('latin'))).toMatch(/has the encoding LATIN1\. Make it anew: CREATE DATABASE …/);
    expect(await refused(migrate('plain'))).toMatch(/does not know which letters are small ones\. Make it anew:/);
    expect(await refused(migrate('foreign_one'))).toMatch(
      /^goodfaith_owner of DATABASE_MIGRATION_URL does not own the database "foreign_one"\./,
    );
  });

  it('without the roles, for an owner who may not make them', async () => {
    server.sql(`CREATE DATABASE goodfaith OWNER goodfaith_owner`);
    expect(await refused(migrate())).toMatch(
      /^The server has no role goodfaith_funder, .*goodfaith_app, goodfaith_backup; and goodfaith_owner of DATABASE_MIGRATION_URL may not make them\. Let a superuser of the server run once what "npm run db:roles" prints\.$/,
    );
  });

  it('with roles that a superuser made of what is printed, and no password in the SQL or in the log', async () => {
    const printed = await cli('db-roles', {
      DATABASE_MIGRATION_URL: ownerUrl(),
      GOODFAITH_BACKUP_PASSWORD: PASSWORDS.backup,
    });
    expect([printed.code, printed.stderr]).toEqual([0, '']);
    const before = server.log().length;
    for (let times = 0; times < 2; times++) {
      const ran = server.program('psql', ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-c', printed.stdout]);
      expect([ran.status, ran.stderr.match(/^(?!NOTICE: ).*$/gm)]).toEqual([0, ['']]);
    }
    for (const password of Object.values(PASSWORDS)) {
      expect(printed.stdout).not.toContain(password);
      expect(server.log().slice(before)).not.toContain(password);
    }
    server.sql('REVOKE goodfaith_keeper FROM goodfaith_owner');
    expect(await refused(migrate())).toMatch(
      /^these memberships are missing: goodfaith_owner in goodfaith_keeper; and /,
    );
    server.sql('GRANT goodfaith_keeper TO goodfaith_owner');
  });

  it('with a wrong password, and with a database that nobody migrated', async () => {
    expect(await refused(start('goodfaith', 'another'))).toMatch(
      /^PostgreSQL does not let goodfaith_app in with the password/,
    );
    expect(await refused(start())).toBe(
      'The database of DATABASE_URL is empty. Run "npm run db:migrate" with DATABASE_MIGRATION_URL, the address of the owner of the tables.',
    );
  });

  it('is migrated by an owner who is no superuser and may make nothing but tables', async () => {
    await migrate();
    await migrate();
    await start();
    const mighty = 'rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls';
    expect(server.sql(`SELECT ${mighty} FROM pg_roles WHERE rolname = 'goodfaith_owner'`)).toBe('f');
  });

  it('with a database of an older version, and of a newer one', async () => {
    server.sql('CREATE DATABASE older TEMPLATE goodfaith OWNER goodfaith_owner');
    const source = await createDataSource(ownerUrl('older')).initialize();
    await source.undoLastMigration();
    await source.destroy();
    expect(await refused(start('older'))).toMatch(
      new RegExp(
        `^The database of DATABASE_URL lacks 1 of ${MIGRATIONS.length} migrations\\. Run "npm run db:migrate"`,
      ),
    );
    await migrate('older');
    await start('older');
    // What a newer version leaves there.
    server.sql(`INSERT INTO migrations (timestamp, name) VALUES (1990000000000, 'Tomorrow1990000000000')`, 'older');
    const newer =
      /^The database was migrated by a newer version of Goodfaith \(Tomorrow1990000000000\): start that version\.$/;
    expect(await refused(start('older'))).toMatch(newer);
    expect(await refused(migrate('older'))).toMatch(newer);
  });
});

describe('a network on a server of one’s own', () => {
  let network: Network;
  beforeAll(async () => {
    const database = {
      name: 'goodfaith',
      ownerUrl: server.address('postgres', 'superuser', 'goodfaith'),
      appUrl: appUrl(),
      drop: () => Promise.resolve(),
    };
    network = await startNetwork({ database });
    await tellEverything(network);
  }, 60_000);
  afterAll(() => network.stop());

  const tables = async (): Promise<{ name: string; kind: string }[]> =>
    network.sql(
      `SELECT format('%I.%I', n.nspname, c.relname) AS name, c.relkind AS kind FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE c.relkind IN ('r', 'p', 'S') AND n.nspname !~ '^pg_|^information_schema$' ORDER BY 1`,
    );
  const asLogin = async <T>(login: 'app' | 'backup', work: (client: pg.Client) => Promise<T>): Promise<T> => {
    const client = new pg.Client({
      connectionString: server.address(`goodfaith_${login}`, PASSWORDS[login], 'goodfaith'),
    });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  };
  const sqlState = (error: unknown): string => (error as { code?: string }).code ?? String(error);

  it('is sound, and its roles and rules are those that were made', async () => {
    server.sql('ALTER ROLE goodfaith_owner CREATEDB');
    const owner = { DATABASE_MIGRATION_URL: ownerUrl() };
    const sound = await cli('doctor', owner, '--rules');
    expect([sound.code, sound.stderr, sound.stdout.match(/^BROKEN.*$/gm)]).toEqual([0, '', null]);
    server.sql('ALTER ROLE goodfaith_app BYPASSRLS; CREATE ROLE passer_by LOGIN; GRANT goodfaith_sealer TO passer_by');
    const told = await cli('doctor', owner, '--rules');
    expect([told.code, told.stdout.match(/^BROKEN.*$/gm)]).toEqual([
      1,
      [
        'BROKEN roles are what they were made as, and nobody else is their member: member passer_by of goodfaith_sealer, role goodfaith_app',
      ],
    ]);
    server.sql('ALTER ROLE goodfaith_app NOBYPASSRLS; DROP ROLE passer_by; ALTER ROLE goodfaith_owner NOCREATEDB');
    const unable = await cli('doctor', owner, '--rules');
    expect([unable.code, unable.stdout, unable.stderr]).toEqual([
      1,
      '',
      expect.stringMatching(/^--rules makes an empty database beside this one, .* ALTER ROLE … CREATEDB;\n$/),
    ]);
  });

  it('lets nobody connect but the service and the backup, and the service by itself do nothing', async () => {
    const may = (login: string): string =>
      server.sql(
        `SELECT string_agg(p, ' ') FROM unnest('{CONNECT,TEMPORARY,CREATE}'::text[]) AS p WHERE has_database_privilege('${login}', 'goodfaith', p)`,
      );
    server.sql('CREATE ROLE somebody_else LOGIN');
    expect(['goodfaith_app', 'goodfaith_backup', 'somebody_else', 'goodfaith_worker'].map(may)).toEqual([
      'CONNECT',
      'CONNECT',
      '',
      '',
    ]);
    await asLogin('app', async (client) => {
      for (const sql of ['CREATE SCHEMA mine', 'CREATE TABLE mine (a int)', 'CREATE TEMPORARY TABLE mine (a int)'])
        expect([sql, await client.query(sql).catch(sqlState)]).toEqual([sql, '42501']);
    });
    expect(server.log()).not.toMatch(/ERROR: .* denied for database/); // So no failing row either.
  });

  it('is backed up whole by pg_dump as goodfaith_backup, and comes back', async () => {
    const env = { PGUSER: 'goodfaith_backup', PGPASSWORD: PASSWORDS.backup };
    const file = join(home.path, 'goodfaith.dump');
    const dumped = server.program('pg_dump', ['--format=custom', `--file=${file}`, 'goodfaith'], env);
    expect([dumped.status, dumped.stderr]).toEqual([0, '']);
    server.sql('CREATE DATABASE restored OWNER goodfaith_owner TEMPLATE template0');
    const restored = server.program('pg_restore', ['--exit-on-error', '--dbname=restored', file]);
    expect([restored.status, restored.stderr]).toEqual([0, '']);
    const relations = await tables();
    expect(relations.length).toBeGreaterThan(60);
    expect(relations.map(({ name }) => name)).toContain('obstacles.entries');
    const count = (database: string): string =>
      server.sql(
        relations
          .filter(({ kind }) => kind !== 'S')
          .map(({ name }) => `SELECT '${name}', count(*), md5(string_agg(t::text, '' ORDER BY t::text)) FROM ${name} t`)
          .join(' UNION ALL ') + ' ORDER BY 1',
        database,
      );
    const before = count('goodfaith');
    expect(before).toMatch(/^obstacles\.entries\|[1-9]/m);
    expect(count('restored')).toBe(before);
    const sound = await cli('doctor', {
      DATABASE_URL: appUrl('restored'),
      DATABASE_MIGRATION_URL: ownerUrl('restored'),
    });
    expect([sound.code, sound.stderr, sound.stdout.match(/^BROKEN.*$/gm)]).toEqual([0, '', null]);
  });

  it('is read by the backup alone past row security, who writes nothing, makes nothing and takes no role', async () => {
    const relations = await tables();
    await asLogin('backup', async (client) => {
      for (const { name, kind } of relations) {
        expect((await client.query(`SELECT * FROM ${name} LIMIT 1`)).rows.length).toBeLessThan(2);
        const writes =
          kind === 'S'
            ? [`SELECT nextval('${name}')`, `SELECT setval('${name}', 1)`]
            : [`INSERT INTO ${name} DEFAULT VALUES`, `DELETE FROM ${name}`, `TRUNCATE ${name}`, `DROP TABLE ${name}`];
        for (const sql of writes) expect([sql, await client.query(sql).catch(sqlState)]).toEqual([sql, '42501']);
      }
      const rest = [
        'CREATE SCHEMA mine',
        'CREATE TABLE mine (a int)',
        'SET ROLE goodfaith_worker',
        'SET ROLE goodfaith_app',
      ];
      for (const sql of rest) expect([sql, await client.query(sql).catch(sqlState)]).toEqual([sql, '42501']);
    });
  });

  it('says in its readiness what to do when the database is of another version', async () => {
    const ready = async (): Promise<[number, unknown]> => {
      await new Promise((resolve) => setTimeout(resolve, 1_100)); // What was seen is kept for a second.
      const answer = await fetch(`${network.url}/health/ready`);
      return [answer.status, ((await answer.json()) as { details: { database: unknown } }).details.database];
    };
    const source = await createDataSource(ownerUrl()).initialize();
    await source.undoLastMigration();
    expect(await ready()).toEqual([
      503,
      {
        status: 'down',
        isReadOnly: false,
        migrations: { applied: MIGRATIONS.length - 1, expected: MIGRATIONS.length },
        todo: expect.stringMatching(/^Run "npm run db:migrate" with DATABASE_MIGRATION_URL/),
      },
    ]);
    await source.runMigrations();
    await source.destroy();
    server.sql(`INSERT INTO migrations (timestamp, name) VALUES (1990000000000, 'Tomorrow1990000000000')`, 'goodfaith');
    expect(await ready()).toEqual([503, expect.objectContaining({ todo: expect.stringMatching(/newer version/) })]);
  });
});
