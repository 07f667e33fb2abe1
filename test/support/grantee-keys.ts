import type { Network } from './network.js';

/**
 * A GRANTEE key of a lineage of its own. What the steward issues, the steward has seen, so the group replaces the issued
 * key before it does anything else.
 */
export async function granteeKey(
  { mutate, steward }: { mutate: Network['mutate']; steward: string },
  organizationId: string,
  label: string,
): Promise<string> {
  const input = { role: 'GRANTEE', organizationId, label };
  const issued = (await mutate(steward, 'createApiKey', input, 'secret')) as { secret: string };
  return ((await mutate(issued.secret, 'rotateApiKey', {}, 'secret')) as { secret: string }).secret;
}
