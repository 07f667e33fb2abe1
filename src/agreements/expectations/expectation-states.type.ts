import { registerEnumType } from '@nestjs/graphql';

export const ExpectationStates = { UPCOMING: 'UPCOMING', MET: 'MET', OVERDUE: 'OVERDUE', WAIVED: 'WAIVED' } as const;
registerEnumType(ExpectationStates, {
  name: 'ExpectationState',
  valuesMap: {
    OVERDUE: { description: 'Its day is over. Nothing follows from this except a gentle reminder; no payment waits.' },
    WAIVED: { description: 'The funder gave it up.' },
  },
});
