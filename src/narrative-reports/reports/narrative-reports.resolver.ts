import { Args, Context, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Public, Requires } from '../../platform/access/requires.js';
import { ConnectionArgs } from '../../platform/api/connection.js';
import { loadById } from '../../platform/api/loader.js';
import type { Page } from '../../platform/api/page.js';
import type { RequestContext } from '../../platform/api/request-context.js';
import type { Answer } from '../../platform/idempotency/mutations.service.js';
import {
  CorrectReportPayload,
  DeleteDraftReportPayload,
  DraftReportPayload,
  NarrativeReportConnection,
  NarrativeReportType,
  NarrativeReportVersionConnection,
  ReportPrompt,
  SaveReportSectionPayload,
  ShareReportPayload,
  SubmitReportPayload,
} from './narrative-report.type.js';
import {
  CorrectReportInput,
  DeleteDraftReportInput,
  DraftReportInput,
  NarrativeReportsArgs,
  SaveReportSectionInput,
  ShareReportInput,
  SubmitReportInput,
} from './narrative-reports.inputs.js';
import { reportById } from './narrative-reports.loaders.js';
import { NarrativeReports } from './narrative-reports.service.js';
import type { NarrativeReport, ReportVersion } from './narrative-report.entity.js';
import type { Prompt } from '../prompts/prompts.rules.js';
import { ReportSubmission } from '../writing/report-submission.service.js';
import { ReportWriting } from '../writing/report-writing.service.js';

@Resolver(() => NarrativeReportType)
export class NarrativeReportsResolver {
  constructor(
    private readonly reports: NarrativeReports,
    private readonly writing: ReportWriting,
    private readonly submission: ReportSubmission,
  ) {}

  @Public()
  @Query(() => [ReportPrompt], {
    description:
      "The report form: the default prompts, FREE_TEXT, and a funder's own. Readable without a key, so that a portal can show the whole form first.",
  })
  reportPrompts(
    @Args('funder', { type: () => ID, nullable: true, description: "Whose own prompts to add to everybody's." })
    funder: string | null,
    @Context() context: RequestContext,
  ): Promise<Prompt[]> {
    return this.reports.prompts(context, funder ?? null);
  }

  @Requires('GRANTEE')
  @Query(() => NarrativeReportType, {
    nullable: true,
    description: 'One of your own reports. A funder reads what was shared with it: see `reportShare`.',
  })
  narrativeReport(
    @Args('id', { type: () => ID }) id: string,
    @Context() context: RequestContext,
  ): Promise<NarrativeReport | null> {
    return loadById(context, reportById, 'report', id);
  }

  @Requires('GRANTEE')
  @Query(() => NarrativeReportConnection, {
    name: 'narrativeReports',
    description: 'Your own reports, newest first. A funder reads what was shared with it: see `reportShares`.',
  })
  list(
    @Args() list: NarrativeReportsArgs,
    @Context() { actor, reader }: RequestContext,
  ): Promise<Page<NarrativeReport>> {
    return this.reports.list(actor, reader, list);
  }

  @ResolveField(() => NarrativeReportVersionConnection, {
    description: 'Every text it was submitted or corrected to, the newest first; none for a draft.',
  })
  versions(
    @Parent() { id }: NarrativeReport,
    @Args() page: ConnectionArgs,
    @Context() context: RequestContext,
  ): Promise<Page<ReportVersion> | null> {
    return this.reports.versions(context, id, page);
  }

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
      'Submits a draft, or a whole report at once, and shares it with any number of funders. Errors: REPORT_EMPTY, UNKNOWN_PROMPT, REPORT_TOO_LARGE, NOT_FOUND, NOT_SHAREABLE, EXPECTATION_ALREADY_MET, EXPECTATION_WAIVED, STALE_VERSION, ACTION_NOT_ALLOWED; SUBMISSION_DIFFERS beside the first report.',
  })
  submitReport(@Args('input') input: SubmitReportInput, @Context() { actor }: RequestContext): Promise<Answer> {
    return this.submission.submit(actor, input);
  }

  @Requires('GRANTEE')
  @Mutation(() => CorrectReportPayload, {
    description:
      'Makes a new version of a submitted report. What was shared before stays as it was. Errors: NOT_FOUND, STALE_VERSION, ACTION_NOT_ALLOWED, UNKNOWN_PROMPT, REPORT_EMPTY, REPORT_TOO_LARGE.',
  })
  correctReport(@Args('input') input: CorrectReportInput, @Context() { actor }: RequestContext): Promise<Answer> {
    return this.writing.correct(actor, input);
  }

  @Requires('GRANTEE')
  @Mutation(() => ShareReportPayload, {
    description:
      'Gives the funders of these agreements a copy of the visible sections, all of them or none. Errors: NOT_FOUND, NOT_SHAREABLE, ALREADY_SHARED, REPORT_EMPTY, EXPECTATION_ALREADY_MET, EXPECTATION_WAIVED.',
  })
  shareReport(@Args('input') input: ShareReportInput, @Context() { actor }: RequestContext): Promise<Answer> {
    return this.writing.share(actor, input);
  }
}
