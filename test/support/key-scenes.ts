import { createHash, randomBytes } from 'node:crypto';
import type { Answer } from './client.js';
import type { Network, ToldNotice } from './network.js';
import { NOTICES, USER_ERRORS } from './network.js';

export interface IssuedKey {
  readonly id: string;
  readonly secret: string;
}
export interface Rotated {
  readonly secret: string | null;
  readonly apiKey: { readonly id: string; readonly prefix: string } | null;
  readonly userErrors: readonly { readonly code: string; readonly message: string }[];
  readonly notices: readonly ToldNotice[];
}

/** A secret that a client makes, and the digest that it sends. */
export function ownSecret(): { text: string; digest: string } {
  const text = randomBytes(32).toString('base64url');
  return { text, digest: createHash('sha256').update(text).digest('hex') };
}

const ROTATE = `mutation ($input: RotateApiKeyInput!) { rotateApiKey(input: $input) { secret apiKey { id prefix } ${NOTICES} ${USER_ERRORS} } }`;

/** What holders of keys do with them. */
export class KeyCalls {
  constructor(private readonly network: Network) {}

  /** The steward keeps a copy of what it issues. */
  async issue(organizationId: string, role = 'GRANTEE'): Promise<IssuedKey> {
    const { keys, mutate } = this.network;
    const made = (await mutate(
      keys.steward,
      'createApiKey',
      { role, organizationId, label: 'x' },
      'secret apiKey { id }',
    )) as { secret: string; apiKey: { id: string } };
    return { id: made.apiKey.id, secret: made.secret };
  }

  /** The answer as it comes, since it may be refused at the door. */
  rotation(key: string, input: object = {}): Promise<Answer> {
    return this.network.call(key, ROTATE, { input });
  }

  async rotate(key: string, input: object = {}): Promise<Rotated> {
    const { data, text } = await this.rotation(key, input);
    if (!data) throw new Error(text);
    return (data as { rotateApiKey: Rotated }).rotateApiKey;
  }

  /** A fresh key of the organization that nobody else has seen. */
  async fresh(organizationId: string): Promise<string> {
    return (await this.rotate((await this.issue(organizationId)).secret)).secret!;
  }

  /** The status, and the code of the error if there is one, of the simplest call. */
  async tried(key: string): Promise<[number, string?]> {
    const { status, errors } = await this.network.call(key, '{ viewer { role } }');
    return errors ? [status, errors[0].extensions.code] : [status];
  }

  /** Types of the events of keys in a feed, in order. */
  async heard(key: string, ...subjectIds: string[]): Promise<string[]> {
    const { data } = await this.network.call(key, '{ events(last: 100) { nodes { type subjectId } } }');
    const { nodes } = (data as { events: { nodes: { type: string; subjectId: string }[] } }).events;
    return nodes
      .filter(({ type, subjectId }) => type.startsWith('API_KEY') && subjectIds.includes(subjectId))
      .map(({ type }) => type);
  }
}
