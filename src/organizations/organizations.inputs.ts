import { Field, InputType } from '@nestjs/graphql';
import { IdField, IntField, NestedField, NestedListField, TextField, TextListField } from '../platform/api/fields.js';
import { MutationInput } from '../platform/api/mutation-input.js';
import { CountryCodeScalar, LanguageTagScalar, UrlScalar } from '../platform/api/scalars/scalars.js';
import { ContactInput } from './contact.type.js';
import type { LegalForm } from './face.entity.js';
import { IdentifierInput } from './identifiers/identifiers.inputs.js';
import { LegalForms } from './legal-form.type.js';
import { TimeZoneField } from './time-zone.type.js';

@InputType({ isAbstract: true })
abstract class OrganizationDetails extends MutationInput {
  @TextListField({ max: 200, most: 20, nullable: true })
  otherNames?: string[] | null;

  @Field(() => CountryCodeScalar, { nullable: true })
  country?: string | null;

  @Field(() => UrlScalar, { nullable: true })
  website?: string | null;

  @Field(() => LanguageTagScalar, { nullable: true, description: '"en" when left out.' })
  locale?: string | null;

  @TimeZoneField('IANA, such as "Asia/Ho_Chi_Minh"; "UTC" when left out.')
  timeZone?: string | null;

  @NestedListField(() => IdentifierInput, {
    most: 20,
    nullable: true,
    description:
      "At most one number for each entry in a register. What the steward registers is CONFIRMED. What an organization gives itself is UNCONFIRMED, whoever else has the number, until the steward confirms the number. Errors: DUPLICATE_IDENTIFIER (an organization that the caller may see has the number CONFIRMED), IDENTIFIER_CONFIRMED (an organization's own list leaves out a confirmed number).",
  })
  identifiers?: IdentifierInput[] | null;

  @NestedField(() => ContactInput, { nullable: true })
  contact?: ContactInput | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the public directory shows it; informal groups only when this is true.',
  })
  isListed?: boolean | null;
}

@InputType()
export class FunderFaceInput {
  @TextField({ max: 2_000, nullable: true })
  mission?: string | null;

  @IntField({
    min: 1,
    max: 365,
    nullable: true,
    description: 'Days within which it answers reports and obstacles; 30 when left out.',
  })
  responseDays?: number | null;

  @IntField({
    min: 0,
    max: 1_095,
    nullable: true,
    description: 'Days of notice before an adverse change takes effect; 365 when left out.',
  })
  noticeDays?: number | null;
}

@InputType()
export class GranteeFaceInput {
  @Field(() => LegalForms)
  legalForm: LegalForm;

  @IdField('grantee', {
    nullable: true,
    description: 'For FISCALLY_SPONSORED: the registered grantee that receives for it.',
  })
  fiscalSponsorId?: string | null;

  @TextField({ max: 200, nullable: true, description: 'Where it works. Required for INFORMAL_GROUP.' })
  place?: string | null;
}

@InputType({ description: 'At least one face is needed; both make a regrantor.' })
export class RegisterOrganizationInput extends OrganizationDetails {
  @TextField({ max: 200 })
  name: string;

  @NestedField(() => FunderFaceInput, { nullable: true })
  funder?: FunderFaceInput | null;

  @NestedField(() => GranteeFaceInput, { nullable: true })
  grantee?: GranteeFaceInput | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'For a grantee: answers `claimToken`, for a link that you hand over. Whoever claims the link gets the key of the organization, which you never see. This is the recommended way; what `createApiKey` issues you have seen.',
  })
  claimLink?: boolean | null;
}

@InputType({
  description:
    "Changes the caller's own organization. What is left out stays; a list that is given replaces the old one.",
})
export class UpdateOrganizationInput extends OrganizationDetails {
  @IntField({ min: 1, max: 2_147_483_647, description: 'The version you read. Error: STALE_VERSION.' })
  expectedVersion: number;

  @TextField({ max: 200, nullable: true })
  name?: string | null;

  @IdField('grantee', {
    nullable: true,
    description:
      'For a grantee that is FISCALLY_SPONSORED, with its GRANTEE key: the registered grantee that receives for it from now on. Drafts and revisions written from now on name it; what was written before, and a renewal, keep the sponsor they have, and an agreement keeps its sponsor until both parties and the new one agree to `CHANGE_SPONSOR`, which changes nothing here. Error: FISCAL_SPONSOR_INVALID.',
  })
  fiscalSponsorId?: string | null;

  @Field(() => LegalForms, {
    nullable: true,
    description:
      'For a grantee, with its GRANTEE key. FISCALLY_SPONSORED needs `fiscalSponsorId`; any other form ends the sponsor, and agreements keep theirs. INFORMAL_GROUP needs a place and a contact. Errors: GRANTEE_KEY_NEEDED, FISCAL_SPONSOR_INVALID, INFORMAL_GROUP_INCOMPLETE, SPONSOR_MUST_BE_REGISTERED (it sponsors others).',
  })
  legalForm?: LegalForm | null;

  @TextField({
    max: 200,
    nullable: true,
    description: 'Where a grantee works, with its GRANTEE key. Error: GRANTEE_KEY_NEEDED.',
  })
  place?: string | null;
}
