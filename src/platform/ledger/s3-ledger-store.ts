import { Logger } from '@nestjs/common';
import type { S3Settings } from '../../config.js';
import { faultOf } from '../errors/fault.js';
import { refuse } from '../errors/refusal.js';
import type { OpenedS3 } from '../files/s3-client.js';
import { openS3 } from '../files/s3-client.js';
import { LedgerStore } from './ledger-store.js';

const PREFIX = 'ledger/';
/** There is an object of this name already. (409, while another request creates one, is worth another try.) */
const TAKEN = 412;

/** The ledger in a bucket. It needs one that knows `If-None-Match` (Amazon's does since August 2024, MinIO too). */
export class S3LedgerStore extends LedgerStore {
  private readonly logger = new Logger('Ledger');

  private constructor(
    private readonly s3: OpenedS3,
    private readonly bucket: string,
  ) {
    super();
  }

  static async open(settings: S3Settings): Promise<S3LedgerStore> {
    return new S3LedgerStore(await openS3(settings), settings.bucket);
  }

  protected async createText(name: string, text: string): Promise<boolean> {
    const { sdk, client } = this.s3;
    const put = { ...this.placeOf(name), Body: text, ContentType: 'application/json', IfNoneMatch: '*' };
    return (await this.ask(() => client.send(new sdk.PutObjectCommand(put)), TAKEN)) !== null;
  }

  protected async replaceText(name: string, text: string): Promise<void> {
    const { sdk, client } = this.s3;
    const put = { ...this.placeOf(name), Body: text, ContentType: 'application/json' };
    await this.ask(() => client.send(new sdk.PutObjectCommand(put)));
  }

  protected async readText(name: string): Promise<string | null> {
    const { sdk, client } = this.s3;
    return this.ask(async () => {
      const { Body } = await client.send(new sdk.GetObjectCommand(this.placeOf(name)));
      return Body!.transformToString();
    }, 404);
  }

  protected async listNames(folder: string): Promise<string[]> {
    const { sdk, client } = this.s3;
    const found: string[] = [];
    await this.ask(async () => {
      const request = { Bucket: this.bucket, Prefix: `${PREFIX}${folder}/` };
      for await (const { Contents = [] } of sdk.paginateListObjectsV2({ client }, request))
        found.push(...Contents.map(({ Key }) => Key!.slice(PREFIX.length)));
    });
    return found.sort();
  }

  destroy(): void {
    this.s3.client.destroy();
  }

  private placeOf(name: string): { readonly Bucket: string; readonly Key: string } {
    return { Bucket: this.bucket, Key: `${PREFIX}${name}` };
  }

  /** Null for the status that is expected. Callers hear of any other that it did not work, the log hears why. */
  private async ask<T>(send: () => Promise<T>, expected?: number): Promise<T | null> {
    try {
      return await send();
    } catch (error) {
      const { $metadata } = error as { $metadata?: { httpStatusCode?: number } };
      // A bucket that is not there is a 404 as well, and no answer to the question.
      const isExpected = $metadata?.httpStatusCode === expected && (error as Error).name !== 'NoSuchBucket';
      if (expected !== undefined && isExpected) return null;
      this.logger.error({ fault: faultOf(error, 'SYSTEM') });
      throw refuse($metadata?.httpStatusCode === 507 ? 'STORAGE_FULL' : 'UNAVAILABLE');
    }
  }
}
