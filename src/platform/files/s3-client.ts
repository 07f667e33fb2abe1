import type * as Client from '@aws-sdk/client-s3';
import type { S3Settings } from '../../config.js';

const CONNECT_MS = 5_000;
const SILENT_MS = 60_000;

export interface OpenedS3 {
  readonly sdk: typeof Client;
  readonly client: Client.S3Client;
}

/** Loads the client only where it is used: it would cost every start time and memory. */
export async function openS3({ region, endpoint, forcePathStyle, credentials }: S3Settings): Promise<OpenedS3> {
  const sdk = await import('@aws-sdk/client-s3');
  const client = new sdk.S3Client({
    ...{ region, endpoint, forcePathStyle, credentials },
    requestHandler: { connectionTimeout: CONNECT_MS, socketTimeout: SILENT_MS },
    // Newer checksums are not understood by every other service; the signature covers each part's SHA-256 anyway.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  return { sdk, client };
}
