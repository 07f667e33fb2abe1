import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import { AnyKey, EvenHeld, Requires } from '../platform/access/requires.js';
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
import { ApiKeys } from './api-keys.service.js';
import type { RotationAnswer } from './key-rotation.service.js';
import { KeyRotation } from './key-rotation.service.js';
import type { KeyAnswer } from './key-secrets.service.js';
import type { ApiKey } from './api-key.entity.js';

@Resolver(() => ApiKeyType)
export class ApiKeysResolver {
  constructor(
    private readonly apiKeys: ApiKeys,
    private readonly rotation: KeyRotation,
  ) {}

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
    description:
      'Issues a key. You see its secret, so a GRANTEE key can do nothing but rotate until its holder has called `rotateApiKey` with it; hand over a claim link instead (`registerOrganization` with `claimLink`) and nobody sees a secret of theirs. The organization finds `API_KEY_ISSUED` in its events. Errors: KEY_NEEDS_ORGANIZATION, NOT_FOUND, INVALID_VALUE, SECRET_DIGEST_OF_ANOTHER. Notices: SECRET_ALREADY_SHOWN, in a replay.',
  })
  createApiKey(@Args('input') input: CreateApiKeyInput, @Context() { actor }: RequestContext): Promise<KeyAnswer> {
    return this.apiKeys.create(actor, input);
  }

  @AnyKey()
  @EvenHeld()
  @Mutation(() => RotateApiKeyPayload, {
    description:
      'Replaces the key that makes the call. For 24 hours more the old key makes ordinary calls and answers this same call again; it reaches no obstacle that is not shared, and ends at once with `now`. A GRANTEE key that somebody else was shown ends at once in any case. A key is replaced once: KEY_ALREADY_ROTATED says that somebody did it before you. Your events have `API_KEY_ROTATED`. Notices: SECRET_ALREADY_SHOWN, in a replay.',
  })
  rotateApiKey(@Args('input') input: RotateApiKeyInput, @Context() { actor }: RequestContext): Promise<RotationAnswer> {
    return this.rotation.rotate(actor, input);
  }

  @Requires('FUNDER', 'GRANTEE', 'STEWARD')
  @Mutation(() => RevokeApiKeyPayload, {
    description:
      "Ends a key of one's own organization; the steward any. Errors: NOT_FOUND, KEY_ALREADY_REVOKED, KEY_IN_LAST_DAY.",
  })
  revokeApiKey(@Args('input') input: RevokeApiKeyInput, @Context() { actor }: RequestContext): Promise<Answer> {
    return this.apiKeys.revoke(actor, input);
  }
}
