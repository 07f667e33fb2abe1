import { Field, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { IdentifierStanding } from './identifiers.store.js';

export const IdentifierStandings = { UNCONFIRMED: 'UNCONFIRMED', CONFIRMED: 'CONFIRMED' } as const satisfies {
  [S in IdentifierStanding]: S;
};
registerEnumType(IdentifierStandings, {
  name: 'IdentifierStanding',
  description: 'Who stands for a number.',
  valuesMap: {
    UNCONFIRMED: {
      description:
        'The organization gives itself this number. Others may have given themselves the same number. No history is attached by the number.',
    },
    CONFIRMED: {
      description:
        'The steward stands for this number: the steward registered, imported or confirmed it. One organization in the network has it.',
    },
  },
});

@ObjectType('OrganizationIdentifier', {
  description: 'A number in a register, in the form of org-id.guide: GB-CHC, 1153055.',
})
export class IdentifierType {
  @Field(() => String, { description: 'The register, a code of org-id.guide, such as "GB-CHC".' })
  scheme: string;

  @Field(() => String)
  value: string;

  @Field(() => IdentifierStandings)
  standing: IdentifierStanding;
}
