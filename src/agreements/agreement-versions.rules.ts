interface Viewer {
  readonly role: string;
}
interface Versioned {
  readonly version: number;
  readonly updatedAt: Date;
  readonly funderVersion: number;
  readonly funderUpdatedAt: Date;
}

/** The funder's own count goes on with its hidden edits; to everybody else there are none. */
export function versionSeenBy({ version, funderVersion }: Versioned, { role }: Viewer): number {
  return role === 'FUNDER' ? funderVersion : version;
}

export function updateSeenBy({ updatedAt, funderUpdatedAt }: Versioned, { role }: Viewer): Date {
  return role === 'FUNDER' ? funderUpdatedAt : updatedAt;
}
