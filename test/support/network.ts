import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import pg from 'pg';
import { createApp } from '../../src/app.js';
import { ApiKeys } from '../../src/accounts/api-keys.service.js';
import { readConfig } from '../../src/config.js';
import { PUBLIC_ACTOR } from '../../src/platform/access/actor.js';
import { Clock } from '../../src/platform/clock/clock.js';
import type { Entropy } from '../../src/platform/clock/entropy.js';
import { surviveLostConnections } from '../../src/platform/db/lost-connections.js';
import type { Answer } from './client.js';
import { post } from './client.js';
import type { TestDatabase } from './database.js';
import { createTestDatabase } from './database.js';
import { granteeKey } from './grantee-keys.js';
import { UNHURRIED } from './waits.js';

export class TestClock extends Clock {
  private offset = 0;

  override now(): Date {
    return new Date(Date.now() + this.offset);
  }

  /** How far the machine's own clock is off, whatever instant a test has set. */
  skew = 0;

  override aheadOf(other: Date): number {
    return Date.now() + this.skew - other.getTime();
  }

  /** From now on it is this instant, and time goes on from there. */
  set(instant: string): void {
    this.offset = new Date(instant).getTime() - Date.now();
  }
}

/** A clock that stands still until it is told otherwise. */
export class FrozenClock extends Clock {
  constructor(private instant: Date) {
    super();
  }

  override now(): Date {
    return this.instant;
  }

  override aheadOf(): number {
    return 0;
  }

  set(instant: string): void {
    this.instant = new Date(instant);
  }
}

export interface NetworkOptions {
  readonly clock?: Clock;
  readonly entropy?: Entropy;
  readonly env?: Record<string, string>;
  /** Leaves it unsaid whose steward the network has: nothing can be CONFIDENTIAL then. */
  readonly isUndeclared?: boolean;
  /** Where its data is: a database of the run's server, unless a test brings a server of its own. */
  readonly database?: TestDatabase;
}
type Parties = 'funder' | 'secondFunder' | 'grantee' | 'secondGrantee';
type Callers = 'steward' | 'analyst' | Parties;

/** The real service on a real database, with two funders, two grantees, and a key for each role. */
export interface Network {
  readonly url: string;
  readonly app: NestFastifyApplication;
  readonly clock: TestClock;
  readonly keys: Record<Callers, string>;
  /** `organization` is the same UUID as `funder` or `grantee`, under another prefix. */
  readonly ids: Record<Parties, string> & { organization: Record<Parties, string> };
  call(key: string | null, query: string, variables?: object, headers?: Record<string, string>): Promise<Answer>;
  /** A mutation by its name; answers its payload with the given selection and the errors' codes and paths. */
  mutate(
    key: string | null,
    name: string,
    input: object,
    selection: string,
    headers?: Record<string, string>,
  ): Promise<Answer['data']>;
  /** As the superuser, past row security. */
  sql<T extends object>(text: string, values?: unknown[]): Promise<T[]>;
  /** Where attachments are kept, unless `env` says otherwise. */
  readonly folder: string;
  /** Where the ledger is kept, likewise. */
  readonly ledger: string;
  readonly secret: string;
  readonly databaseUrls: { owner: string; app: string };
  stop(): Promise<void>;
}

export const QUIET = {
  LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
  RATE_PER_KEY: '1000000',
  RATE_PER_ADDRESS: '1000000',
  RATE_PER_ADDRESS_FILES: '1000000',
  JOBS: 'off',
  ...UNHURRIED,
  GOODFAITH_SECRET: 'a secret for tests that is long enough for all of them',
};
export const USER_ERRORS = `userErrors { __typename code message path
  ... on StaleVersionError { currentVersion } ... on DuplicateIdentifierError { organizationId } }`;
/** For a selection: what is told beside a success. */
export const NOTICES = `notices { __typename code message path ... on SubmissionDiffersNotice { existingId version } }`;
export interface ToldNotice {
  readonly __typename: string;
  readonly code: string;
  readonly message: string;
  readonly path: string[] | null;
  readonly existingId?: string;
  readonly version?: number;
}

