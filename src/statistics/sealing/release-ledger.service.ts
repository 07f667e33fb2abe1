import { Injectable, Logger } from '@nestjs/common';
import { refuse } from '../../platform/errors/refusal.js';
import type { Tx } from '../../platform/db/transaction.js';
import { LedgerStore } from '../../platform/ledger/ledger-store.js';
import { readNetworkId } from '../../platform/network/network-row.js';
import { countsSince, parsePeriod } from '../period.rules.js';
import { readClosed, readWholeRelease } from './sealing.store.js';
import type { SealedRelease } from './sealed-release.js';
import { readSealedRelease, textOf } from './sealed-release.js';

/**
 * What was sealed, once more outside the database and before its commit: a database that was restored, or whose node died
 * meanwhile, closes the same period with the same figures and draws no new noise. Two draws for one truth would be two
 * releases to average.
 */
@Injectable()
export class ReleaseLedger {
  private readonly logger = new Logger('Ledger');

  constructor(private readonly store: LedgerStore) {}

  async find(tx: Tx, period: string): Promise<SealedRelease | null> {
    const network = await readNetworkId(tx);
    const text = await this.store.read(nameOf(network, period));
    if (text === null) return null;
    const sealed = readSealedRelease(network, period, text);
    if (sealed) return sealed;
    this.logger.error(
      `${nameOf(network, period)} cannot be read as a release: ${period} is not sealed until it is put right`,
    );
    throw refuse('UNAVAILABLE');
  }

  /** Answers what the ledger has from now on, which is somebody else's where that came first. */
  async keep(tx: Tx, sealed: SealedRelease): Promise<SealedRelease> {
    const network = await readNetworkId(tx);
    const { period } = sealed.release;
    if (await this.store.create(nameOf(network, period), textOf(network, sealed))) return sealed;
    return (await this.find(tx, period))!;
  }

  /** What was sealed before there was a ledger, or with another one. */
  async keepEarlier(tx: Tx): Promise<void> {
    const network = await readNetworkId(tx);
    const closed = await readClosed(tx);
    const kept = new Set(await this.store.list(folderOf(network)));
    for (const name of closed) {
      if (kept.has(nameOf(network, name))) continue;
      const period = parsePeriod(name)!;
      const countedSince = period.quarter === null ? null : countsSince(period, (before) => closed.has(before));
      await this.store.create(
        nameOf(network, name),
        textOf(network, { ...(await readWholeRelease(tx, name)), countedSince }),
      );
    }
  }
}

const folderOf = (network: string): string => `${network}/releases`;
const nameOf = (network: string, period: string): string => `${folderOf(network)}/${period}.json`;
