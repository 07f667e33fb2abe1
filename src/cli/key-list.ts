import type { INestApplicationContext } from '@nestjs/common';
import type { ApiKey } from '../accounts/api-key.entity.js';
import type { KeyStanding } from '../accounts/api-key.rules.js';
import { standingOf } from '../accounts/api-key.rules.js';
import { ApiKeys } from '../accounts/api-keys.service.js';
import type { Organization } from '../organizations/organizations.store.js';
import { ORGANIZATIONS_BY_ID } from '../organizations/organizations.store.js';
import type { Actor } from '../platform/access/actor.js';
import { PUBLIC_ACTOR } from '../platform/access/actor.js';
import { publicId } from '../platform/api/ids.js';
import { LARGEST_PAGE } from '../platform/api/page.js';
import { Clock } from '../platform/clock/clock.js';
import { Database } from '../platform/db/database.service.js';

const STEWARD: Actor = { ...PUBLIC_ACTOR, role: 'STEWARD' };
const COLUMNS = ['key', 'role', 'organization', 'name', 'label', 'created', 'last use', 'state'];

/** A line for each key, its columns separated by tabs. The digest of a secret is never read. */
export async function printKeys(app: INestApplicationContext, organizationId: string | null): Promise<void> {
  const now = app.get(Clock).now();
  const reader = app.get(Database).reader(STEWARD);
  console.log(COLUMNS.join('\t'));
  const tenant = organizationId === null ? null : [organizationId];
  let after: string | null = null;
  do {
    const page = await app.get(ApiKeys).listOf(tenant, reader, { first: LARGEST_PAGE, after });
    const ids = [...new Set(page.rows.flatMap((key) => key.organizationId ?? []))];
    const rows = await reader.rows<Organization>(ORGANIZATIONS_BY_ID, [ids]);
    const names = new Map(rows.map(({ id, name }) => [id, name]));
    for (const key of page.rows) console.log(lineOf(key, names, now));
    after = page.hasNextPage ? page.cursorOf(page.rows.at(-1)!) : null;
  } while (after !== null);
}

function lineOf(key: ApiKey, names: ReadonlyMap<string, string>, now: Date): string {
  const { id, role, organizationId, label, createdAt, lastUsedOn } = key;
  return [
    publicId('apiKey', id),
    role,
    organizationId === null ? '-' : publicId('organization', organizationId),
    organizationId === null ? '-' : onOneLine(names.get(organizationId) ?? '-'),
    onOneLine(label),
    createdAt.toISOString().slice(0, 10),
    lastUsedOn ?? 'never',
    stateOf(key, now),
  ].join('\t');
}

/** Names and labels are what callers wrote: nothing in them may begin a column or a line, or command the terminal. */
function onOneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
}

const STATES: Readonly<Record<KeyStanding, string>> = {
  FULL: 'in use',
  MUST_BE_ROTATED: 'must be rotated',
  LAST_DAY: 'replaced, in its last day',
  REPEATS_ROTATION: 'replaced',
  REPLACED: 'replaced',
  ENDED: 'expired',
};

function stateOf(key: ApiKey, now: Date): string {
  const standing = standingOf(key, now);
  return standing === 'ENDED' && key.revokedAt ? 'revoked' : STATES[standing];
}
