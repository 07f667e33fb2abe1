import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Derived } from '../../platform/api/derived.js';
import { publicId } from '../../platform/api/ids.js';
import { Payload, PayloadEntity } from '../../platform/api/payload.js';
import type { Answer } from '../../platform/idempotency/mutations.service.js';
import { NarrativeReportType } from '../reports/narrative-report.type.js';
import { reportById } from '../reports/narrative-reports.loaders.js';

@ObjectType({ isAbstract: true })
export abstract class ReportPayload extends Payload {
  @PayloadEntity(() => NarrativeReportType, reportById)
  narrativeReport: NarrativeReportType | null;
}

@ObjectType()
export class DraftReportPayload extends ReportPayload {}

@ObjectType()
export class SaveReportSectionPayload extends ReportPayload {}

@ObjectType()
export class SaveReportDetailsPayload extends ReportPayload {}

@ObjectType()
export class SubmitReportPayload extends ReportPayload {}

@ObjectType()
export class CorrectReportPayload extends ReportPayload {}

@ObjectType()
export class ShareReportPayload extends ReportPayload {}

@ObjectType()
export class DeleteDraftReportPayload extends Payload {
  @Derived<Partial<Answer>>(({ id }) => (id === undefined ? null : publicId('report', id)))
  @Field(() => ID, { nullable: true })
  deletedReportId: string | null;
}
