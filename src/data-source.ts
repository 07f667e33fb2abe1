import { DataSource } from 'typeorm';
import { ApiKeyRow } from './accounts/api-key.entity.js';
import { AgreementRow } from './agreements/agreement.entity.js';
import { ReportingExpectationRow } from './agreements/expectations/reporting-expectation.entity.js';
import { DisbursementRow } from './agreements/payments/disbursement.entity.js';
import { InstallmentRow } from './agreements/payments/installment.entity.js';
import { AgreementRevisionRow } from './agreements/terms/agreement-revision.entity.js';
import { InvitationRow } from './grantees/invitation.entity.js';
import { FunderRow, GranteeRow } from './organizations/face.entity.js';
import { ContactRow, IdentifierRow, OrganizationRow } from './organizations/organization.entity.js';
import { CurrencyRow } from './platform/db/currency.entity.js';
import { MIGRATIONS } from '../migrations/index.js';

/** Entities describe the tables: migrations are checked against them, and stores take their row types from them. */
export const ENTITIES = [
  ApiKeyRow,
  OrganizationRow,
  ContactRow,
  IdentifierRow,
  FunderRow,
  GranteeRow,
  InvitationRow,
  CurrencyRow,
  AgreementRow,
  AgreementRevisionRow,
  InstallmentRow,
  DisbursementRow,
  ReportingExpectationRow,
];

/** For migrations and the check that entities and migrations agree; requests go through `platform/db`. */
export function createDataSource(url: string): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    entities: ENTITIES,
    migrations: MIGRATIONS,
    migrationsTransactionMode: 'each',
    installExtensions: false,
  });
}
