import type { DynamicModule, OnApplicationShutdown } from '@nestjs/common';
import { Global, Inject, Module } from '@nestjs/common';
import pg from 'pg';
import { CursorCipher, SECRET, SECRETS } from './cursor.service.js';
import { Database, POOL, REPLICAS } from './database.service.js';
import { surviveLostConnections } from './lost-connections.js';
import { ServerProbes } from './server-probe.js';
import type { Waits } from './waits.js';
import { LONG_LOCK_WAIT_MS, WAITS } from './waits.js';

export interface DbOptions {
  readonly url: string;
  /** Servers that follow the first one: queries go to them, decisions never do. */
  readonly replicaUrls: readonly string[];
  readonly poolSize: number;
  readonly waits: Waits;
  /** The newest first. */
  readonly secrets: readonly string[];
}

@Global()
@Module({})
export class DbModule implements OnApplicationShutdown {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(REPLICAS) private readonly replicas: readonly pg.Pool[],
    private readonly probes: ServerProbes,
  ) {}

  static forRoot({ url, replicaUrls, poolSize, waits, secrets }: DbOptions): DynamicModule {
    return {
      module: DbModule,
      providers: [
        { provide: POOL, useFactory: () => openPool(url, { poolSize, waits }) },
        { provide: REPLICAS, useFactory: () => replicaUrls.map((replica) => openPool(replica, { poolSize, waits })) },
        { provide: WAITS, useValue: waits },
        { provide: SECRET, useValue: secrets[0] },
        { provide: SECRETS, useValue: secrets },
        { provide: ServerProbes, useFactory: () => new ServerProbes(url, replicaUrls) },
        Database,
        CursorCipher,
      ],
      exports: [POOL, WAITS, SECRET, SECRETS, ServerProbes, Database, CursorCipher],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.probes.close(), ...[this.pool, ...this.replicas].map((pool) => pool.end())]);
  }
}

export interface PoolOptions {
  readonly poolSize: number;
  /** Of callers; without them the pool is for work that nobody waits for. */
  readonly waits?: Waits;
  readonly role?: string;
}

export function openPool(url: string, { poolSize, waits, role }: PoolOptions): pg.Pool {
  const settings = [
    'TimeZone=UTC',
    'DateStyle=ISO',
    'statement_timeout=20000',
    `lock_timeout=${waits?.lockMs ?? LONG_LOCK_WAIT_MS}`,
    'idle_in_transaction_session_timeout=30000',
  ];
  if (role) settings.push(`role=${role}`);
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    options: settings.map((setting) => `-c ${setting}`).join(' '),
    application_name: 'goodfaith',
    // Of making a connection. How long a request waits for one is its own patience.
    connectionTimeoutMillis: 10_000,
    // A server that neither answers nor hangs up: more than any statement may take.
    query_timeout: 25_000,
    keepAlive: true,
  });
  surviveLostConnections(pool);
  return pool;
}
