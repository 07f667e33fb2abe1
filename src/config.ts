import * as path from 'node:path';
import { readSecrets } from './secrets.js';
import type { TrustedProxies } from './trusted-proxies.js';
import { readTrustedProxies } from './trusted-proxies.js';

/** Every setting of the service, read once from the environment. */
export interface Config {
  readonly port: number;
  readonly host: string;
  /** Where the embedded server keeps its data, and demo keys and the generated secret are put. */
  readonly home: string;
  /** A real server, as `goodfaith_app`; undefined means the embedded one. */
  readonly databaseUrl: string | undefined;
  /** The owner of the tables, for migrations; undefined: migrations are applied by someone else. */
  readonly migrationUrl: string | undefined;
  readonly replicaUrls: readonly string[];
  /** Keys cursors and links: one secret, or several with the newest first. Required with a real server, so that all nodes share it. */
  readonly secret: string | undefined;
  readonly poolSize: number;
  /** How long a call waits for a connection and for a lock before it is told UNAVAILABLE. */
  readonly waits: { readonly poolMs: number; readonly lockMs: number };
  readonly logLevel: LogLevel;
  /** The commit that was built, when whoever built it said so. */
  readonly commit: string | null;
  /** Requests a minute. */
  readonly ratePerKey: number;
  readonly ratePerAddress: number;
  /** Of files that never change, which an address reads without a key. */
  readonly ratePerAddressOfFiles: number;
  /** How long a body may bring nothing. */
  readonly bodySeconds: number;
  /** How long a node that was told to end still takes requests, so that a load balancer sees it first. */
  readonly shutdownDelaySeconds: number;
  /** How long it then waits at most for the requests it has. */
  readonly shutdownLimitSeconds: number;
  /** Proxies whose `X-Forwarded-For` is believed. */
  readonly trustProxy: TrustedProxies;
  readonly compiledExecution: boolean;
  /** Whether this node runs the jobs. */
  readonly jobs: boolean;
  /** Where uploaded files are kept. */
  readonly attachments: FileStorage;
  /** Where the ledger is kept that outlives the database. */
  readonly ledger: FileStorage;
  readonly statistics: StatisticsConfig;
}

export type FileStorage =
  /** No folder: one under `home`. All nodes must see the same disk. */
  { readonly store: 'disk'; readonly folder: string | undefined } | ({ readonly store: 's3' } & S3Settings);

