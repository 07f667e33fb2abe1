import type { Server } from 'node:net';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestDatabase } from './support/database.js';
import { createTestDatabase } from './support/database.js';
import type { Exit } from './support/service-process.js';
import { run, temporaryHome } from './support/service-process.js';

const SECRET = 'a secret for tests that is long enough for all of them';
const home = temporaryHome();
let database: TestDatabase;
let taken: Server;
const exits: Record<string, Exit> = {};

const PASSWORD = 'hunter2-in-an-address';
const SETTINGS: Record<string, () => Record<string, string>> = {
  'a port that is no number': () => ({ PORT: 'abc' }),
  'an address that is no PostgreSQL address': () => ({ DATABASE_URL: 'nonsense', GOODFAITH_SECRET: SECRET }),
  'a proxy setting that trusts everybody': () => ({ TRUST_PROXY: 'true' }),
  'a short secret': () => ({ GOODFAITH_SECRET: 'short' }),
  'a real server without a secret': () => ({ DATABASE_URL: database.appUrl }),
  'a taken port': () => ({
    DATABASE_URL: database.appUrl,
    GOODFAITH_SECRET: SECRET,
    HOST: '127.0.0.1',
    PORT: String((taken.address() as { port: number }).port),
  }),
  'a server that is not there': () => ({
    DATABASE_URL: `postgres://goodfaith_app:${PASSWORD}@127.0.0.1:1/goodfaith`,
    GOODFAITH_SECRET: SECRET,
  }),
  'a wrong password': () => {
    const url = new URL(database.appUrl);
    url.password = PASSWORD;
    return { DATABASE_URL: url.href, GOODFAITH_SECRET: SECRET };
  },
  'a database that is not there': () => ({ DATABASE_URL: inDatabase('goodfaith_nowhere'), GOODFAITH_SECRET: SECRET }),
  'an empty database': () => ({ DATABASE_URL: inDatabase('postgres'), GOODFAITH_SECRET: SECRET }),
};
const inDatabase = (name: string): string => Object.assign(new URL(database.appUrl), { pathname: `/${name}` }).href;

beforeAll(async () => {
  database = await createTestDatabase();
  taken = createServer().listen(0, '127.0.0.1');
  const names = Object.keys(SETTINGS);
  // Two at a time: each is a whole start.
  for (let i = 0; i < names.length; i += 2) {
    await Promise.all(
      names.slice(i, i + 2).map(async (name) => {
        const started = run({ GOODFAITH_HOME: home.path, ...SETTINGS[name]() });
        exits[name] = await started.exit;
      }),
    );
  }
}, 60_000);
afterAll(async () => {
  taken.close();
  await database.drop();
  home.remove();
});

describe('a wrong setting', () => {
  it.each([
    ['a port that is no number', /^Wrong setting: PORT is "abc", but must be a whole number from 0 to 65535\.$/],
    ['an address that is no PostgreSQL address', /^Wrong setting: DATABASE_URL is not a PostgreSQL address such as /],
    ['a proxy setting that trusts everybody', /^Wrong setting: TRUST_PROXY is "true", but must be how many proxies /],
    ['a short secret', /^Wrong setting: GOODFAITH_SECRET is too short: use at least 32 characters, in each/],
    ['a real server without a secret', /^Wrong setting: GOODFAITH_SECRET is required with DATABASE_URL: /],
    ['a taken port', /^Port \d+ is taken: set PORT to another one\.$/],
    ['a server that is not there', /^PostgreSQL does not answer at the address of DATABASE_URL/],
    ['a wrong password', /^PostgreSQL does not let goodfaith_app in with the password of DATABASE_URL: /],
    ['a database that is not there', /^There is no database "goodfaith_nowhere" at the address of DATABASE_URL\. /],
    [
      'an empty database',
      /^The database of DATABASE_URL is empty\. Run "npm run db:migrate" with DATABASE_MIGRATION_URL/,
    ],
  ])('ends the start with 1 and one clear line: %s', (name, line) => {
    const { code, signal, stdout, stderr } = exits[name];
    expect([code, signal, stdout]).toEqual([1, null, '']);
    expect(stderr.trimEnd().split('\n')).toEqual([expect.stringMatching(line)]);
    expect(stderr).not.toContain(PASSWORD);
  });
});
