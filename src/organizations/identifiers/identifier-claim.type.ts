import { Field, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../../platform/api/connection.js';
import { Edge } from '../../platform/api/derived.js';
import { Payload, PayloadEntity } from '../../platform/api/payload.js';
import { DateTimeScalar } from '../../platform/api/scalars/scalars.js';
import { OrganizationType } from '../organization.type.js';
import { organizationById } from '../organizations.loaders.js';
import type { IdentifierClaim } from './identifiers.store.js';

@ObjectType('IdentifierClaim', {
  description: 'A number that an organization gives itself, and that the steward has not confirmed.',
})
export class IdentifierClaimType {
  @Field(() => String, { description: 'The register, a code of org-id.guide, such as "GB-CHC".' })
  scheme: string;

  @Field(() => String)
  value: string;

  @Edge<IdentifierClaim, object>(organizationById, (row) => row.organizationId)
  @Field(() => OrganizationType, { nullable: true, description: 'The organization that gives itself the number.' })
  organization: OrganizationType | null;

  @Field(() => DateTimeScalar)
  claimedAt: Date;

  @Edge<IdentifierClaim, object>(organizationById, (row) => row.confirmedHolderId)
  @Field(() => OrganizationType, {
    nullable: true,
    description:
      'The organization that has the same number CONFIRMED. The two may be one organization with two records: merge them.',
  })
  confirmedHolder: OrganizationType | null;

  @Field(() => Boolean, {
    description: 'Whether another organization gives itself the same number: ask for the claims of this `identifier`.',
  })
  isClaimedByOthers: boolean;
}

export const IdentifierClaimConnection = connectionOf(() => IdentifierClaimType, 'IdentifierClaim', { counted: true });

@ObjectType()
export class ConfirmIdentifierPayload extends Payload {
  @PayloadEntity(() => OrganizationType, organizationById)
  organization: OrganizationType | null;
}

@ObjectType()
export class RemoveIdentifierPayload extends Payload {
  @PayloadEntity(() => OrganizationType, organizationById)
  organization: OrganizationType | null;
}
