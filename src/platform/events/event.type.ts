import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { Role } from '../access/actor.js';
import { connectionOf } from '../api/connection.js';
import { Derived, PublicId } from '../api/derived.js';
import type { IdKind } from '../api/ids.js';
import { publicId } from '../api/ids.js';
import { DateTimeScalar } from '../api/scalars/scalars.js';

export interface FeedRow {
  readonly id: string;
  readonly position: bigint;
  readonly type: string;
  readonly at: Date;
  readonly actorRole: Role;
  readonly actorOrganizationId: string | null;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly revision: number | null;
}

/** What events are about, and the kind of id it has. */
export const SUBJECT_KINDS: Readonly<Record<string, IdKind>> = {
  ORGANIZATION: 'organization',
  FUNDER: 'funder',
  GRANTEE: 'grantee',
  API_KEY: 'apiKey',
  AGREEMENT: 'agreement',
  INSTALLMENT: 'installment',
  DISBURSEMENT: 'disbursement',
  REPAYMENT: 'repayment',
  LEGAL_HOLD: 'legalHold',
  REPORTING_EXPECTATION: 'expectation',
  NARRATIVE_REPORT: 'report',
  REPORT_SHARE: 'share',
  OBSTACLE: 'obstacle',
};

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

  @Field(() => String)
  subjectType: string;

  @Derived<FeedRow>((row) => publicId(SUBJECT_KINDS[row.subjectType], row.subjectId))
  @Field(() => ID, { description: 'What it happened to: look it up with `node`.' })
  subjectId: string;

  @Field(() => Int, { nullable: true, description: 'The revision of an agreement that it is about.' })
  revision: number | null;
}

export const EventConnection = connectionOf(() => EventType, 'Event');
