import { join } from 'node:path';
import type { DynamicModule, OnApplicationShutdown } from '@nestjs/common';
import { Global, Module } from '@nestjs/common';
import type { Config } from '../../config.js';
import { DiskLedgerStore } from './disk-ledger-store.js';
import { LedgerStore } from './ledger-store.js';
import { S3LedgerStore } from './s3-ledger-store.js';

@Global()
@Module({})
export class LedgerModule implements OnApplicationShutdown {
  constructor(private readonly ledger: LedgerStore) {}

  static forRoot(config: Pick<Config, 'home' | 'ledger'>): DynamicModule {
    return {
      module: LedgerModule,
      providers: [{ provide: LedgerStore, useFactory: () => openLedger(config) }],
      exports: [LedgerStore],
    };
  }

  onApplicationShutdown(): void {
    if (this.ledger instanceof S3LedgerStore) this.ledger.destroy();
  }
}

/** Also for commands that start no service. */
export async function openLedger({ home, ledger }: Pick<Config, 'home' | 'ledger'>): Promise<LedgerStore> {
  if (ledger.store === 's3') return S3LedgerStore.open(ledger);
  return new DiskLedgerStore(ledger.folder ?? join(home, 'ledger'));
}
