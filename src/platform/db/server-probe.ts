import pg from 'pg';
import { inTime } from '../clock/in-time.js';

/** What one look at a server told. */
export interface Sight {
  readonly isReadOnly: boolean;
  /** By the server's clock. */
  readonly now: Date;
  readonly migrations: number;
}

const LOOK = `SELECT current_setting('transaction_read_only') = 'on' AS "isReadOnly", clock_timestamp() AS "now",
  (SELECT count(*)::integer FROM migrations) AS "migrations"`;
/** How long whoever asks waits for a look. */
const MOST_WAIT_MS = 150;
/** After that a server that says nothing is given up, and connected to anew. */
const GIVEN_UP_MS = 2_000;
const KEPT_MS = 1_000;

/** Looks at a server over a connection of its own: no caller can take it away, and none waits because of it. */
export class ServerProbe {
  private client: pg.Client | undefined;
  private looking: Promise<Sight | null> | undefined;
  private seen: { readonly sight: Sight | null; readonly at: number } | undefined;

  constructor(private readonly url: string) {}

  /** What the server said within the last second, or says now; null when it says nothing in time. */
  async look(): Promise<Sight | null> {
    if (this.seen && performance.now() - this.seen.at < KEPT_MS) return this.seen.sight;
    this.looking ??= this.ask().finally(() => (this.looking = undefined));
    const sight = await inTime(this.looking, MOST_WAIT_MS, () => new Error('no answer in time')).catch(() => null);
    this.seen = { sight, at: performance.now() };
    return sight;
  }

  async close(): Promise<void> {
    await this.client?.end().catch(() => undefined);
  }

  private async ask(): Promise<Sight | null> {
    try {
      this.client ??= await this.connect();
      return (await this.client.query<Sight>(LOOK)).rows[0];
    } catch {
      this.forget(this.client);
      return null;
    }
  }

  private async connect(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.url,
      application_name: 'goodfaith readiness',
      connectionTimeoutMillis: GIVEN_UP_MS,
      query_timeout: GIVEN_UP_MS,
    });
    // Without a listener a connection that breaks would end the process.
    client.on('error', () => this.forget(client));
    await client.connect();
    return client;
  }

  private forget(client: pg.Client | undefined): void {
    if (client === undefined) return;
    if (this.client === client) this.client = undefined;
    client.end().catch(() => undefined);
  }
}

/** Of the server that takes changes, and of those that follow it. */
export class ServerProbes {
  readonly first: ServerProbe;
  readonly replicas: readonly ServerProbe[];

  constructor(url: string, replicaUrls: readonly string[]) {
    this.first = new ServerProbe(url);
    this.replicas = replicaUrls.map((replica) => new ServerProbe(replica));
  }

  async close(): Promise<void> {
    await Promise.all([this.first, ...this.replicas].map((probe) => probe.close()));
  }
}
