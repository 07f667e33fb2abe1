import type { OnModuleInit } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { AgreementsModule } from '../agreements/agreements.module.js';
import { Jobs } from '../platform/jobs/jobs.service.js';
import { NarrativeReportsResolver } from './narrative-reports.resolver.js';
import { NarrativeReports } from './narrative-reports.service.js';
import { remindResponseDue } from './remind-response-due.job.js';
import { ReportAnswers } from './report-answers.service.js';
import {
  ReportSharesResolver,
  ShareOfExpectationResolver,
  SharesOfAgreementResolver,
  SharesOfFunderResolver,
  SharesOfGranteeResolver,
  SharesOfReportResolver,
} from './report-shares.resolver.js';
import { ReportShares } from './report-shares.service.js';
import { ReportSubmission } from './report-submission.service.js';
import { ReportWriting } from './report-writing.service.js';

@Module({
  imports: [AgreementsModule],
  providers: [
    NarrativeReports,
    ReportAnswers,
    ReportWriting,
    ReportSubmission,
    ReportShares,
    NarrativeReportsResolver,
    ReportSharesResolver,
    SharesOfReportResolver,
    SharesOfAgreementResolver,
    SharesOfFunderResolver,
    SharesOfGranteeResolver,
    ShareOfExpectationResolver,
  ],
  exports: [ReportWriting, ReportSubmission, ReportShares],
})
export class NarrativeReportsModule implements OnModuleInit {
  constructor(private readonly jobs: Jobs) {}

  onModuleInit(): void {
    this.jobs.register('remind_response_due', remindResponseDue);
  }
}