export async function startNetwork(options: NetworkOptions = {}): Promise<Network> {
  const database = options.database ?? (await createTestDatabase());
  const clock = (options.clock ?? new TestClock()) as TestClock;
  const folder = mkdtempSync(join(tmpdir(), 'goodfaith-files-'));
  const ledger = mkdtempSync(join(tmpdir(), 'goodfaith-ledger-'));
  const config = readConfig({ ...QUIET, ATTACHMENTS_FOLDER: folder, LEDGER_FOLDER: ledger, ...options.env });
  const app = await createApp({
    config,
    databaseUrl: database.appUrl,
    secret: config.secret!,
    clock,
    ...(options.entropy && { entropy: options.entropy }),
  });
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as { port: number };
  const url = `http://127.0.0.1:${port}`;
  const owner = new pg.Pool({ connectionString: database.ownerUrl, max: 3 });
  // A pool has ended before its idle connections have: dropping the database may still end one of them.
  surviveLostConnections(owner);
  const { call, mutate } = callsTo(url);
  const steward = (
    await app.get(ApiKeys).create({ ...PUBLIC_ACTOR, role: 'STEWARD' }, { role: 'STEWARD', label: 'first' })
  ).secret!;
  const { keys, ids } = await populate(mutate, steward);
  if (!options.isUndeclared)
    await mutate(steward, 'declareNoStewardOrganization', { expectedVersion: 1 }, 'network { stewardship }');
  return {
    url,
    app,
    clock,
    keys,
    ids,
    call,
    mutate,
    sql: async <T extends object>(text: string, values: unknown[] = []) =>
      (await owner.query(text, values)).rows as T[],
    folder,
    ledger,
    secret: config.secret!,
    databaseUrls: { owner: database.ownerUrl, app: database.appUrl },
    stop: async () => {
      await app.close();
      await owner.end();
      await database.drop();
      for (const each of [folder, ledger]) rmSync(each, { recursive: true, force: true });
    },
  };
}

/** How tests call a service that answers at this address. */
export function callsTo(url: string): Pick<Network, 'call' | 'mutate'> {
  const call: Network['call'] = (key, query, variables, headers) => post(url, key, query, variables, headers);
  const mutate: Network['mutate'] = async (key, name, input, selection, headers) => {
    const type = `${name[0].toUpperCase()}${name.slice(1)}Input!`;
    const { data, errors, text } = await call(
      key,
      `mutation ($input: ${type}) { ${name}(input: $input) { ${selection} ${USER_ERRORS} } }`,
      { input },
      headers,
    );
    if (errors) throw new Error(`${name}: ${text}`);
    return (data as Record<string, unknown>)[name];
  };
  return { call, mutate };
}

/** Two funders, two grantees, and a key for each role. */
export async function populate(mutate: Network['mutate'], steward: string): Promise<Pick<Network, 'keys' | 'ids'>> {
  const organization = {} as Record<Parties, string>;
  const ids = { organization } as Network['ids'];
  const keys = { steward } as Network['keys'];
  const parties: [Parties, 'FUNDER' | 'GRANTEE', string][] = [
    ['funder', 'FUNDER', 'Riverstone Fund'],
    ['secondFunder', 'FUNDER', 'Lantern Trust'],
    ['grantee', 'GRANTEE', 'Hội Phụ nữ Sông Hậu'],
    ['secondGrantee', 'GRANTEE', 'Open Meadow'],
  ];
  const issue = async (role: string, organizationId: string | null): Promise<string> =>
    ((await mutate(steward, 'createApiKey', { role, organizationId, label: role }, 'secret')) as { secret: string })
      .secret;
  for (const [party, role, name] of parties) {
    const face = role === 'FUNDER' ? { funder: {} } : { grantee: { legalForm: 'REGISTERED' } };
    const input = { name, ...face, timeZone: 'Asia/Ho_Chi_Minh', contact: { email: `${party}@example.org` } };
    const { organization: made } = (await mutate(steward, 'registerOrganization', input, 'organization { id }')) as {
      organization: { id: string };
    };
    organization[party] = made.id;
    ids[party] = made.id.replace('org_', role === 'FUNDER' ? 'fun_' : 'gte_');
    keys[party] =
      role === 'GRANTEE' ? await granteeKey({ mutate, steward }, made.id, role) : await issue(role, made.id);
  }
  keys.analyst = await issue('ANALYST', null);
  return { keys, ids };
}
