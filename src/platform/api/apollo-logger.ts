import { Logger } from '@nestjs/common';
import type { ApolloServerOptions, BaseContext } from '@apollo/server';

/** Apollo's own words end at the colon; what follows may be an error's message, which can repeat what a caller wrote. */
export function apolloLogger(): NonNullable<ApolloServerOptions<BaseContext>['logger']> {
  const logger = new Logger('Apollo');
  const said = (message: unknown): object => ({ msg: String(message).split(':')[0] });
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (message: unknown) => logger.warn(said(message)),
    error: (message: unknown) => logger.error(said(message)),
  };
}
