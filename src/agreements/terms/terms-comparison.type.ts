import { Field, ObjectType } from '@nestjs/graphql';

@ObjectType({ description: 'One thing in which two revisions of the terms differ.' })
export class RevisionChange {
  @Field(() => String, {
    description: 'Its name as in `AgreementRevision`, with a position counted from 1: `installments.2.amount`.',
  })
  field: string;

  @Field(() => String, { nullable: true, description: 'Null when the earlier one does not have it.' })
  before: string | null;

  @Field(() => String, { nullable: true, description: 'Null when the later one does not have it.' })
  after: string | null;
}
