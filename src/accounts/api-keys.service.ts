import { Injectable } from '@nestjs/common';
import type { Actor } from '../platform/access/actor.js';
import { isInLastDay } from '../platform/access/actor.js';
import type { Page, PageArguments } from '../platform/api/page.js';
import { readPage } from '../platform/api/page.js';
import { insertRow, updateRow } from '../platform/db/columns.js';
import { CursorCipher } from '../platform/db/cursor.service.js';
import { Database } from '../platform/db/database.service.js';
import type { Reader } from '../platform/db/reader.js';
import type { Tx } from '../platform/db/transaction.js';
import { invalidValue, notFound, refuse } from '../platform/errors/refusal.js';
import { appendEvent } from '../platform/events/append-event.js';
import type { Answer } from '../platform/idempotency/mutations.service.js';
import { Mutations } from '../platform/idempotency/mutations.service.js';
import { KeyEndings } from '../platform/witness/key-endings.service.js';
import type { ApiKey, KeyRole } from './api-key.entity.js';
import { ApiKeyRow } from './api-key.entity.js';
import type { CreateApiKeyInput, RevokeApiKeyInput } from './api-keys.inputs.js';
import { API_KEYS_BY_ID, apiKeyList, facesOf, lockApiKey } from './api-keys.store.js';
import type { KeyAnswer } from './key-secrets.service.js';
import { KeySecrets } from './key-secrets.service.js';

@Injectable()
export class ApiKeys {
  constructor(
    private readonly mutations: Mutations,
    private readonly cipher: CursorCipher,
    private readonly database: Database,
    private readonly secrets: KeySecrets,
    private readonly endings: KeyEndings,
  ) {}

  list(actor: Actor, reader: Reader, page: PageArguments): Promise<Page<ApiKey>> {
    return this.listOf(actor.role === 'STEWARD' ? null : actor.organizationIds, reader, page);
  }

  /** Of some organizations, or of the whole network. */
  listOf(organizationIds: readonly string[] | null, reader: Reader, page: PageArguments): Promise<Page<ApiKey>> {
    return readPage(reader, this.cipher, { ...apiKeyList(organizationIds), arguments: page });
  }

  /** One key, as this caller may see it. */
  async find(actor: Actor, id: string): Promise<ApiKey | null> {
    const [key] = await this.database.reader(actor).rows<ApiKey>(API_KEYS_BY_ID, [[id]]);
    return key ?? null;
  }

  /** A key that another issues starts a lineage, and is announced to its organization at once. */
  async create(actor: Actor, input: CreateApiKeyInput): Promise<KeyAnswer> {
    const made = this.secrets.make(input.secretDigest);
    const answer = await this.mutations.run(actor, 'createApiKey', input, async (tx) => {
      const { role, organizationId = null } = input;
      if (made.isOwn && organizationId) throw refuse('SECRET_DIGEST_OF_ANOTHER', { path: ['secretDigest'] });
      await this.checkOrganization(tx, role, organizationId);
      if (input.expiresAt && input.expiresAt <= tx.now) {
        throw invalidValue(['expiresAt'], 'EXPIRY_IN_PAST');
      }
      const { label, expiresAt = null } = input;
      insertRow(tx, ApiKeyRow, {
        id: made.id,
        secretDigest: made.digest,
        role,
        organizationId,
        lineageId: tx.newHiddenId(),
        label,
        expiresAt,
        issuedByOther: organizationId !== null,
        createdAt: tx.now,
      });
      if (organizationId) {
        appendEvent(tx, {
          type: 'API_KEY_ISSUED',
          subjectType: 'API_KEY',
          subjectId: made.id,
          organizationId,
          forSteward: true,
        });
      }
      return { id: made.id, version: 1 };
    });
    return this.secrets.show(answer, made);
  }

  async revoke(actor: Actor, input: RevokeApiKeyInput): Promise<Answer> {
    const answer = await this.mutations.run(actor, 'revokeApiKey', input, async (tx) => {
      const key = await lockApiKey(tx, input.id);
      if (!key) throw notFound('id');
      if (isInLastDay(actor) && key.id !== actor.keyId) throw refuse('KEY_IN_LAST_DAY', { path: ['id'] });
      if (key.revokedAt) throw refuse('KEY_ALREADY_REVOKED', { path: ['id'] });
      updateRow(tx, ApiKeyRow, { id: key.id, revokedAt: tx.now, version: key.version + 1 });
      const { organizationId } = key;
      appendEvent(tx, {
        type: 'API_KEY_REVOKED',
        subjectType: 'API_KEY',
        subjectId: key.id,
        organizationId,
        forSteward: true,
      });
      return { id: key.id, version: key.version + 1 };
    });
    await this.endings.keepNow();
    return answer;
  }

  private async checkOrganization(tx: Tx, role: KeyRole, organizationId: string | null): Promise<void> {
    const faces = organizationId === null ? null : await facesOf(tx, organizationId);
    if (organizationId !== null && !faces) throw notFound('organizationId');
    const missing = (role === 'FUNDER' && !faces?.isFunder) || (role === 'GRANTEE' && !faces?.isGrantee);
    if (missing) throw refuse('KEY_NEEDS_ORGANIZATION', { path: ['organizationId'], parameters: { role } });
  }
}
