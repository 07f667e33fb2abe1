import { Args, Context, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Requires } from '../../platform/access/requires.js';
import type { RequestContext } from '../../platform/api/request-context.js';
import type { Answer } from '../../platform/idempotency/mutations.service.js';
import type { NarrativeReport, ReportVersion } from '../reports/narrative-report.entity.js';
import { NarrativeReportType, NarrativeReportVersionType } from '../reports/narrative-report.type.js';
import type { ReportShare } from '../shares/report-share.entity.js';
import { ReportShareType } from '../shares/report-share.type.js';
import type { ReportAttachmentRow, ShareAttachmentRow } from './attachment.entity.js';
import { AttachmentLinks } from './attachment-links.service.js';
import {
  RemoveAttachmentPayload,
  ReportAttachmentType,
  SetAttachmentVisibilityPayload,
  ShareAttachmentType,
  URL_FIELD,
} from './attachment.type.js';
import { RemoveAttachmentInput, SetAttachmentVisibilityInput } from './attachments.inputs.js';
import { attachmentsByReport, attachmentsByShare } from './attachments.loaders.js';
import { MOST_ATTACHMENTS, isInVersion } from './attachments.rules.js';
import { ReportAttachments } from './report-attachments.service.js';

@Resolver(() => NarrativeReportType)
export class AttachmentsOfReportResolver {
  constructor(private readonly service: ReportAttachments) {}

  @ResolveField(() => [ReportAttachmentType], {
    description: `Its files, in the order they came: at most ${MOST_ATTACHMENTS}. They are added with \`POST /v1/reports/{id}/attachments\`.`,
  })
  async attachments(
    @Parent() { id }: NarrativeReport,
    @Context() context: RequestContext,
  ): Promise<ReportAttachmentRow[]> {
    return ((await context.load(attachmentsByReport, id)) ?? []).filter(({ removedIn }) => removedIn === null);
  }

  @Requires('GRANTEE')
  @Mutation(() => RemoveAttachmentPayload, {
    description:
      'Takes a file off a report. Of a draft it is gone for good; a submitted report gets a new version without it, and the versions and shares before keep it. Errors: NOT_FOUND.',
  })
  removeAttachment(@Args('input') input: RemoveAttachmentInput, @Context() { actor }: RequestContext): Promise<Answer> {
    return this.service.remove(actor, input);
  }

  @Requires('GRANTEE')
  @Mutation(() => SetAttachmentVisibilityPayload, {
    description:
      'Whether shares include a file, like a section. A submitted report gets a new version, in which the file has another id. Errors: NOT_FOUND.',
  })
  setAttachmentVisibility(
    @Args('input') input: SetAttachmentVisibilityInput,
    @Context() { actor }: RequestContext,
  ): Promise<Answer> {
    return this.service.setVisibility(actor, input);
  }
}

@Resolver(() => NarrativeReportVersionType)
export class AttachmentsOfVersionResolver {
  @ResolveField(() => [ReportAttachmentType], { description: 'The files it had.' })
  async attachments(
    @Parent() { reportId, number }: ReportVersion,
    @Context() context: RequestContext,
  ): Promise<ReportAttachmentRow[]> {
    const ever = (await context.load(attachmentsByReport, reportId)) ?? [];
    return ever.filter((attachment) => isInVersion(attachment, number));
  }
}

@Resolver(() => ReportShareType)
export class AttachmentsOfShareResolver {
  @ResolveField(() => [ShareAttachmentType], { description: 'The visible files, as they were when it was shared.' })
  async attachments(@Parent() { id }: ReportShare, @Context() context: RequestContext): Promise<ShareAttachmentRow[]> {
    return (await context.load(attachmentsByShare, id)) ?? [];
  }
}

@Resolver(() => ReportAttachmentType)
export class LinkOfAttachmentResolver {
  constructor(private readonly links: AttachmentLinks) {}

  @ResolveField(() => String, URL_FIELD)
  url(@Parent() attachment: ReportAttachmentRow): string {
    return this.links.ofReport(attachment);
  }
}

@Resolver(() => ShareAttachmentType)
export class LinkOfShareAttachmentResolver {
  constructor(private readonly links: AttachmentLinks) {}

  @ResolveField(() => String, URL_FIELD)
  url(@Parent() attachment: ShareAttachmentRow, @Context() { actor }: RequestContext): string {
    return this.links.ofShare(actor, attachment);
  }
}
