import type { DemoClient } from './demo-client.js';
import { DemoFailure } from './demo-client.js';
import type { Organization } from './demo-organizations.js';
import { ORGANIZATIONS } from './demo-organizations.js';

/** Its id; the organization is made if nobody holds its identifier yet. */
export async function registerOrganization(steward: DemoClient, name: Organization): Promise<string> {
  return registerOnce(steward, name, ORGANIZATIONS[name]);
}

export async function registerOnce(steward: DemoClient, name: string, details: object): Promise<string> {
  const payload = await steward.attempt<{ organization: { id: string } | null }>(
    'registerOrganization',
    details,
    'organization { id }',
  );
  const [refused] = payload.userErrors;
  const id = payload.organization?.id ?? refused?.organizationId;
  if (!id) throw new DemoFailure(`registerOrganization was refused for ${name}: ${refused?.message}`);
  return id;
}
