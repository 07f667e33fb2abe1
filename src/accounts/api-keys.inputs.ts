import { Field, InputType } from '@nestjs/graphql';
import { IdField, TextField } from '../platform/api/fields.js';
import { MutationInput } from '../platform/api/mutation-input.js';
import { DateTimeScalar } from '../platform/api/scalars/scalars.js';
import type { KeyRole } from './api-key.entity.js';
import { KeyRoles } from './key-role.type.js';
import { SecretDigestField } from './secret-digest.type.js';

@InputType()
export class CreateApiKeyInput extends MutationInput {
  @Field(() => KeyRoles)
  role: KeyRole;

  @IdField('organization', {
    nullable: true,
    description:
      'Required for FUNDER and GRANTEE. For a STEWARD: whom the holder of the key works for. What is said about that organization in confidence is closed to all stewards from then on, for good, also when the key has ended. Nobody else finds out whom a steward works for, so say it here or with `nameStewardOrganization`.',
  })
  organizationId?: string | null;

  @TextField({ max: 200, description: 'What the key is for, so that a person can tell keys apart.' })
  label: string;

  @Field(() => DateTimeScalar, { nullable: true, description: 'From then on it is refused; never, when left out.' })
  expiresAt?: Date | null;

  @SecretDigestField('Only for a key without an organization; with an `idempotencyKey`, sending again makes one key.')
  secretDigest?: string | null;
}

@InputType({ description: 'Replaces the key that makes this call.' })
export class RotateApiKeyInput extends MutationInput {
  @TextField({ max: 200, nullable: true, description: 'The old label stays when left out.' })
  label?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'The old key ends at once: for one that leaked.' })
  now?: boolean | null;

  @SecretDigestField('Sent again with the same digest, the call answers the same key and does nothing again.')
  secretDigest?: string | null;
}

@InputType()
export class RevokeApiKeyInput extends MutationInput {
  @IdField('apiKey')
  id: string;
}
