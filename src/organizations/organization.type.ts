import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../platform/api/connection.js';
import { Derived, Edge, PublicId } from '../platform/api/derived.js';
import { Node, NodeType } from '../platform/api/node.js';
import { Payload, PayloadEntity } from '../platform/api/payload.js';
import { CountryCodeScalar, DateTimeScalar, LanguageTagScalar, UrlScalar } from '../platform/api/scalars/scalars.js';
import { ContactType } from './contact.type.js';
import { identifiersByOrganization } from './identifiers/identifiers.loaders.js';
import { IdentifierType } from './identifiers/identifier.type.js';
import { contactByOrganization, organizationById } from './organizations.loaders.js';
import type { Organization } from './organizations.store.js';

@NodeType('organization', 'Organization', organizationById)
@ObjectType('Organization', { implements: () => [Node], description: 'A funder, a grantee, or both.' })
export class OrganizationType extends Node {
  @PublicId('organization')
  @Field(() => ID)
  declare id: string;

  @Field(() => String)
  name: string;

  @Field(() => [String], { description: 'Former, short and translated names.' })
  otherNames: string[];

  @Field(() => CountryCodeScalar, { nullable: true })
  country: string | null;

  @Field(() => UrlScalar, { nullable: true })
  website: string | null;

  @Field(() => LanguageTagScalar, { description: 'The language it prefers to be addressed in.' })
  locale: string;

  @Field(() => String, { description: 'IANA time zone; its deadlines end with the day there.' })
  timeZone: string;

  @Field(() => Boolean, { description: 'Whether the public directory shows it.' })
  isListed: boolean;

  @Derived<Organization>((row, context) => context.load(identifiersByOrganization, row.id))
  @Field(() => [IdentifierType], {
    description: 'Seen by whoever sees the organization. `standing` says whether the steward stands for a number.',
  })
  identifiers: IdentifierType[];

  @Edge<Organization, object>(contactByOrganization, (row) => row.id)
  @Field(() => ContactType, { nullable: true, description: 'Null for those who may not see it.' })
  contact: ContactType | null;

  @Edge<Organization, object>(organizationById, (row) => row.mergedInto)
  @Field(() => OrganizationType, { nullable: true, description: 'The organization this one was merged into.' })
  mergedInto: OrganizationType | null;

  @Field(() => Int)
  version: number;

  @Field(() => DateTimeScalar)
  createdAt: Date;

  @Field(() => DateTimeScalar)
  updatedAt: Date;
}

export const OrganizationConnection = connectionOf(() => OrganizationType, 'Organization', { counted: true });

@ObjectType()
export class RegisterOrganizationPayload extends Payload {
  @PayloadEntity(() => OrganizationType, organizationById)
  organization: OrganizationType | null;

  @Field(() => String, {
    nullable: true,
    description:
      'With `claimLink`: for the link that you hand over; `claimInvitation` takes it once. Shown this once; null in a replay.',
  })
  claimToken: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'With `claimLink`: when the link ends.' })
  claimExpiresAt: Date | null;
}

@ObjectType()
export class UpdateOrganizationPayload extends Payload {
  @PayloadEntity(() => OrganizationType, organizationById)
  organization: OrganizationType | null;
}
