/** `gf_<id>_<secret>`: the prefix lets secret scanners find leaks, the id finds the row, the secret proves it. */
export interface KeyToken {
  readonly id: string;
  readonly secret: string;
}

const TOKEN = /^gf_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})_([A-Za-z0-9_-]{43})$/;

/** All of a token but its secret. */
export function tokenPrefix(id: string): string {
  return `gf_${id.replaceAll('-', '')}_`;
}

export function formatToken({ id, secret }: KeyToken): string {
  return `${tokenPrefix(id)}${secret}`;
}

/** The parts of a bearer token, or null when it is none of ours. */
export function readToken(authorization: string): KeyToken | null {
  const [scheme, token, ...rest] = authorization.split(' ');
  const match = rest.length === 0 && scheme?.toLowerCase() === 'bearer' ? TOKEN.exec(token ?? '') : null;
  return match && { id: match.slice(1, 6).join('-'), secret: match[6] };
}

/** Whether a header is written as one with a key is. Says nothing of whether there is such a key: a cut one has the form too. */
export function hasKeyForm(authorization: string): boolean {
  return /^bearer gf_[^\s"'`]*$/i.test(authorization);
}

/** Whether a key may still be used. */
export function isUsable(key: { expiresAt: Date | null; revokedAt: Date | null }, now: Date): boolean {
  return key.revokedAt === null && (key.expiresAt === null || key.expiresAt > now);
}

/** A key whose secret somebody else was shown, and that could reach what only its organization may know. */
export function mustBeRotated(key: { role: string; issuedByOther: boolean; rotatedAt: Date | null }): boolean {
  return key.role === 'GRANTEE' && key.issuedByOther && key.rotatedAt === null;
}

const DAY = 86_400_000;

/** When a key that is rotated now stops making ordinary calls. */
export function lastDayEnd({ expiresAt }: { expiresAt: Date | null }, now: Date): Date {
  const end = new Date(now.getTime() + DAY);
  return expiresAt && expiresAt < end ? expiresAt : end;
}

/**
 * What a key with the right secret may do. After its rotation: ordinary calls (`LAST_DAY`), nothing but repeating the
 * rotation (`REPEATS_ROTATION`), or nothing, and is told why (`REPLACED`).
 */
export type KeyStanding = 'FULL' | 'MUST_BE_ROTATED' | 'LAST_DAY' | 'REPEATS_ROTATION' | 'REPLACED' | 'ENDED';

export function standingOf(
  key: {
    role: string;
    issuedByOther: boolean;
    rotatedAt: Date | null;
    expiresAt: Date | null;
    revokedAt: Date | null;
  },
  now: Date,
): KeyStanding {
  const usable = isUsable(key, now);
  if (key.rotatedAt === null) {
    if (!usable) return 'ENDED';
    return mustBeRotated(key) ? 'MUST_BE_ROTATED' : 'FULL';
  }
  if (usable) return 'LAST_DAY';
  return now.getTime() < key.rotatedAt.getTime() + DAY ? 'REPEATS_ROTATION' : 'REPLACED';
}

/** SHA-256 in hexadecimal. */
export function isSecretDigest(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}

/** What a new key is made of. Only the digest is kept. */
export interface NewSecret {
  readonly id: string;
  readonly digest: Buffer;
  /** The whole key; null when the caller made the secret and sent its digest alone. */
  readonly token: string | null;
  /** Whether the caller made the secret. */
  readonly isOwn: boolean;
}
