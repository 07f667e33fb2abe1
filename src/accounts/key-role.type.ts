import { registerEnumType } from '@nestjs/graphql';

export const KeyRoles = { FUNDER: 'FUNDER', GRANTEE: 'GRANTEE', ANALYST: 'ANALYST', STEWARD: 'STEWARD' } as const;
registerEnumType(KeyRoles, {
  name: 'Role',
  description: 'What a key may do. An organization that funds and receives has two keys.',
  valuesMap: {
    FUNDER: { description: 'Offers agreements, records payments, reads what is shared with it, answers.' },
    GRANTEE: { description: 'Accepts, confirms receipt, reports, logs obstacles.' },
    ANALYST: { description: 'Reads sealed statistics and the directory.' },
    STEWARD: { description: 'Runs the network: organizations, keys, imports, releases.' },
  },
});
