import { Field, InputType } from '@nestjs/graphql';
import { SecretDigestField } from '../accounts/secret-digest.type.js';
import { ContactInput } from '../organizations/contact.type.js';
import { TimeZoneField } from '../organizations/time-zone.type.js';
import { NestedField, TextField } from '../platform/api/fields.js';
import { MutationInput } from '../platform/api/mutation-input.js';
import { CountryCodeScalar, LanguageTagScalar } from '../platform/api/scalars/scalars.js';

@InputType({ description: 'An informal group that you want to fund: a name, a place and a contact are enough.' })
export class InviteGranteeInput extends MutationInput {
  @TextField({ max: 200 })
  name: string;

  @TextField({ max: 200 })
  place: string;

  @NestedField(() => ContactInput)
  contact: ContactInput;

  @Field(() => CountryCodeScalar, { nullable: true })
  country?: string | null;

  @Field(() => LanguageTagScalar, { nullable: true })
  locale?: string | null;

  @TimeZoneField(
    'IANA, such as "Asia/Ho_Chi_Minh": where the days of the group end. When left out, that of `country`, if the country has one time; a country with several needs it. "UTC" when both are left out. The group can change it. Errors: UNKNOWN_TIME_ZONE, TIME_ZONE_NEEDED.',
  )
  timeZone?: string | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description:
      'For a group that you invited before, when its link was lost: true makes a new link, and the link of before stops working. Nothing is replaced once the group has claimed the link.',
  })
  replaceLink: boolean;
}

@InputType()
export class ClaimInvitationInput {
  @TextField({ max: 100, description: 'From the link.' })
  token: string;

  @SecretDigestField('The same token with the same digest answers the same key again.')
  secretDigest?: string | null;

  @TextField({
    nullable: true,
    max: 200,
    description:
      'For a claim without `secretDigest`: the same token with the same key is answered again for 24 hours, each time with a new secret for the first key, and the secret of before ends. The first use of the API key ends this. Choose it at random: whoever made the link knows the token. Such a claim stands alone in its call (`CLAIM_STANDS_ALONE`).',
  })
  idempotencyKey?: string | null;
}
