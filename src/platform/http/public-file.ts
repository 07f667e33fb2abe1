import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';

interface PublicFileConfig {
  readonly isPublicFile?: boolean;
}

/**
 * A file of sealed figures or of published history: the same for everybody, and for good. It is counted by a rate of its own,
 * so that a newsroom behind one address may read all that was ever published.
 */
export const PublicFile = (): MethodDecorator => RouteConfig({ isPublicFile: true } satisfies PublicFileConfig);

export function asksForPublicFile({ routeOptions }: FastifyRequest): boolean {
  return (routeOptions.config as PublicFileConfig | undefined)?.isPublicFile === true;
}
