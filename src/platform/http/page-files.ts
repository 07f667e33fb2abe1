import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';

const require = createRequire(import.meta.url);

/** A file of an installed package. */
export const inPackage = (name: string, file: string): string =>
  join(dirname(require.resolve(`${name}/package.json`)), file);
export const versionOf = (name: string): string => (require(`${name}/package.json`) as { version: string }).version;

interface PageFiles {
  /** By name: where a file of a package lies. The address carries the version, so that browsers may keep it for good. */
  readonly files: Readonly<Record<string, string>>;
  /** By name: a text of ours, which may change with the next version of the service. */
  readonly texts: Readonly<Record<string, string>>;
}

/** Scripts and styles that a page of ours loads: these names and no others, from this service and from nowhere else. */
export function registerPageFiles(fastify: FastifyInstance, folder: string, { files, texts }: PageFiles): void {
  fastify.get<{ Params: { file: string } }>(`${folder}/:file`, async ({ params: { file } }, reply) => {
    if (Object.hasOwn(texts, file)) return typed(reply, file).header('cache-control', 'no-cache').send(texts[file]);
    if (!Object.hasOwn(files, file)) return reply.callNotFound();
    const { size } = await stat(files[file]);
    return typed(reply, file)
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('content-length', size)
      .send(createReadStream(files[file]));
  });
}

function typed(reply: FastifyReply, file: string): FastifyReply {
  return reply
    .type(file.endsWith('.css') ? 'text/css; charset=utf-8' : 'text/javascript; charset=utf-8')
    .header('x-content-type-options', 'nosniff');
}

/**
 * For a page with scripts of a package. They color and measure by `style` attributes and style elements, hence
 * unsafe-inline for styles; fonts and icons are in their style sheets as data. No script but the files above, no other
 * host, no frames.
 */
export const SCRIPTED_PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
