import { Field, ID, ObjectType } from '@nestjs/graphql';
import { ApiKeyType } from '../accounts/api-key.type.js';
import type { LegalForm } from '../organizations/face.entity.js';
import { organizationById } from '../organizations/organizations.loaders.js';
import { OrganizationType } from '../organizations/organization.type.js';
import { LegalForms } from '../organizations/legal-form.type.js';
import { connectionOf } from '../platform/api/connection.js';
import { Edge, PublicId } from '../platform/api/derived.js';
import { Node, NodeType } from '../platform/api/node.js';
import { Payload, PayloadEntity } from '../platform/api/payload.js';
import { DateTimeScalar } from '../platform/api/scalars/scalars.js';
import { granteeById } from './grantees.loaders.js';
import type { Grantee } from './grantees.store.js';

@NodeType('grantee', 'Grantee', granteeById)
@ObjectType('Grantee', { implements: () => [Node], description: 'An organization that receives agreements.' })
export class GranteeType extends Node {
  @PublicId('grantee')
  @Field(() => ID)
  declare id: string;

  @Field(() => String)
  name: string;

  @Edge<Grantee, object>(organizationById, (row) => row.organizationId)
  @Field(() => OrganizationType, { nullable: true })
  organization: OrganizationType | null;

  @Field(() => LegalForms)
  legalForm: LegalForm;

  @Edge<Grantee, object>(granteeById, (row) => row.fiscalSponsorId)
  @Field(() => GranteeType, { nullable: true, description: 'Receives for it, when it is fiscally sponsored.' })
  fiscalSponsor: GranteeType | null;

  @Field(() => String, { nullable: true })
  place: string | null;
}

export const GranteeConnection = connectionOf(() => GranteeType, 'Grantee', { counted: true });

@ObjectType()
export class InviteGranteePayload extends Payload {
  @PayloadEntity(() => GranteeType, granteeById)
  grantee: GranteeType | null;

  @Field(() => String, {
    nullable: true,
    description:
      'For the link you send to the group: whoever claims it gets the key of the group, which you never see. Shown this once; null in a replay, and when you had invited the group before and asked for no new link.',
  })
  claimToken: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'When the link that works now stops working; null in a replay, and once the group has claimed the link.',
  })
  expiresAt: Date | null;
}

@ObjectType()
export class ClaimInvitationPayload extends Payload {
  @PayloadEntity(
    () => GranteeType,
    granteeById,
    'Null when the claim is sent again with `secretDigest`: read it with the key.',
  )
  grantee: GranteeType | null;

  @Field(() => ApiKeyType, { nullable: true })
  apiKey: ApiKeyType | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The whole key, `gf_<id>_<secret>`. Shown this once, and anew when you send the claim again with its `idempotencyKey`; null when you made the secret.',
  })
  secret: string | null;
}
