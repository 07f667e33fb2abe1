import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../platform/api/connection.js';
import { Derived, PublicId } from '../platform/api/derived.js';
import { Node, NodeType } from '../platform/api/node.js';
import { Payload, PayloadEntity } from '../platform/api/payload.js';
import { DateScalar, DateTimeScalar } from '../platform/api/scalars/scalars.js';
import type { ApiKey, KeyRole } from './api-key.entity.js';
import { mustBeRotated, tokenPrefix } from './api-key.rules.js';
import { apiKeyById } from './api-keys.loaders.js';
import { KeyRoles } from './key-role.type.js';

@NodeType('apiKey', 'ApiKey', apiKeyById)
@ObjectType('ApiKey', {
  implements: () => [Node],
  description: 'A credential, without its secret. Seen by its organization and the steward.',
})
export class ApiKeyType extends Node {
  @PublicId('apiKey')
  @Field(() => ID)
  declare id: string;

  @Field(() => KeyRoles)
  role: KeyRole;

  @Field(() => String)
  label: string;

  @Derived<ApiKey>(({ id }) => tokenPrefix(id))
  @Field(() => String, {
    description:
      'How the whole key begins, `gf_<id>_`. The secret follows; whoever made the secret puts the two together.',
  })
  prefix: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Refused since then; after a rotation the end of its last day.',
  })
  expiresAt: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Refused since then.' })
  revokedAt: Date | null;

  @Field(() => DateScalar, { nullable: true, description: 'The day (UTC) of the last use; never the time.' })
  lastUsedOn: string | null;

  @Derived<ApiKey>(mustBeRotated)
  @Field(() => Boolean, {
    description: 'A GRANTEE key that somebody else was shown: it can do nothing but rotate.',
  })
  mustBeRotated: boolean;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When another key replaced it.' })
  rotatedAt: Date | null;

  @Field(() => DateTimeScalar)
  createdAt: Date;

  @Field(() => Int)
  version: number;
}

export const ApiKeyConnection = connectionOf(() => ApiKeyType, 'ApiKey', { counted: true });

@ObjectType({ isAbstract: true })
abstract class SecretPayload extends Payload {
  @Field(() => String, {
    nullable: true,
    description: 'The whole key, `gf_<id>_<secret>`. Shown this once; null in a replay, and when you made the secret.',
  })
  secret: string | null;
}

@ObjectType()
export class CreateApiKeyPayload extends SecretPayload {
  @PayloadEntity(() => ApiKeyType, apiKeyById)
  apiKey: ApiKeyType | null;
}

@ObjectType()
export class RotateApiKeyPayload extends SecretPayload {
  @Field(() => ApiKeyType, { nullable: true, description: 'The key that takes the place of the old one.' })
  apiKey: ApiKeyType | null;
}

@ObjectType()
export class RevokeApiKeyPayload extends Payload {
  @PayloadEntity(() => ApiKeyType, apiKeyById)
  apiKey: ApiKeyType | null;
}
