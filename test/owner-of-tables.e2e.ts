import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';
import { createDataSource } from '../src/data-source.js';
import { prepareDatabase } from '../src/platform/db/prepare-database.js';
import { ROLES_OF_OWNER } from '../src/platform/db/roles.js';

/** From PostgreSQL 16 on, who may make roles manages only those it has made: the server of these tests is one of those. */
const OWNER = 'owner_of_tables_e2e';
const address = (login?: string): string => {
  const url = new URL(process.env.TEST_DATABASE_URL!);
  if (login) Object.assign(url, { username: login, password: 'own', pathname: `/${OWNER}` });
  return url.href;
};
let superuser: pg.Client;
beforeAll(async () => {
  superuser = new pg.Client({ connectionString: address() });
  await superuser.connect();
  await superuser.query(`CREATE ROLE ${OWNER} LOGIN CREATEROLE PASSWORD 'own'`);
  await superuser.query(`CREATE DATABASE ${OWNER} OWNER ${OWNER}`);
});
afterAll(async () => {
  await superuser.query(`DROP DATABASE ${OWNER} WITH (FORCE)`);
  await superuser.query(`DROP ROLE ${OWNER}`);
  await superuser.end();
});

const prepare = (): Promise<number> =>
  prepareDatabase({ ownerUrl: address(OWNER), appPassword: 'another password', createDataSource });

it('an owner who may make roles migrates with those that a superuser made, and leaves their passwords alone', async () => {
  await expect(prepare()).rejects.toThrow(
    /^these memberships are missing: owner_of_tables_e2e in goodfaith_doctor, .* may not make them\. Let a superuser /,
  );
  await superuser.query(`GRANT ${ROLES_OF_OWNER.join(', ')} TO ${OWNER}`);
  expect(await prepare()).toBeGreaterThan(30);
  expect(await prepare()).toBe(0);
  const app = new pg.Client({
    connectionString: Object.assign(new URL(address('goodfaith_app')), { password: process.env.TEST_APP_PASSWORD })
      .href,
  });
  await app.connect();
  await app.end();
});
