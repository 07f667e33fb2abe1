import { Field, InputType, ObjectType } from '@nestjs/graphql';
import { TextField } from '../platform/api/fields.js';

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

  @TextField({ max: 254, nullable: true })
  email?: string | null;

  @TextField({ max: 50, nullable: true })
  phone?: string | null;
}
