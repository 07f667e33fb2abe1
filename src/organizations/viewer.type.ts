import { Field, ObjectType } from '@nestjs/graphql';
import type { Actor } from '../platform/access/actor.js';
import { Edge } from '../platform/api/derived.js';
import { KeyRoles } from '../accounts/key-role.type.js';
import type { KeyRole } from '../accounts/api-key.entity.js';
import { OrganizationType } from './organization.type.js';
import { organizationById } from './organizations.loaders.js';

@ObjectType({ description: 'Who is calling: where a client starts.' })
export class Viewer {
  @Field(() => KeyRoles)
  role: KeyRole;

  @Edge<Actor, object>(organizationById, (actor) => actor.organizationId)
  @Field(() => OrganizationType, {
    nullable: true,
    description: 'The organization the key acts for; analysts and stewards may have none.',
  })
  organization: OrganizationType | null;
}
