import { loadByKey } from '../platform/api/loader.js';

export interface ImportedSourceRow {
  readonly agreementId: string;
  readonly id: string;
  readonly funderName: string | null;
  readonly recipientName: string | null;
  readonly durationMonths: number | null;
  readonly title: string | null;
  readonly description: string | null;
  readonly program: string | null;
  readonly dataSource: string | null;
  readonly fileName: string | null;
  readonly importedAt: Date;
}

export const importedSourceByAgreement = loadByKey<ImportedSourceRow>(
  'importedSourceByAgreement',
  `SELECT i.agreement_id AS "agreementId", i.source_id AS "id", i.funder_name AS "funderName",
     i.recipient_name AS "recipientName", i.duration_months AS "durationMonths", i.title, i.description, i.program_title AS "program",
     i.data_source AS "dataSource", i.file_name AS "fileName", i.imported_at AS "importedAt"
   FROM imported_grants i WHERE i.agreement_id = ANY ($1)`,
  'agreementId',
);
