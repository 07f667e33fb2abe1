import type { FastifyInstance } from 'fastify';
import { SCRIPTED_PAGE_POLICY, inPackage, registerPageFiles, versionOf } from '../../http/page-files.js';
import { page, startScript, STYLE } from './page.js';

const FILES: Record<string, string> = {
  'react.production.min.js': inPackage('react', 'umd/react.production.min.js'),
  'react-dom.production.min.js': inPackage('react-dom', 'umd/react-dom.production.min.js'),
  'graphiql.min.js': inPackage('graphiql', 'graphiql.min.js'),
  'graphiql.min.css': inPackage('graphiql', 'graphiql.min.css'),
};

/**
 * Shows GraphiQL to browsers on the endpoint itself: `GET` with `text/html` in `Accept`. Every other request goes on to
 * the route below. To be called before that route is registered: a hook applies to later routes only.
 */
export function registerGraphiql(fastify: FastifyInstance, path: string): void {
  const assets = `/graphiql/assets/${versionOf('graphiql')}`;
  const html = page(assets);

  fastify.addHook('onRequest', async (request, reply) => {
    if (request.method !== 'GET' || request.routeOptions.url !== path) return undefined;
    // The answer depends on Accept, also where it is not this page.
    reply.header('vary', 'Accept');
    if (!request.headers.accept?.includes('text/html')) return undefined;
    return reply
      .header('content-security-policy', SCRIPTED_PAGE_POLICY)
      .header('cache-control', 'no-cache')
      .header('x-content-type-options', 'nosniff')
      .header('referrer-policy', 'no-referrer')
      .type('text/html; charset=utf-8')
      .send(html);
  });

  registerPageFiles(fastify, assets, {
    files: FILES,
    texts: { 'start.js': startScript(path), 'page.css': STYLE },
  });
}
