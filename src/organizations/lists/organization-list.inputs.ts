import { ArgsType, Field, InputType, registerEnumType } from '@nestjs/graphql';
import { ConnectionArgs } from '../../platform/api/connection.js';
import type { Order, OrderDirection } from '../../platform/api/order.js';
import { OrderDirections } from '../../platform/api/order.js';
import { DateTimeRange } from '../../platform/api/ranges.inputs.js';
import { CountryCodeScalar } from '../../platform/api/scalars/scalars.js';
import { IdentifierInput } from '../identifiers/identifiers.inputs.js';

export const OrganizationKinds = { FUNDER: 'FUNDER', GRANTEE: 'GRANTEE' } as const;
export type OrganizationKind = keyof typeof OrganizationKinds;
registerEnumType(OrganizationKinds, {
  name: 'OrganizationKind',
  valuesMap: {
    FUNDER: { description: 'Offers agreements.' },
    GRANTEE: { description: 'Receives agreements.' },
  },
});

export const OrganizationOrderFields = { NAME: 'NAME', CREATED_AT: 'CREATED_AT' } as const;
export type OrganizationOrderField = keyof typeof OrganizationOrderFields;
registerEnumType(OrganizationOrderFields, { name: 'OrganizationOrderField' });

@InputType()
export class OrganizationCountryFilter {
  @Field(() => [CountryCodeScalar])
  in: string[];
}

@InputType({
  description:
    'All given conditions must hold. The range `createdAt` is read from an index in its own order, which the list then has: another order is refused with ORDER_DOES_NOT_FIT.',
})
export class OrganizationFilter {
  @Field(() => [OrganizationKinds], {
    nullable: true,
    description: 'Organizations that are all of these kinds: with both, those that fund and receive.',
  })
  kinds?: OrganizationKind[] | null;

  @Field(() => OrganizationCountryFilter, { nullable: true })
  country?: OrganizationCountryFilter | null;

  @Field(() => IdentifierInput, {
    nullable: true,
    description:
      'Who has this number: the one organization for which it is CONFIRMED, and all that give it to themselves. Case and space do not matter. Error: INVALID_IDENTIFIER.',
  })
  identifier?: IdentifierInput | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether the public directory shows it.' })
  isListed?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether it was merged into another organization.' })
  isMerged?: boolean | null;

  @Field(() => DateTimeRange, { nullable: true, description: 'When it came to the network.' })
  createdAt?: DateTimeRange | null;
}

@InputType()
export class OrganizationOrder implements Order<OrganizationOrderField> {
  @Field(() => OrganizationOrderFields)
  field: OrganizationOrderField;

  @Field(() => OrderDirections)
  direction: OrderDirection;
}

@ArgsType()
export class OrganizationListArgs extends ConnectionArgs {
  @Field(() => OrganizationFilter, { nullable: true })
  filter?: OrganizationFilter | null;

  @Field(() => OrganizationOrder, {
    nullable: true,
    description: 'When left out: by name; with the range `createdAt`, the newest first.',
  })
  orderBy?: OrganizationOrder | null;
}
