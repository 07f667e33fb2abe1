import type { FastifyInstance } from 'fastify';
import { SCRIPTED_PAGE_POLICY, inPackage, registerPageFiles, versionOf } from '../../platform/http/page-files.js';

const FOLDER = `/docs/rest/assets/${versionOf('swagger-ui-dist')}`;
const FILES = {
  'swagger-ui-bundle.js': inPackage('swagger-ui-dist', 'swagger-ui-bundle.js'),
  'swagger-ui.css': inPackage('swagger-ui-dist', 'swagger-ui.css'),
};

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>The REST contract · Goodfaith</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="${FOLDER}/swagger-ui.css" />
  </head>
  <body>
    <p><a href="/">Goodfaith</a> · <a href="/docs">All guides</a></p>
    <div id="reference">Loading ...</div>
    <script src="${FOLDER}/swagger-ui-bundle.js" defer></script>
    <script src="${FOLDER}/start.js" defer></script>
  </body>
</html>
`;

/** A key that is entered stays in the memory of the page, and no validator elsewhere is asked. */
const start = (document: string): string => `'use strict';
SwaggerUIBundle({
  url: ${JSON.stringify(document)},
  dom_id: '#reference',
  deepLinking: true,
  persistAuthorization: false,
  validatorUrl: null,
});
`;

/** The REST contract as a page in which each call can be tried, from this service alone: it works without the internet. */
export function registerReference(fastify: FastifyInstance, document: string): void {
  fastify.get('/docs/rest', (_, reply) =>
    reply
      .header('content-security-policy', SCRIPTED_PAGE_POLICY)
      .header('cache-control', 'public, no-cache')
      .header('x-content-type-options', 'nosniff')
      .type('text/html; charset=utf-8')
      .send(PAGE),
  );
  registerPageFiles(fastify, FOLDER, { files: FILES, texts: { 'start.js': start(document) } });
}
