import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { Role } from '../access/actor.js';
import { connectionOf } from '../api/connection.js';
import { Derived, PublicId } from '../api/derived.js';
import { publicId } from '../api/ids.js';
import { DateTimeScalar } from '../api/scalars/scalars.js';
import type { SubjectType } from './subjects.js';
import { SUBJECT_KINDS } from './subjects.js';

export interface FeedRow {
  readonly id: string;
  readonly position: bigint;
  readonly type: string;
  readonly at: Date;
  readonly actorRole: Role;
  readonly actorOrganizationId: string | null;
  readonly actorKeyId: string | null;
  readonly subjectType: SubjectType;
  readonly subjectId: string;
  readonly revision: number | null;
}

@ObjectType('Event', {
  description: 'Something that happened, written in the transaction of the change and never altered.',
})
export class EventType {
  @PublicId('event')
  @Field(() => ID)
  id: string;

  @Field(() => String, { description: 'What happened, such as `AGREEMENT_OFFERED`. New types may be added.' })
  type: string;

  @Field(() => DateTimeScalar)
  at: Date;

  @Field(() => String, {
    description: 'The role that did it: FUNDER, GRANTEE, STEWARD, PUBLIC (a claim link) or SYSTEM.',
  })
  actorRole: string;

  @Derived<FeedRow>((row) => row.actorOrganizationId && publicId('organization', row.actorOrganizationId))
  @Field(() => ID, { nullable: true, description: 'The organization whose key did it.' })
  actorOrganizationId: string | null;

  @Derived<FeedRow>((row) => row.actorKeyId && publicId('apiKey', row.actorKeyId))
  @Field(() => ID, {
    nullable: true,
    description:
      'The API key that did it: told to the organization whose key it is and to the steward, and null for everybody else. Always null for what a grantee did.',
  })
  actorKeyId: string | null;

  @Field(() => String)
  subjectType: string;

  @Derived<FeedRow>((row) => publicId(SUBJECT_KINDS[row.subjectType], row.subjectId))
  @Field(() => ID, { description: 'What it happened to: look it up with `node`.' })
  subjectId: string;

  @Field(() => Int, { nullable: true, description: 'The revision of an agreement that it is about.' })
  revision: number | null;
}

export const EventConnection = connectionOf(() => EventType, 'Event');
