import type { LoaderDefinition } from '../../platform/api/loader.js';
import type { AgreementRevision } from '../terms/revisions.store.js';
import type { RevisionKey } from './sponsored-agreements.store.js';
import { REVISIONS_BY_NUMBER } from './sponsored-agreements.store.js';

export const revisionByNumber: LoaderDefinition<RevisionKey, AgreementRevision> = {
  name: 'revisionByNumber',
  keyOf: ({ agreementId, number }) => `${agreementId} ${number}`,
  load: async ({ reader }, keys) => {
    const values = [keys.map(({ agreementId }) => agreementId), keys.map(({ number }) => number)];
    const rows = await reader.rows<AgreementRevision>(REVISIONS_BY_NUMBER, values);
    return keys.map(
      ({ agreementId, number }) => rows.find((row) => row.agreementId === agreementId && row.number === number) ?? null,
    );
  },
};
