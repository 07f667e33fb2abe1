import { Injectable } from '@nestjs/common';
import type { Actor } from '../platform/access/actor.js';
import type { Page, PageArguments } from '../platform/api/page.js';
import { readPage } from '../platform/api/page.js';
import { Clock } from '../platform/clock/clock.js';
import { Entropy } from '../platform/clock/entropy.js';
import { insertRow, updateRow } from '../platform/db/columns.js';
import { CursorCipher } from '../platform/db/cursor.service.js';
import type { Reader } from '../platform/db/reader.js';
import type { Tx } from '../platform/db/transaction.js';
import { notFound, refuse } from '../platform/errors/refusal.js';
import { appendEvent } from '../platform/events/append-event.js';
import type { Answer } from '../platform/idempotency/mutations.service.js';
import { Mutations } from '../platform/idempotency/mutations.service.js';
import type { KeyRole } from './api-key.entity.js';
import { ApiKeyRow } from './api-key.entity.js';
import { formatToken, isUsable } from './api-key.rules.js';
import type { CreateApiKeyInput, RevokeApiKeyInput, RotateApiKeyInput } from './api-keys.inputs.js';
import type { ApiKey } from './api-keys.store.js';
import { apiKeyList, facesOf, hasOtherLineage, lockApiKey } from './api-keys.store.js';
import { digestOf } from './key-authenticator.service.js';

const SECRET_BYTES = 32;

/** An answer that may hold a secret: shown once, never stored. */
export interface KeyAnswer extends Answer {
  readonly secret: string | null;
}

@Injectable()
export class ApiKeys {
  constructor(
    private readonly mutations: Mutations,
    private readonly cipher: CursorCipher,
    private readonly clock: Clock,
    private readonly entropy: Entropy,
  ) {}

  list(actor: Actor, reader: Reader, page: PageArguments): Promise<Page<ApiKey>> {
    const tenant = actor.role === 'STEWARD' ? null : actor.organizationIds;
    return readPage(reader, this.cipher, { ...apiKeyList(tenant), arguments: page });
  }

  /** A key the steward issues starts a lineage, and is announced to the organization if it has or had another. */
  async create(actor: Actor, input: CreateApiKeyInput): Promise<KeyAnswer> {
    const made = this.makeSecret();
    const answer = await this.mutations.run(actor, 'createApiKey', input, async (tx) => {
      const { role, organizationId = null } = input;
      await this.checkOrganization(tx, role, organizationId);
      if (input.expiresAt && input.expiresAt <= tx.now) {
        throw refuse('INVALID_VALUE', { path: ['expiresAt'], parameters: { why: 'expiresAt is in the past' } });
      }
      const lineageId = tx.newHiddenId();
      const { label, expiresAt = null } = input;
      insertRow(tx, ApiKeyRow, {
        id: made.id,
        secretDigest: made.digest,
        role,
        organizationId,
        lineageId,
        label,
        expiresAt,
        createdAt: tx.now,
      });
      if (organizationId && (await hasOtherLineage(tx, organizationId, lineageId))) {
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
    return answer.replayed ? withoutSecret(answer) : { ...answer, secret: made.token };
  }

  /** A new secret for the caller's own key: same role, organization and lineage; the old key is revoked at once. */
  async rotate(actor: Actor, input: RotateApiKeyInput): Promise<KeyAnswer> {
    const made = this.makeSecret();
    const answer = await this.mutations.run(actor, 'rotateApiKey', input, async (tx) => {
      const old = await lockApiKey(tx, actor.keyId!);
      if (!old || !isUsable(old, tx.now)) throw refuse('UNAUTHENTICATED');
      const { role, organizationId, lineageId, expiresAt } = old;
      insertRow(tx, ApiKeyRow, {
        id: made.id,
        secretDigest: made.digest,
        role,
        organizationId,
        lineageId,
        expiresAt,
        label: input.label ?? old.label,
        createdAt: tx.now,
      });
      updateRow(tx, ApiKeyRow, { id: old.id, revokedAt: tx.now, version: old.version + 1 });
      return { id: made.id, version: 1 };
    });
    return answer.replayed ? withoutSecret(answer) : { ...answer, secret: made.token };
  }

  async revoke(actor: Actor, input: RevokeApiKeyInput): Promise<Answer> {
    return this.mutations.run(actor, 'revokeApiKey', input, async (tx) => {
      const key = await lockApiKey(tx, input.id);
      if (!key) throw notFound('id');
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
  }

  /** A token whose digest is all that is kept. */
  makeSecret(): { id: string; token: string; digest: Buffer } {
    const id = this.entropy.uuidv7();
    const secret = this.entropy.bytes(SECRET_BYTES).toString('base64url');
    return { id, token: formatToken({ id, secret }), digest: digestOf(secret) };
  }

  private async checkOrganization(tx: Tx, role: KeyRole, organizationId: string | null): Promise<void> {
    const faces = organizationId === null ? null : await facesOf(tx, organizationId);
    if (organizationId !== null && !faces) throw notFound('organizationId');
    const missing = (role === 'FUNDER' && !faces?.isFunder) || (role === 'GRANTEE' && !faces?.isGrantee);
    if (missing) throw refuse('KEY_NEEDS_ORGANIZATION', { path: ['organizationId'], parameters: { role } });
  }
}

function withoutSecret(answer: Answer): KeyAnswer {
  return { ...answer, secret: null, notices: [{ code: 'SECRET_ALREADY_SHOWN' }] };
}
