import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { createDataSource } from '../data-source.js';
import { readRules } from '../doctor/rules-in-force.js';
import { prepareDatabase } from '../platform/db/prepare-database.js';

/** The rules of a database that this version has just made, beside the one that is asked about; it is dropped again. */
export async function freshRules(ownerUrl: string): Promise<ReadonlySet<string>> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  const name = `goodfaith_rules_${randomBytes(6).toString('hex')}`;
  try {
    await makeDatabase(owner, name);
    try {
      return await rulesOf(ownerUrl, name);
    } finally {
      await owner.query(`DROP DATABASE ${name} WITH (FORCE)`);
    }
  } finally {
    await owner.end();
  }
}

async function makeDatabase(owner: pg.Client, name: string): Promise<void> {
  try {
    await owner.query(`CREATE DATABASE ${name} TEMPLATE template0`);
  } catch (error) {
    if ((error as pg.DatabaseError).code !== '42501') throw error;
    throw new Error(
      '--rules makes an empty database beside this one, which the login of DATABASE_MIGRATION_URL may not: a superuser says ALTER ROLE … CREATEDB;',
    );
  }
}

async function rulesOf(ownerUrl: string, name: string): Promise<ReadonlySet<string>> {
  const url = new URL(ownerUrl);
  url.pathname = `/${name}`;
  await prepareDatabase({ ownerUrl: url.href, appPassword: null, createDataSource });
  const fresh = new pg.Client({ connectionString: url.href });
  await fresh.connect();
  try {
    return await readRules(fresh);
  } finally {
    await fresh.end();
  }
}
