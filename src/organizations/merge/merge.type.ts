import { Field, Int, ObjectType } from '@nestjs/graphql';
import { Derived } from '../../platform/api/derived.js';
import { Payload, PayloadEntity } from '../../platform/api/payload.js';
import { OrganizationType } from '../organization.type.js';
import { organizationById } from '../organizations.loaders.js';
import type { MergeAnswer } from './merge.service.js';

@ObjectType()
export class MergeOrganizationsPayload extends Payload {
  @PayloadEntity(() => OrganizationType, organizationById, 'The record that stays.')
  organization: OrganizationType | null;

  @Derived<Partial<MergeAnswer>>((row) => row.agreements ?? null)
  @Field(() => Int, {
    nullable: true,
    description: 'Agreements that the record that stays reaches from now on; null in a replay.',
  })
  agreements: number | null;

  @Derived<Partial<MergeAnswer>>((row) => row.revokedKeys ?? null)
  @Field(() => Int, { nullable: true, description: 'Keys that are refused from now on; null in a replay.' })
  revokedKeys: number | null;

  @Derived<Partial<MergeAnswer>>((row) => row.isDone ?? false)
  @Field(() => Boolean, { description: 'False for a dry run and when it was refused.' })
  isDone: boolean;
}
