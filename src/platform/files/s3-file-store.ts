import { Readable } from 'node:stream';
import { Logger } from '@nestjs/common';
import type * as Client from '@aws-sdk/client-s3';
import type * as Library from '@aws-sdk/lib-storage';
import type { S3Settings } from '../../config.js';
import { faultOf } from '../errors/fault.js';
import { Refusal, notFound, refuse } from '../errors/refusal.js';
import type { ByteRange } from './file-store.js';
import { FILE_ID, FileStore } from './file-store.js';
import { openS3 } from './s3-client.js';

type Sdk = typeof Client & Pick<typeof Library, 'Upload'>;

const PREFIX = 'attachments/';
/** The least that S3 takes; one is in memory while the next is filled. */
const PART_BYTES = 5 * 1024 * 1024;
const MOST_REMOVED = 1000;

export class S3FileStore extends FileStore {
  private readonly logger = new Logger('Files');

  private constructor(
    private readonly sdk: Sdk,
    private readonly client: Client.S3Client,
    private readonly bucket: string,
  ) {
    super();
  }

  static async open(settings: S3Settings): Promise<S3FileStore> {
    const { Upload } = await import('@aws-sdk/lib-storage');
    const { sdk, client } = await openS3(settings);
    return new S3FileStore({ ...sdk, Upload }, client, settings.bucket);
  }

  /** In parts; S3 shows the object only when the last one is there. */
  async write(id: string, content: AsyncIterable<Uint8Array>): Promise<void> {
    const upload = new this.sdk.Upload({
      client: this.client,
      params: { ...this.placeOf(id), Body: Readable.from(content, { objectMode: false }) },
      partSize: PART_BYTES,
      queueSize: 1,
    });
    await this.told(() => upload.done());
  }

  async read(id: string, range?: ByteRange): Promise<Readable> {
    const part = range && { Range: `bytes=${range.first}-${range.last}` };
    const { Body } = await this.told(() =>
      this.client.send(new this.sdk.GetObjectCommand({ ...this.placeOf(id), ...part })),
    );
    return Body as Readable;
  }

  async remove(ids: readonly string[]): Promise<void> {
    for (let i = 0; i < ids.length; i += MOST_REMOVED) {
      const Objects = ids.slice(i, i + MOST_REMOVED).map((id) => ({ Key: this.placeOf(id).Key }));
      const command = new this.sdk.DeleteObjectsCommand({ Bucket: this.bucket, Delete: { Objects, Quiet: true } });
      const { Errors = [] } = await this.told(() => this.client.send(command));
      if (Errors.length > 0) throw new Error(`S3 kept ${Errors.length} files: ${Errors[0].Code}`);
    }
  }

  async *writtenBefore(instant: Date): AsyncGenerator<string[]> {
    await this.abandonUploads(instant);
    const pages = this.sdk.paginateListObjectsV2({ client: this.client }, { Bucket: this.bucket, Prefix: PREFIX });
    for await (const { Contents = [] } of pages) {
      const old = Contents.filter(({ LastModified }) => LastModified && LastModified < instant);
      const ids = old.map(({ Key }) => Key!.slice(PREFIX.length)).filter((id) => FILE_ID.test(id));
      if (ids.length > 0) yield ids;
    }
  }

  destroy(): void {
    this.client.destroy();
  }

  /** A process that was killed leaves parts behind, which cost money and show in no list of objects. */
  private async abandonUploads(instant: Date): Promise<void> {
    const { Uploads = [] } = await this.told(() =>
      this.client.send(new this.sdk.ListMultipartUploadsCommand({ Bucket: this.bucket, Prefix: PREFIX })),
    );
    for (const { Key, UploadId, Initiated } of Uploads) {
      if (!Initiated || Initiated >= instant) continue;
      await this.client.send(new this.sdk.AbortMultipartUploadCommand({ Bucket: this.bucket, Key, UploadId }));
    }
  }

  private placeOf(id: string): { readonly Bucket: string; readonly Key: string } {
    if (!FILE_ID.test(id)) throw new Error('not the id of a file');
    return { Bucket: this.bucket, Key: `${PREFIX}${id}` };
  }

  /** Callers hear that it did not work, the log hears why. */
  private async told<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof Refusal) throw error;
      const { name, $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
      if (name === 'NoSuchKey') throw notFound('id');
      this.logger.error({ fault: faultOf(error, 'SYSTEM') });
      throw refuse($metadata?.httpStatusCode === 507 ? 'STORAGE_FULL' : 'UNAVAILABLE');
    }
  }
}
