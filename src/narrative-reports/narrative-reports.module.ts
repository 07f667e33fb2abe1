import type { OnModuleInit } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { AgreementsModule } from '../agreements/agreements.module.js';
import { FundersModule } from '../funders/funders.module.js';
import { Clock } from '../platform/clock/clock.js';
import { FileStore } from '../platform/files/file-store.js';
import { Jobs } from '../platform/jobs/jobs.service.js';
import { ConversationNotesResolver, NotesOfAgreementResolver } from './conversations/conversation-notes.resolver.js';
import { ConversationNotesService } from './conversations/conversation-notes.service.js';
import { AttachmentLinks } from './attachments/attachment-links.service.js';
import { AttachmentReader } from './attachments/attachment-reader.service.js';
import { AttachmentUploads } from './attachments/attachment-uploads.service.js';
import { AttachmentsController } from './attachments/attachments.controller.js';
import {
  AttachmentsOfReportResolver,
  AttachmentsOfShareResolver,
  AttachmentsOfVersionResolver,
  LinkOfAttachmentResolver,
  LinkOfShareAttachmentResolver,
} from './attachments/attachments.resolver.js';
import { clearFiles } from './attachments/clear-files.job.js';
import { ReportAttachments } from './attachments/report-attachments.service.js';
import { ReportExportController } from './export/report-export.controller.js';
import { ReportExport } from './export/report-export.service.js';
import { ReportPromptsResolver } from './prompts/report-prompts.resolver.js';
import { ReportPrompts } from './prompts/report-prompts.service.js';
import { ReportWritingResolver } from './writing/report-writing.resolver.js';
import { NarrativeReportsResolver } from './reports/narrative-reports.resolver.js';
import { NarrativeReports } from './reports/narrative-reports.service.js';
import { remindResponseDue } from './responses/remind-response-due.job.js';
import { FunderResponseRecordResolver, ReportResponsesResolver } from './responses/report-responses.resolver.js';
import { ReportResponses } from './responses/report-responses.service.js';
import { ResponseRecord } from './responses/response-record.service.js';
import { FunderReportSearchResolver, GranteeReportSearchResolver } from './search/report-search.resolver.js';
import { ReportSearch } from './search/report-search.service.js';
import { AlreadyToldResolver } from './told/told.resolver.js';
import { ReportDetailsReader } from './writing/report-details.service.js';
import { ReportAnswers } from './writing/report-answers.service.js';
import {
  ReportSharesResolver,
  ShareOfExpectationResolver,
  SharesOfAgreementResolver,
  SharesOfFunderResolver,
  SharesOfGranteeResolver,
  SharesOfReportResolver,
} from './shares/report-shares.resolver.js';
import { ReportShares } from './shares/report-shares.service.js';
import { ReportSubmission } from './writing/report-submission.service.js';
import { ReportWriting } from './writing/report-writing.service.js';

@Module({
  imports: [AgreementsModule, FundersModule],
  controllers: [AttachmentsController, ReportExportController],
  providers: [
    NarrativeReports,
    ReportAnswers,
    ReportDetailsReader,
    ReportWriting,
    ReportSubmission,
    ReportShares,
    ConversationNotesService,
    ReportPrompts,
    ConversationNotesResolver,
    NotesOfAgreementResolver,
    NarrativeReportsResolver,
    ReportWritingResolver,
    ReportPromptsResolver,
    ReportSharesResolver,
    SharesOfReportResolver,
    SharesOfAgreementResolver,
    SharesOfFunderResolver,
    SharesOfGranteeResolver,
    ShareOfExpectationResolver,
    ReportExport,
    AttachmentLinks,
    AttachmentReader,
    AttachmentUploads,
    ReportAttachments,
    AttachmentsOfReportResolver,
    AttachmentsOfVersionResolver,
    AttachmentsOfShareResolver,
    LinkOfAttachmentResolver,
    LinkOfShareAttachmentResolver,
    ReportResponses,
    ReportResponsesResolver,
    ResponseRecord,
    FunderResponseRecordResolver,
    AlreadyToldResolver,
    ReportSearch,
    FunderReportSearchResolver,
    GranteeReportSearchResolver,
  ],
  exports: [ReportWriting, ReportSubmission, ReportShares, ReportResponses],
})
export class NarrativeReportsModule implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly files: FileStore,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.register('remind_response_due', remindResponseDue);
    this.jobs.schedule('clear_files', '41 3 * * *', () => clearFiles(this.files, this.clock));
  }
}
