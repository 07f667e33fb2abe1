import { parseArgs } from 'node:util';
import type { INestApplicationContext } from '@nestjs/common';
import { KeyRoles } from '../accounts/key-role.type.js';
import type { KeyRole } from '../accounts/api-key.entity.js';
import { ApiKeys } from '../accounts/api-keys.service.js';
import { LeakedKeys } from '../accounts/leaked-keys.service.js';
import { Stewardship, UNDECLARED } from '../organizations/stewardship/stewardship.service.js';
import { Database } from '../platform/db/database.service.js';
import { PUBLIC_ACTOR } from '../platform/access/actor.js';
import { parseId, publicId } from '../platform/api/ids.js';
import { Refusal } from '../platform/errors/refusal.js';
import { printKeys } from './key-list.js';
import { readSecret } from './read-secret.js';
import { UsageError, command, refusalLine, withService } from './session.js';

const HELP = `Issues and ends API keys from the machine the service runs on; this is how the first steward key is made.

  npm run keys -- create --role STEWARD [--label "Who uses it"]
  npm run keys -- create --role FUNDER --organization org_… [--label …] [--expires 2027-01-01T00:00:00Z]
  npm run keys -- list [--organization org_…]    prints every key, the newest first, never a secret
  npm run keys -- revoke                         ends a key that leaked: paste it, or pipe it in
  npm run keys -- revoke key_…                   ends the key with this id
  npm run keys -- steward-organization           says whose steward this network has
  npm run keys -- steward-organization org_…     names the organization of those who hold steward keys
  npm run keys -- steward-organization none      says that no organization of theirs takes part

The key is printed once and is not kept. Who reads it here has seen it: a GRANTEE key can do nothing but rotate, so its
holder calls rotateApiKey with it first. A claim link (registerOrganization with claimLink) needs no such step.

A network says once whose steward it has, and may change it later. Until then no obstacle can be CONFIDENTIAL: the steward
reads those, but nothing about an organization that is, or ever was, its own. Naming one closes for good what was said
about it in confidence; the grantees who said it are told.`;

const STEWARD = { ...PUBLIC_ACTOR, role: 'STEWARD' as const };

await command(HELP, async (args) => {
  const { positionals, values } = readArguments(args);
  const [action, id] = positionals;
  await withService(async (app) => {
    const keys = app.get(ApiKeys);
    try {
      if (action === 'create') console.log((await keys.create(STEWARD, newKey(values))).secret);
      else if (action === 'revoke')
        console.log(
          `revoked ${publicId('apiKey', (await keys.revoke(STEWARD, { id: await keyToRevoke(app, id) })).id)}`,
        );
      else if (action === 'list') await printKeys(app, organizationNamed(values));
      else if (action === 'steward-organization') await declareSteward(app, id);
      else
        throw new UsageError(
          `Say what to do: create, list, revoke or steward-organization, not ${action ?? 'nothing'}.`,
        );
      if (action === 'create') await remindOfStewardship(app);
    } catch (error) {
      throw error instanceof Refusal ? new Error(refusalLine(error)) : error;
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

type Values = ReturnType<typeof readArguments>['values'];

function organizationNamed({ organization }: Values): string | null {
  const organizationId = organization === undefined ? null : parseId('organization', organization);
  if (organization !== undefined && organizationId === null) throw new UsageError('--organization is an id like org_…');
  return organizationId;
}

function newKey({ role, organization, label, expires }: Values) {
  if (!role || !(role in KeyRoles)) throw new UsageError(`--role is one of ${Object.keys(KeyRoles).join(', ')}.`);
  const organizationId = organizationNamed({ organization });
  const expiresAt = expires === undefined ? null : new Date(expires);
  if (expiresAt && Number.isNaN(expiresAt.getTime()))
    throw new UsageError('--expires is an instant like 2027-01-01T00:00:00Z.');
  return { role: role as KeyRole, organizationId, label: label ?? 'From the command line', expiresAt };
}

/** By its id, or the key itself. An argument stays in the history of the shell: a key is rather pasted or piped in. */
async function keyToRevoke(app: INestApplicationContext, named: string | undefined): Promise<string> {
  const key = named ?? (await readSecret('Paste the key that leaked (nothing is shown), and press Enter: '));
  const id = parseId('apiKey', key) ?? (await app.get(LeakedKeys).idOf(key));
  if (id === null) {
    throw new UsageError(
      'Nothing was revoked: this is neither an id (key_…) nor a key of this network with its present secret (gf_…).',
    );
  }
  return id;
}

/** Without an argument only says what stands. */
async function declareSteward(app: INestApplicationContext, who: string | undefined): Promise<void> {
  const stewardship = app.get(Stewardship);
  const network = () => stewardship.network(app.get(Database).reader(STEWARD));
  if (who !== undefined) {
    const expectedVersion = (await network()).version;
    const organizationId = who === 'none' ? null : parseId('organization', who);
    if (who !== 'none' && organizationId === null) throw new UsageError('Name an organization, org_…, or none.');
    await (organizationId === null
      ? stewardship.declareNone(STEWARD, { expectedVersion })
      : stewardship.nameOrganization(STEWARD, { organizationId, expectedVersion }));
  }
  const { stewardDeclaredAt, stewardOrganizationId } = await network();
  if (stewardDeclaredAt === null) console.log(UNDECLARED);
  else if (stewardOrganizationId === null) console.log('No organization of the steward takes part.');
  else console.log(`The steward belongs to ${publicId('organization', stewardOrganizationId)}.`);
}

/** Beside the key, which alone goes to the standard output: that can be read into a variable. */
async function remindOfStewardship(app: INestApplicationContext): Promise<void> {
  const { stewardDeclaredAt } = await app.get(Stewardship).network(app.get(Database).reader(STEWARD));
  if (stewardDeclaredAt === null) console.error(UNDECLARED);
}
