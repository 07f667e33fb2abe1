import type { Network } from './network.js';

const READERS = ['funder', 'secondFunder', 'grantee', 'secondGrantee', 'steward'] as const;
/** Filled by the sealer in its own time, or beside each event; what is made of events is read through the feeds. */
const IN_ITS_OWN_TIME = ['event_queue', 'event_seals', 'event_feed', 'event_contents', 'history_heads'];

/** What was added since one last looked: rows of every table, and events of every feed. */
export class Ledger {
  private tables: string[];
  private rows: Record<string, number>;
  private readonly ends: Record<string, string | null> = {};

  private constructor(private readonly network: Network) {}

  static async open(network: Network): Promise<Ledger> {
    const ledger = new Ledger(network);
    const found = await network.sql<{ name: string }>(
      `SELECT CASE schemaname WHEN 'public' THEN tablename ELSE schemaname || '.' || tablename END AS name FROM pg_tables
       WHERE schemaname IN ('public', 'obstacles') AND tablename <> ALL ($1)`,
      [IN_ITS_OWN_TIME],
    );
    ledger.tables = found.map(({ name }) => name);
    ledger.rows = await ledger.count();
    await ledger.heard();
    return ledger;
  }

  /** How many rows each table has gained; tables that did not change are left out. */
  async grew(): Promise<Record<string, number>> {
    const before = this.rows;
    this.rows = await this.count();
    const gained = Object.entries(this.rows).map(([table, rows]) => [table, rows - before[table]] as const);
    return Object.fromEntries(gained.filter(([, rows]) => rows !== 0));
  }

  /** The types of new events in each feed, in order; feeds with nothing new are left out. */
  async heard(): Promise<Record<string, string[]>> {
    const heard: Record<string, string[]> = {};
    for (const reader of READERS) {
      const query =
        'query ($after: String) { events(first: 100, after: $after) { nodes { type } pageInfo { endCursor } } }';
      const { data } = await this.network.call(this.network.keys[reader], query, { after: this.ends[reader] });
      const { nodes, pageInfo } = data.events as { nodes: { type: string }[]; pageInfo: { endCursor: string | null } };
      this.ends[reader] = pageInfo.endCursor ?? this.ends[reader];
      if (nodes.length > 0) heard[reader] = nodes.map(({ type }) => type);
    }
    return heard;
  }

  private async count(): Promise<Record<string, number>> {
    const counts = this.tables.map((table) => `(SELECT count(*)::int FROM ${table}) AS "${table}"`);
    counts.push('(SELECT count(*)::int FROM graphile_worker.jobs) AS "jobs"');
    return (await this.network.sql<Record<string, number>>(`SELECT ${counts.join(', ')}`))[0];
  }
}
