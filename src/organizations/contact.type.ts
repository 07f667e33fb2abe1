import { Field, InputType, ObjectType } from '@nestjs/graphql';
import { TextField } from '../platform/api/fields.js';
import { isEmail, isPhone } from './contact.rules.js';

@ObjectType('Contact', { description: 'Seen by the organization itself, its counterparties and the steward.' })
export class ContactType {
  @Field(() => String, { nullable: true })
  person: string | null;

  @Field(() => String, { nullable: true })
  email: string | null;

  @Field(() => String, { nullable: true })
  phone: string | null;
}

@InputType()
export class ContactInput {
  @TextField({ max: 200, nullable: true })
  person?: string | null;

  @TextField({
    max: 254,
    nullable: true,
    check: (text) => (isEmail(text) ? null : { code: 'INVALID_EMAIL' }),
    description: 'As `name@example.org`. Error: INVALID_EMAIL.',
  })
  email?: string | null;

  @TextField({
    max: 50,
    nullable: true,
    check: (text) => (isPhone(text) ? null : { code: 'INVALID_PHONE' }),
    description: 'As `+84 912 000 111`: 3 to 15 digits. Error: INVALID_PHONE.',
  })
  phone?: string | null;
}
