import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Derived, Edge, PublicId } from '../../platform/api/derived.js';
import { Node, NodeType } from '../../platform/api/node.js';
import { Payload, PayloadEntity } from '../../platform/api/payload.js';
import { DateTimeScalar } from '../../platform/api/scalars/scalars.js';
import { OrganizationType } from '../organization.type.js';
import { organizationById } from '../organizations.loaders.js';
import type { NetworkRow } from './network.entity.js';
import { networkById } from './network.loaders.js';

export const Stewardships = { UNDECLARED: 'UNDECLARED', NONE: 'NONE', NAMED: 'NAMED' } as const;
registerEnumType(Stewardships, {
  name: 'Stewardship',
  description: 'Whether the organization behind the steward takes part in the network, as a funder or as a grantee.',
  valuesMap: {
    UNDECLARED: {
      description:
        'Nobody has said so yet. Until then no obstacle can be CONFIDENTIAL: the steward reads those, and nobody knows about whom it must not. A steward ends this with `nameStewardOrganization` or `declareNoStewardOrganization`.',
    },
    NONE: { description: 'The steward says that no organization of its own takes part.' },
    NAMED: { description: 'The steward belongs to `stewardOrganization`.' },
  },
});

@NodeType('network', 'Network', networkById)
@ObjectType('Network', {
  implements: () => [Node],
  description: 'What everybody may know of the network itself: who its steward is.',
})
export class NetworkType extends Node {
  @PublicId('network')
  @Field(() => ID)
  declare id: string;

  @Derived<NetworkRow>(stewardshipOf)
  @Field(() => Stewardships)
  stewardship: keyof typeof Stewardships;

  @Edge<NetworkRow, object>(organizationById, (row) => row.stewardOrganizationId)
  @Field(() => OrganizationType, {
    nullable: true,
    description:
      'The organization of those who hold steward keys. Everybody sees it, also when the directory does not list it. It reads nothing that is said about itself in confidence.',
  })
  stewardOrganization: OrganizationType | null;

  @Derived<NetworkRow>((row) => row.stewardDeclaredAt !== null)
  @Field(() => Boolean, { description: 'False while the stewardship is UNDECLARED.' })
  takesConfidentialObstacles: boolean;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When the present answer was given.' })
  stewardDeclaredAt: Date | null;

  @Field(() => Int)
  version: number;
}

function stewardshipOf({ stewardDeclaredAt, stewardOrganizationId }: NetworkRow): keyof typeof Stewardships {
  if (stewardDeclaredAt === null) return 'UNDECLARED';
  return stewardOrganizationId === null ? 'NONE' : 'NAMED';
}

@ObjectType()
export class NameStewardOrganizationPayload extends Payload {
  @PayloadEntity(() => NetworkType, networkById)
  network: NetworkType | null;
}

@ObjectType()
export class DeclareNoStewardOrganizationPayload extends Payload {
  @PayloadEntity(() => NetworkType, networkById)
  network: NetworkType | null;
}
