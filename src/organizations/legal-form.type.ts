import { registerEnumType } from '@nestjs/graphql';
import type { LegalForm } from './face.entity.js';
import { LEGAL_FORMS } from './face.entity.js';

export const LegalForms = Object.fromEntries(LEGAL_FORMS.map((form) => [form, form])) as { [F in LegalForm]: F };
registerEnumType(LegalForms, {
  name: 'LegalForm',
  valuesMap: {
    REGISTERED: { description: 'A legal person with a register entry.' },
    INFORMAL_GROUP: { description: 'A group without registration: a name, a place and a contact are enough.' },
    FISCALLY_SPONSORED: { description: 'Receives through a registered grantee, its fiscal sponsor.' },
  },
});
