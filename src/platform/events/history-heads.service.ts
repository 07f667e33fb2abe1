import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { PUBLIC_ACTOR } from '../access/actor.js';
import type { ListRequest, Page, PageArguments } from '../api/page.js';
import { readPage } from '../api/page.js';
import { CursorCipher } from '../db/cursor.service.js';
import { Database } from '../db/database.service.js';
import type { Reader } from '../db/reader.js';
import type { Tx } from '../db/transaction.js';
import { notFound } from '../errors/refusal.js';
import type { Cacheable } from '../http/cacheable.js';
import { Jobs } from '../jobs/jobs.service.js';
import type { HistoryHead } from './history-head.type.js';

export const PUBLISH_HEAD = 'publish_head';
const HEAD = `to_char(h.day, 'YYYY-MM-DD') AS "date", encode(h.digest, 'hex') AS "digest"`;
const HEADS: Omit<ListRequest, 'arguments'> = {
  name: 'historyHeads',
  select: `${HEAD}, h.day AS "day"`,
  from: 'history_heads h',
  key: [{ sql: 'h.day', alias: 'day', type: 'date' }],
  descending: true,
  where: [],
};
/** A year and a leap day: who asks less often than that asks for each day. */
const MOST_LISTED = 366;
const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

export type PublishedHead = Pick<HistoryHead, 'date' | 'digest'>;

/** The head of the history, once a day: whoever keeps one can tell later whether what came before it was rewritten. */
@Injectable()
export class HistoryHeads implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly database: Database,
    private readonly cipher: CursorCipher,
  ) {}

  /** Asked every hour, published once a day: a node that was away at midnight misses nothing. */
  onModuleInit(): void {
    this.jobs.schedule(PUBLISH_HEAD, '9 * * * *', () => publishHead);
  }

  list(reader: Reader, page: PageArguments): Promise<Page<HistoryHead>> {
    return readPage(reader, this.cipher, { ...HEADS, arguments: page });
  }

  async latest(): Promise<Cacheable> {
    const heads = await this.read(`ORDER BY h.day DESC LIMIT ${MOST_LISTED}`);
    return { body: json({ heads }), type: 'application/json; charset=utf-8', fileName: 'goodfaith-heads.json' };
  }

  /** The one that was published last; null while none was. */
  async last(): Promise<PublishedHead | null> {
    return (await this.read('ORDER BY h.day DESC LIMIT 1'))[0] ?? null;
  }

  async ofDay(date: string): Promise<Cacheable> {
    const [head] = DAY.test(date) ? await this.read(`WHERE to_char(h.day, 'YYYY-MM-DD') = $1`, [date]) : [];
    if (!head) throw notFound();
    const fileName = `goodfaith-head-${date}.json`;
    return { body: json(head), type: 'application/json; charset=utf-8', fileName, isImmutable: true };
  }

  private read(rest: string, values: readonly unknown[] = []): Promise<PublishedHead[]> {
    return this.database.replicaReader(PUBLIC_ACTOR).rows(`SELECT ${HEAD} FROM history_heads h ${rest}`, values);
  }
}

async function publishHead(tx: Tx): Promise<boolean> {
  const [{ more }] = await tx.rows<{ more: boolean }>('SELECT publish_head($1::date, $2) AS more', [
    tx.now.toISOString().slice(0, 10),
    tx.now,
  ]);
  return more;
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
