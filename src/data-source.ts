import { DataSource } from 'typeorm';
import { ApiKeyRow } from './accounts/api-key.entity.js';
import { AgreementRow } from './agreements/agreement.entity.js';
import { AmendmentRow } from './agreements/amendments/amendment.entity.js';
import { DissolutionRow } from './agreements/dissolution/dissolution.entity.js';
import { ReportingExpectationRow } from './agreements/expectations/reporting-expectation.entity.js';
import { ReminderRow } from './agreements/reminders/reminder.entity.js';
import { LegalHoldRow } from './agreements/holds/legal-hold.entity.js';
import { DisbursementReceiptRow } from './agreements/payments/disbursement-receipt.entity.js';
import { DisbursementRow } from './agreements/payments/disbursement.entity.js';
import { InstallmentRow } from './agreements/payments/installment.entity.js';
import { PastDueDayRow } from './agreements/payments/past-due-day.entity.js';
import { RepaymentRow } from './agreements/payments/repayment.entity.js';
import { AgreementRevisionRow } from './agreements/terms/agreement-revision.entity.js';
import { InvitationRow } from './organizations/invitation.entity.js';
import {
  ConversationNoteVersionRow,
  ConversationNotesRow,
} from './narrative-reports/conversations/conversation-notes.entity.js';
import { NarrativeReportRow, NarrativeReportVersionRow } from './narrative-reports/reports/narrative-report.entity.js';
import { ReportAttachmentRow, ShareAttachmentRow } from './narrative-reports/attachments/attachment.entity.js';
import {
  ReportRatingRow,
  ReportReplyRow,
  ReportResponseReminderRow,
} from './narrative-reports/responses/report-talk.entity.js';
import { ReportResponseRow, ReportShareRow } from './narrative-reports/shares/report-share.entity.js';
import { DutyRecordRow, DutyRecordYearRow } from './funders/records/duty-record.entity.js';
import { ImportedGrantRow, ImportedNameRow } from './imports/imported-grant.entity.js';
import { FunderRow, GranteeRow } from './organizations/face.entity.js';
import { ObstacleCategoryRow, ObstacleCodeRow } from './obstacles/codes/obstacle-code.entity.js';
import { EntryRow } from './obstacles/log/entry.entity.js';
import {
  ObstacleEventRow,
  ObstacleOutcomeRow,
  StreamRow,
  SubmissionRow,
} from './obstacles/log/owner-records.entity.js';
import { SharedRow } from './obstacles/sharing/shared-obstacle.entity.js';
import { PracticeChangeRow } from './obstacles/practice-changes/practice-change.entity.js';
import { HandledFactRow } from './obstacles/suggestions/handled-fact.entity.js';
import { IdentifierClaimRow } from './organizations/identifiers/identifier-claim.entity.js';
import { ContactRow, IdentifierRow, OrganizationRow } from './organizations/organization.entity.js';
import { NetworkRow, StewardOrganizationRow } from './organizations/stewardship/network.entity.js';
import { CellRow, LedgerRow, ReleaseRow } from './statistics/release.entity.js';
import { OrganizationAttributesRow, RegionCountryRow, RegionRow } from './statistics/sealing/region.entity.js';
import { CurrencyRow } from './platform/db/currency.entity.js';
import { MIGRATIONS } from '../migrations/index.js';

/** Entities describe the tables: migrations are checked against them, and stores take their row types from them. */
export const ENTITIES = [
  ApiKeyRow,
  OrganizationRow,
  ContactRow,
  IdentifierRow,
  NetworkRow,
  StewardOrganizationRow,
  IdentifierClaimRow,
  FunderRow,
  GranteeRow,
  DutyRecordYearRow,
  DutyRecordRow,
  InvitationRow,
  CurrencyRow,
  AgreementRow,
  AgreementRevisionRow,
  InstallmentRow,
  DisbursementRow,
  DisbursementReceiptRow,
  RepaymentRow,
  PastDueDayRow,
  LegalHoldRow,
  ReportingExpectationRow,
  ReminderRow,
  AmendmentRow,
  DissolutionRow,
  ImportedGrantRow,
  ImportedNameRow,
  NarrativeReportRow,
  NarrativeReportVersionRow,
  ReportShareRow,
  ReportResponseRow,
  ConversationNotesRow,
  ConversationNoteVersionRow,
  ReportAttachmentRow,
  ShareAttachmentRow,
  ReportReplyRow,
  ReportRatingRow,
  ReportResponseReminderRow,
  ObstacleCategoryRow,
  ObstacleCodeRow,
  EntryRow,
  SharedRow,
  StreamRow,
  ObstacleEventRow,
  SubmissionRow,
  ObstacleOutcomeRow,
  HandledFactRow,
  PracticeChangeRow,
  RegionRow,
  RegionCountryRow,
  OrganizationAttributesRow,
  ReleaseRow,
  LedgerRow,
  CellRow,
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
