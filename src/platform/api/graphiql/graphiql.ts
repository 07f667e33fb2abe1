import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { page, startScript, STYLE } from './page.js';

const require = createRequire(import.meta.url);
const inPackage = (name: string, file: string): string => join(dirname(require.resolve(`${name}/package.json`)), file);

const FILES: Record<string, string> = {
  'react.production.min.js': inPackage('react', 'umd/react.production.min.js'),
  'react-dom.production.min.js': inPackage('react-dom', 'umd/react-dom.production.min.js'),
  'graphiql.min.js': inPackage('graphiql', 'graphiql.min.js'),
  'graphiql.min.css': inPackage('graphiql', 'graphiql.min.css'),
};

/**
 * For this page alone. The editor colors and measures by `style` attributes and style elements, hence unsafe-inline
 * for styles; its fonts are in its style sheet as data. No script but the files below, no other host, no frames.
 */
const CONTENT_SECURITY_POLICY = [
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

/**
 * Shows GraphiQL to browsers on the endpoint itself: `GET` with `text/html` in `Accept`. Every other request goes on to
 * the route below. To be called before that route is registered: a hook applies to later routes only.
 */
export function registerGraphiql(fastify: FastifyInstance, path: string): void {
  // Addresses carry the version, so that browsers may keep the files for good.
  const { version } = require('graphiql/package.json') as { version: string };
  const assets = `/graphiql/assets/${version}`;
  const html = page(assets);
  const texts: Record<string, string> = { 'start.js': startScript(path), 'page.css': STYLE };

  fastify.addHook('onRequest', async (request, reply) => {
    if (request.method !== 'GET' || request.url.split('?', 1)[0] !== path) return undefined;
    // The answer depends on Accept, also where it is not this page.
    reply.header('vary', 'Accept');
    if (!request.headers.accept?.includes('text/html')) return undefined;
    return reply
      .header('content-security-policy', CONTENT_SECURITY_POLICY)
      .header('cache-control', 'no-cache')
      .header('x-content-type-options', 'nosniff')
      .header('referrer-policy', 'no-referrer')
      .type('text/html; charset=utf-8')
      .send(html);
  });

  fastify.get<{ Params: { file: string } }>(`${assets}/:file`, async ({ params: { file } }, reply) => {
    if (Object.hasOwn(texts, file)) return asset(reply, file).header('cache-control', 'no-cache').send(texts[file]);
    if (!Object.hasOwn(FILES, file)) return reply.callNotFound();
    const { size } = await stat(FILES[file]);
    return asset(reply, file)
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('content-length', size)
      .send(createReadStream(FILES[file]));
  });
}

function asset(reply: FastifyReply, file: string): FastifyReply {
  return reply
    .type(file.endsWith('.css') ? 'text/css; charset=utf-8' : 'text/javascript; charset=utf-8')
    .header('x-content-type-options', 'nosniff');
}
