import { join } from 'node:path';
import type { DynamicModule, OnApplicationShutdown } from '@nestjs/common';
import { Global, Module } from '@nestjs/common';
import type { Config } from '../../config.js';
import { Entropy } from '../clock/entropy.js';
import { DiskFileStore } from './disk-file-store.js';
import { FileLinks } from './file-links.service.js';
import { FileStore } from './file-store.js';
import { S3FileStore } from './s3-file-store.js';

/** Where the settings say that files are kept. */
export async function openFileStore({ home, attachments }: Config, entropy: Entropy): Promise<FileStore> {
  return attachments.store === 's3'
    ? S3FileStore.open(attachments)
    : new DiskFileStore(attachments.folder ?? join(home, 'attachments'), entropy);
}

@Global()
@Module({})
export class FilesModule implements OnApplicationShutdown {
  constructor(private readonly files: FileStore) {}

  static forRoot(config: Config): DynamicModule {
    const open = (entropy: Entropy): Promise<FileStore> => openFileStore(config, entropy);
    return {
      module: FilesModule,
      providers: [{ provide: FileStore, inject: [Entropy], useFactory: open }, FileLinks],
      exports: [FileStore, FileLinks],
    };
  }

  onApplicationShutdown(): void {
    if (this.files instanceof S3FileStore) this.files.destroy();
  }
}
