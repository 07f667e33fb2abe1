import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../platform/api/connection.js';
import { PublicId } from '../platform/api/derived.js';
import { Node, NodeType } from '../platform/api/node.js';
import { Payload, PayloadEntity } from '../platform/api/payload.js';
import { DateScalar, DateTimeScalar } from '../platform/api/scalars/scalars.js';
import type { KeyRole } from './api-key.entity.js';
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

  @Field(() => DateTimeScalar, { nullable: true })
  expiresAt: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Refused since then.' })
  revokedAt: Date | null;

  @Field(() => DateScalar, { nullable: true, description: 'The day (UTC) of the last use; never the time.' })
  lastUsedOn: string | null;

  @Field(() => DateTimeScalar)
  createdAt: Date;

  @Field(() => Int)
  version: number;
}

export const ApiKeyConnection = connectionOf(() => ApiKeyType, 'ApiKey', { counted: true });

@ObjectType({ isAbstract: true })
abstract class SecretPayload extends Payload {
  @PayloadEntity(() => ApiKeyType, apiKeyById)
  apiKey: ApiKeyType | null;

  @Field(() => String, {
    nullable: true,
    description: 'The whole key, `gf_<id>_<secret>`. Shown this once; null in a replay.',
  })
  secret: string | null;
}

@ObjectType()
export class CreateApiKeyPayload extends SecretPayload {}

@ObjectType()
export class RotateApiKeyPayload extends SecretPayload {}

@ObjectType()
export class RevokeApiKeyPayload extends Payload {
  @PayloadEntity(() => ApiKeyType, apiKeyById)
  apiKey: ApiKeyType | null;
}
