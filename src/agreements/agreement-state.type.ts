import { registerEnumType } from '@nestjs/graphql';
import type { AgreementState } from './agreement.lifecycle.js';
import { AGREEMENT_COMMANDS, AGREEMENT_COMMAND_NAMES } from './agreement.lifecycle.js';

export const AgreementStates = {
  DRAFT: 'DRAFT',
  OFFERED: 'OFFERED',
  CHANGES_REQUESTED: 'CHANGES_REQUESTED',
  ACTIVE: 'ACTIVE',
  COMPLETED: 'COMPLETED',
  RELEASED: 'RELEASED',
  DECLINED: 'DECLINED',
  WITHDRAWN: 'WITHDRAWN',
  RECORDED: 'RECORDED',
} as const satisfies { [S in AgreementState]: S };
registerEnumType(AgreementStates, {
  name: 'AgreementState',
  valuesMap: {
    DRAFT: { description: 'Never offered; only the funder sees it.' },
    OFFERED: { description: 'The grantee can accept, decline or request changes.' },
    CHANGES_REQUESTED: { description: 'The grantee would rather have other terms; the funder can offer again.' },
    ACTIVE: { description: 'Both are bound by it.' },
    COMPLETED: {
      description:
        'The term is over and every installment was received or released. A job writes it each hour, which is when filters see it and `endedAt` says. Active again when a repayment opens an installment.',
    },
    RELEASED: {
      description: 'Ended early, by consent or because a party no longer exists: it is worth what was paid.',
    },
    DECLINED: { description: 'The grantee said no.' },
    WITHDRAWN: { description: 'The funder took the offer back.' },
    RECORDED: { description: 'Imported history: read-only, and nothing follows from it.' },
  },
});

export const AgreementOrigins = { LIVE: 'LIVE', IMPORTED: 'IMPORTED' } as const;
registerEnumType(AgreementOrigins, { name: 'AgreementOrigin', description: 'Made here, or imported from 360Giving.' });

export const AgreementActions = Object.fromEntries(AGREEMENT_COMMAND_NAMES.map((name) => [name, name]));
registerEnumType(AgreementActions, {
  name: 'AgreementAction',
  description: 'What a caller can do with an agreement.',
  valuesMap: Object.fromEntries(
    AGREEMENT_COMMAND_NAMES.map((name) => {
      const { operation, does } = AGREEMENT_COMMANDS[name];
      return [name, { description: operation === null ? `No mutation: ${does}.` : `\`${operation}\`: ${does}.` }];
    }),
  ),
});
