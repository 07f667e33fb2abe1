import { DemoClient } from './demo-client.js';

/** Issues a key. A GRANTEE replaces the issued key at once, because the steward has seen the secret of the issued key. */
export async function issueKey(
  { url, steward }: { url: string; steward: DemoClient },
  input: { role: string; organizationId: string | null; label: string },
): Promise<string> {
  const { secret } = await steward.act<{ secret: string }>('createApiKey', input, 'secret');
  if (input.role !== 'GRANTEE') return secret;
  return (await new DemoClient(url, secret).act<{ secret: string }>('rotateApiKey', {}, 'secret')).secret;
}