export interface S3Settings {
  readonly bucket: string;
  readonly region: string;
  /** A service other than Amazon's own. */
  readonly endpoint: string | undefined;
  readonly forcePathStyle: boolean;
  /** Undefined: left to what the official client finds. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
}

/** How obstacle statistics protect whoever is in them. Gates can only be raised, and epsilons only lowered. */
export interface StatisticsConfig {
  /** Of each view, in thousandths. */
  readonly epsilons: { readonly CATEGORY: number; readonly KIND_BY_REGION: number; readonly FUNDER: number };
  /** How many organizations could have reported, at least. */
  readonly gates: { readonly network: number; readonly region: number; readonly funder: number };
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** A wrong setting. The message is the one line that the person who starts the service reads. */
export class ConfigError extends Error {}

type Environment = Readonly<Record<string, string | undefined>>;

export function readConfig(env: Environment = process.env): Config {
  const databaseUrl = url(env, 'DATABASE_URL');
  const config: Config = {
    port: integer(env, 'PORT', 4000, 0, 65_535),
    host: env.HOST || '0.0.0.0',
    home: path.resolve(env.GOODFAITH_HOME || '.goodfaith'),
    databaseUrl,
    migrationUrl: url(env, 'DATABASE_MIGRATION_URL'),
    replicaUrls: list(env.DATABASE_REPLICA_URLS).map((text) => checkUrl('DATABASE_REPLICA_URLS', text)),
    secret: secret(env),
    poolSize: integer(env, 'DATABASE_POOL_SIZE', 10, 2, 500),
    waits: {
      poolMs: integer(env, 'DATABASE_POOL_WAIT_MS', 1_500, 100, 15_000),
      lockMs: integer(env, 'DATABASE_LOCK_WAIT_MS', 2_000, 100, 15_000),
    },
    commit: commit(env),
    logLevel: choice(env, 'LOG_LEVEL', LOG_LEVELS, 'info'),
    ratePerKey: integer(env, 'RATE_PER_KEY', 600, 1, 10_000_000),
    ratePerAddress: integer(env, 'RATE_PER_ADDRESS', 60, 1, 10_000_000),
    ratePerAddressOfFiles: integer(env, 'RATE_PER_ADDRESS_FILES', 1_200, 1, 10_000_000),
    bodySeconds: integer(env, 'BODY_SECONDS', 60, 1, 3_600),
    shutdownDelaySeconds: integer(env, 'SHUTDOWN_DELAY_SECONDS', 2, 0, 300),
    shutdownLimitSeconds: integer(env, 'SHUTDOWN_LIMIT_SECONDS', 20, 1, 3_600),
    trustProxy: trustedProxies(env),
    compiledExecution: choice(env, 'COMPILED_EXECUTION', ['on', 'off'] as const, 'on') === 'on',
    jobs: choice(env, 'JOBS', ['on', 'off'] as const, 'on') === 'on',
    attachments: storage(env, 'ATTACHMENTS', 'disk'),
    ledger: storage(env, 'LEDGER', env.ATTACHMENTS === 's3' ? 's3' : 'disk'),
    statistics: {
      epsilons: {
        CATEGORY: thousandths(env, 'STATISTICS_EPSILON_CATEGORY', 350),
        KIND_BY_REGION: thousandths(env, 'STATISTICS_EPSILON_REGION', 200),
        FUNDER: thousandths(env, 'STATISTICS_EPSILON_FUNDER', 400),
      },
      gates: {
        network: integer(env, 'STATISTICS_GATE_NETWORK', 200, 200, 10_000_000),
        region: integer(env, 'STATISTICS_GATE_REGION', 25, 25, 10_000_000),
        funder: integer(env, 'STATISTICS_GATE_FUNDER', 150, 150, 10_000_000),
      },
    },
  };
  if (databaseUrl && !config.secret) {
    throw new ConfigError(
      'GOODFAITH_SECRET is required with DATABASE_URL: at least 32 characters, the same on every node.',
    );
  }
  if (config.migrationUrl && !databaseUrl) {
    throw new ConfigError(
      'DATABASE_MIGRATION_URL is set without DATABASE_URL: set both, or neither for the embedded server.',
    );
  }
  return config;
}

function commit(env: Environment): string | null {
  const text = env.GOODFAITH_COMMIT || null;
  if (text !== null && !/^[0-9a-f]{7,40}$/.test(text))
    throw new ConfigError('GOODFAITH_COMMIT is the hash of a commit: 7 to 40 hexadecimal digits.');
  return text;
}

/** `<name>_FOLDER` and `<name>_BUCKET` are its own; how S3 is reached is the same for all. */
function storage(env: Environment, name: 'ATTACHMENTS' | 'LEDGER', usual: FileStorage['store']): FileStorage {
  const store = choice(env, name, ['disk', 's3'] as const, usual);
  if (store === 'disk') {
    const folder = env[`${name}_FOLDER`];
    return { store, folder: folder ? path.resolve(folder) : undefined };
  }
  const { S3_ENDPOINT: endpoint, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = env;
  const bucket = (name === 'LEDGER' && env.LEDGER_BUCKET) || env.S3_BUCKET;
  if (!bucket) {
    throw new ConfigError(
      `${name === 'LEDGER' ? 'LEDGER_BUCKET or S3_BUCKET' : 'S3_BUCKET'} is required with ${name}=s3.`,
    );
  }
  if (endpoint && !/^https?:$/.test(URL.canParse(endpoint) ? new URL(endpoint).protocol : '')) {
    throw new ConfigError('S3_ENDPOINT is not an http or https address such as https://s3.example.org.');
  }
  if (!accessKeyId !== !secretAccessKey) {
    throw new ConfigError('S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY belong together: set both, or neither.');
  }
  return {
    store,
    bucket,
    region: env.S3_REGION || env.AWS_REGION || 'us-east-1',
    endpoint: endpoint || undefined,
    forcePathStyle:
      choice(env, 'S3_FORCE_PATH_STYLE', ['true', 'false'] as const, endpoint ? 'true' : 'false') === 'true',
    credentials: accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey } : undefined,
  };
}

function integer(env: Environment, name: string, fallback: number, least: number, most: number): number {
  const text = env[name];
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most) {
    throw new ConfigError(`${name} is "${text}", but must be a whole number from ${least} to ${most}.`);
  }
  return value;
}

/** A decimal such as 0.35, of which no more is allowed than what is usual. */
function thousandths(env: Environment, name: string, most: number): number {
  const text = env[name];
  if (text === undefined || text === '') return most;
  const value = Math.round(Number(text) * 1_000);
  if (!/^0\.\d{1,3}$/.test(text) || value < 1 || value > most) {
    throw new ConfigError(
      `${name} is "${text}", but must be from 0.001 to ${most / 1_000}, with at most three decimals.`,
    );
  }
  return value;
}

function choice<T extends string>(env: Environment, name: string, values: readonly T[], fallback: T): T {
  const text = env[name];
  if (text === undefined || text === '') return fallback;
  const found = values.find((value) => value === text);
  if (found === undefined) throw new ConfigError(`${name} is "${text}", but must be one of: ${values.join(', ')}.`);
  return found;
}

function url(env: Environment, name: string): string | undefined {
  const text = env[name];
  return text ? checkUrl(name, text) : undefined;
}

/** The address holds a password: the message never repeats it. */
function checkUrl(name: string, text: string): string {
  const parsed = URL.canParse(text) ? new URL(text) : undefined;
  if (!parsed || !['postgres:', 'postgresql:'].includes(parsed.protocol)) {
    throw new ConfigError(`${name} is not a PostgreSQL address such as postgres://user:password@host:5432/goodfaith.`);
  }
  return text;
}

function trustedProxies(env: Environment): TrustedProxies {
  const text = env.TRUST_PROXY || '0';
  const proxies = readTrustedProxies(text);
  if (proxies === null) {
    throw new ConfigError(
      `TRUST_PROXY is "${text}", but must be how many proxies stand in front (0 to 10), or their networks such as 10.0.0.0/8,192.0.2.7; never all.`,
    );
  }
  return proxies;
}

function secret(env: Environment): string | undefined {
  const secrets = readSecrets(env.GOODFAITH_SECRET ?? '');
  if (secrets.some((each) => each.length < 32)) {
    throw new ConfigError(
      'GOODFAITH_SECRET is too short: use at least 32 characters, in each secret where a comma separates several.',
    );
  }
  if (new Set(secrets).size < secrets.length) throw new ConfigError('GOODFAITH_SECRET has the same secret twice.');
  return secrets.length > 0 ? secrets.join(',') : undefined;
}

function list(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
}
