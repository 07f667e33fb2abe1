import type { FastifyInstance } from 'fastify';

const UNREAD = 'application/x-goodfaith-unread';

/**
 * Hands the body of one route to its handler as a stream. Whatever type the sender declares, the importer tells what it
 * got from the bytes: a ZIP sent as JSON, or JSON sent as a form (the default of curl), is answered in words.
 */
export function leaveBodyUnread(server: FastifyInstance, route: string): void {
  server.addContentTypeParser(UNREAD, (_request, body, done) => done(null, body));
  server.addHook('onRequest', (request, _reply, done) => {
    if (request.method === 'POST' && request.routeOptions.url === route) request.headers['content-type'] = UNREAD;
    done();
  });
}
