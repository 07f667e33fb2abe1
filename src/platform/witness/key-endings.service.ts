import { Injectable, Logger } from '@nestjs/common';
import { SYSTEM_ACTOR } from '../access/actor.js';
import { Database } from '../db/database.service.js';
import { faultOf } from '../errors/fault.js';
import { LedgerStore } from '../ledger/ledger-store.js';
import { readNetworkId } from '../network/network-row.js';

/**
 * Which keys have ended, by revocation or rotation, in the ledger outside the database: a backup does not know what ended
 * after it was made, and a key that leaked must not live again with it. Only ids are kept.
 */
@Injectable()
export class KeyEndings {
  private readonly logger = new Logger('Keys');
  private kept: Set<string> | undefined;
  /** Of a database that may be a backup: what must not be believed. */
  private ended: ReadonlySet<string> = new Set();
  /** Only what speaks for the network adds to what is kept of it. */
  private mayKeep = false;

  constructor(
    private readonly database: Database,
    private readonly ledger: LedgerStore,
  ) {}

  /** Whether the ledger says that this key has ended, asked while the database may be a backup. */
  hasEnded(keyId: string): boolean {
    return this.ended.has(keyId);
  }

  /** Keeps what has ended since; awaited by what ends a key, and done again each minute for what could not be kept then. */
  async keep(): Promise<void> {
    const reader = this.database.reader(SYSTEM_ACTOR);
    const network = await readNetworkId(reader);
    this.kept ??= new Set(await readKeyEndings(this.ledger, network));
    const rows = await reader.rows<{ id: string }>(
      'SELECT k.id AS "id" FROM api_keys k WHERE k.revoked_at IS NOT NULL OR k.rotated_at IS NOT NULL',
    );
    for (const { id } of rows) {
      if (this.kept.has(id)) continue;
      await this.ledger.create(`${folderOf(network)}/${id}.json`, `${JSON.stringify({ key: id })}\n`);
      this.kept.add(id);
    }
    this.ended = new Set();
    this.mayKeep = true;
  }

  /** A key ends also while the ledger is away. */
  async keepNow(): Promise<void> {
    if (!this.mayKeep) return;
    try {
      await this.keep();
    } catch (error) {
      this.logger.error({ msg: 'the ending of a key is kept later', fault: faultOf(error, 'SYSTEM') });
    }
  }

  async load(): Promise<void> {
    this.kept = undefined;
    this.mayKeep = false;
    this.ended = new Set(await readKeyEndings(this.ledger, await readNetworkId(this.database.reader(SYSTEM_ACTOR))));
  }
}

export async function readKeyEndings(ledger: LedgerStore, network: string): Promise<string[]> {
  const names = await ledger.list(folderOf(network));
  return names.map((name) =>
    name
      .split('/')
      .at(-1)!
      .replace(/\.json$/, ''),
  );
}

const folderOf = (network: string): string => `${network}/keys`;
