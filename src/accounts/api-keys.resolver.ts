import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import { AnyKey, Requires } from '../platform/access/requires.js';
import { ConnectionArgs } from '../platform/api/connection.js';
import type { Page } from '../platform/api/page.js';
import type { RequestContext } from '../platform/api/request-context.js';
import type { Answer } from '../platform/idempotency/mutations.service.js';
import {
  ApiKeyConnection,
  ApiKeyType,
  CreateApiKeyPayload,
  RevokeApiKeyPayload,
  RotateApiKeyPayload,
} from './api-key.type.js';
import { CreateApiKeyInput, RevokeApiKeyInput, RotateApiKeyInput } from './api-keys.inputs.js';
import type { KeyAnswer } from './api-keys.service.js';
import { ApiKeys } from './api-keys.service.js';
import type { ApiKey } from './api-keys.store.js';

@Resolver(() => ApiKeyType)
export class ApiKeysResolver {
  constructor(private readonly apiKeys: ApiKeys) {}

  @Requires('FUNDER', 'GRANTEE', 'STEWARD')
  @Query(() => ApiKeyConnection, {
    name: 'apiKeys',
    description: "The keys of the caller's organization, newest first; the steward sees the network's.",
  })
  list(@Args() page: ConnectionArgs, @Context() { actor, reader }: RequestContext): Promise<Page<ApiKey>> {
    return this.apiKeys.list(actor, reader, page);
  }

  @Requires('STEWARD')
  @Mutation(() => CreateApiKeyPayload, {
    description: 'Issues a key. Errors: KEY_NEEDS_ORGANIZATION, NOT_FOUND, INVALID_VALUE.',
  })
  createApiKey(@Args('input') input: CreateApiKeyInput, @Context() { actor }: RequestContext): Promise<KeyAnswer> {
    return this.apiKeys.create(actor, input);
  }

  @AnyKey()
  @Mutation(() => RotateApiKeyPayload, {
    description: 'Replaces the key that makes the call; the old one is refused from then on.',
  })
  rotateApiKey(@Args('input') input: RotateApiKeyInput, @Context() { actor }: RequestContext): Promise<KeyAnswer> {
    return this.apiKeys.rotate(actor, input);
  }

  @Requires('FUNDER', 'GRANTEE', 'STEWARD')
  @Mutation(() => RevokeApiKeyPayload, {
    description: "Ends a key of one's own organization; the steward any. Errors: NOT_FOUND, KEY_ALREADY_REVOKED.",
  })
  revokeApiKey(@Args('input') input: RevokeApiKeyInput, @Context() { actor }: RequestContext): Promise<Answer> {
    return this.apiKeys.revoke(actor, input);
  }
}
