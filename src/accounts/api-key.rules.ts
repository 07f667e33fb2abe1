/** `gf_<id>_<secret>`: the prefix lets secret scanners find leaks, the id finds the row, the secret proves it. */
export interface KeyToken {
  readonly id: string;
  readonly secret: string;
}

const TOKEN = /^gf_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})_([A-Za-z0-9_-]{43})$/;

export function formatToken({ id, secret }: KeyToken): string {
  return `gf_${id.replaceAll('-', '')}_${secret}`;
}

/** The parts of a bearer token, or null when it is none of ours. */
export function readToken(authorization: string): KeyToken | null {
  const [scheme, token, ...rest] = authorization.split(' ');
  const match = rest.length === 0 && scheme?.toLowerCase() === 'bearer' ? TOKEN.exec(token ?? '') : null;
  return match && { id: match.slice(1, 6).join('-'), secret: match[6] };
}

/** Whether a key may still be used. */
export function isUsable(key: { expiresAt: Date | null; revokedAt: Date | null }, now: Date): boolean {
  return key.revokedAt === null && (key.expiresAt === null || key.expiresAt > now);
}
