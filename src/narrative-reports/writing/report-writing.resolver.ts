import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { Requires } from '../../platform/access/requires.js';
import type { RequestContext } from '../../platform/api/request-context.js';
import type { Answer } from '../../platform/idempotency/mutations.service.js';
import { ShareReportInput } from '../shares/recipients.inputs.js';
import { ReportSubmission } from './report-submission.service.js';
import {
  CorrectReportInput,
  DeleteDraftReportInput,
  DraftReportInput,
  SaveReportDetailsInput,
  SaveReportSectionInput,
  SubmitReportInput,
} from './report-writing.inputs.js';
import { ReportWriting } from './report-writing.service.js';
import {
  CorrectReportPayload,
  DeleteDraftReportPayload,
  DraftReportPayload,
  SaveReportDetailsPayload,
  SaveReportSectionPayload,
  ShareReportPayload,
  SubmitReportPayload,
} from './report-writing.type.js';

@Resolver()
export class ReportWritingResolver {
  constructor(
    private readonly writing: ReportWriting,
    private readonly submission: ReportSubmission,
  ) {}

  @Requires('GRANTEE')
  @Mutation(() => DraftReportPayload, {
    description: 'Begins a report. Errors: UNKNOWN_PROMPT, REPORT_TOO_LARGE, INVALID_VALUE.',
  })
  draftReport(@Args('input') input: DraftReportInput, @Context() { actor }: RequestContext): Promise<Answer> {
    return this.writing.draft(actor, input);
  }

  @Requires('GRANTEE')
  @Mutation(() => SaveReportSectionPayload, {
    description:
      'Saves one answer of a draft. Errors: NOT_FOUND, STALE_VERSION, ACTION_NOT_ALLOWED, UNKNOWN_PROMPT, REPORT_TOO_LARGE.',
  })
  saveReportSection(
    @Args('input') input: SaveReportSectionInput,
    @Context() { actor }: RequestContext,
  ): Promise<Answer> {
    return this.writing.saveSection(actor, input);
  }

  @Requires('GRANTEE')
  @Mutation(() => SaveReportDetailsPayload, {
    description:
      'Saves what stands beside the answers of a draft: format, language, period, links, conversation, burden. Errors: NOT_FOUND, STALE_VERSION, ACTION_NOT_ALLOWED, INVALID_VALUE, LINK_NOT_HTTPS, DATE_OUT_OF_RANGE.',
  })
  saveReportDetails(
    @Args('input') input: SaveReportDetailsInput,
    @Context() { actor }: RequestContext,
  ): Promise<Answer> {
    return this.writing.saveDetails(actor, input);
  }

  @Requires('GRANTEE')
  @Mutation(() => DeleteDraftReportPayload, {
    description: 'Deletes a draft for good. Errors: NOT_FOUND, STALE_VERSION, ACTION_NOT_ALLOWED.',
  })
  deleteDraftReport(
    @Args('input') input: DeleteDraftReportInput,
    @Context() { actor }: RequestContext,
  ): Promise<Answer> {
    return this.writing.deleteDraft(actor, input);
  }

  @Requires('GRANTEE')
  @Mutation(() => SubmitReportPayload, {
    description:
      'Submits a draft, or a whole report at once, and shares it with any number of funders. Errors: REPORT_EMPTY, CONVERSATION_MISSING, CONVERSATION_NOT_EXPECTED, FILE_OR_LINK_MISSING, LINK_NOT_HTTPS, UNKNOWN_PROMPT, REPORT_TOO_LARGE, NOT_FOUND, NOT_SHAREABLE, EXPECTATION_ALREADY_MET, EXPECTATION_WAIVED, STALE_VERSION, ACTION_NOT_ALLOWED. Notices: SUBMISSION_DIFFERS, beside the first report, when this call says something else.',
  })
  submitReport(@Args('input') input: SubmitReportInput, @Context() { actor }: RequestContext): Promise<Answer> {
    return this.submission.submit(actor, input);
  }

  @Requires('GRANTEE')
  @Mutation(() => CorrectReportPayload, {
    description:
      'Makes a new version of a submitted report. What was shared before stays as it was. Errors: NOT_FOUND, STALE_VERSION, ACTION_NOT_ALLOWED, UNKNOWN_PROMPT, REPORT_TOO_LARGE, and what its format needs, as in `submitReport`.',
  })
  correctReport(@Args('input') input: CorrectReportInput, @Context() { actor }: RequestContext): Promise<Answer> {
    return this.writing.correct(actor, input);
  }

  @Requires('GRANTEE')
  @Mutation(() => ShareReportPayload, {
    description:
      'Gives the funders of these agreements a copy of what is visible, all of them or none. Another version than the one an agreement has replaces it, until the funder has answered; the answer stays owed by the same day. What was answered stays, and the new copy stands beside it. Errors: NOT_FOUND, NOT_SHAREABLE, ALREADY_SHARED, REPORT_EMPTY, EXPECTATION_ALREADY_MET, EXPECTATION_WAIVED.',
  })
  shareReport(@Args('input') input: ShareReportInput, @Context() { actor }: RequestContext): Promise<Answer> {
    return this.writing.share(actor, input);
  }
}
