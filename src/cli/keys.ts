import { parseArgs } from 'node:util';
import { KeyRoles } from '../accounts/key-role.type.js';
import type { KeyRole } from '../accounts/api-key.entity.js';
import { ApiKeys } from '../accounts/api-keys.service.js';
import { PUBLIC_ACTOR } from '../platform/access/actor.js';
import { parseId, publicId } from '../platform/api/ids.js';
import { Refusal } from '../platform/errors/refusal.js';
import { UsageError, command, withService } from './session.js';

const HELP = `Issues and ends API keys from the machine the service runs on; this is how the first steward key is made.

  npm run keys -- create --role STEWARD [--label "Who uses it"]
  npm run keys -- create --role FUNDER --organization org_… [--label …] [--expires 2027-01-01T00:00:00Z]
  npm run keys -- revoke key_…

The key is printed once and is not kept.`;

const STEWARD = { ...PUBLIC_ACTOR, role: 'STEWARD' as const };

await command(HELP, async (args) => {
  const { positionals, values } = readArguments(args);
  const [action, id] = positionals;
  await withService(async (app) => {
    const keys = app.get(ApiKeys);
    try {
      if (action === 'create') console.log((await keys.create(STEWARD, newKey(values))).secret);
      else if (action === 'revoke')
        console.log(`revoked ${publicId('apiKey', (await keys.revoke(STEWARD, { id: keyId(id) })).id)}`);
      else throw new UsageError(`Say what to do: create or revoke, not ${action ?? 'nothing'}.`);
    } catch (error) {
      throw error instanceof Refusal ? new UsageError(`Refused: ${error.message}`) : error;
    }
  });
});

function readArguments(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        role: { type: 'string' },
        organization: { type: 'string' },
        label: { type: 'string' },
        expires: { type: 'string' },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function newKey({ role, organization, label, expires }: ReturnType<typeof readArguments>['values']) {
  if (!role || !(role in KeyRoles)) throw new UsageError(`--role is one of ${Object.keys(KeyRoles).join(', ')}.`);
  const organizationId = organization === undefined ? null : parseId('organization', organization);
  if (organization !== undefined && organizationId === null) throw new UsageError('--organization is an id like org_…');
  const expiresAt = expires === undefined ? null : new Date(expires);
  if (expiresAt && Number.isNaN(expiresAt.getTime()))
    throw new UsageError('--expires is an instant like 2027-01-01T00:00:00Z.');
  return { role: role as KeyRole, organizationId, label: label ?? 'From the command line', expiresAt };
}

function keyId(id: string | undefined): string {
  const uuid = id === undefined ? null : parseId('apiKey', id);
  if (uuid === null) throw new UsageError('Name the key to revoke: key_…');
  return uuid;
}
