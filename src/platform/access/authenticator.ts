import type { Actor } from './actor.js';

/** Who stands behind an `Authorization` header; `accounts` knows. Refuses with `UNAUTHENTICATED`; no header is the public. */
export abstract class Authenticator {
  abstract authenticate(authorization: string | undefined): Promise<Actor>;
}
