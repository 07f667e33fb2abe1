import { hkdfSync } from 'node:crypto';

/** A key of its own for each purpose, from each secret in their order. */
export function deriveKeys(secrets: readonly string[], purpose: string): Buffer[] {
  return secrets.map((secret) => Buffer.from(hkdfSync('sha256', secret, '', purpose, 32)));
}
