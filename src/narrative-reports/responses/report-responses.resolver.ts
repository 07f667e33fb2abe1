import { Args, Context, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { FunderType } from '../../funders/funder.type.js';
import type { DutyRecord } from '../../funders/records/duty-record.type.js';
import { DutyRecordType } from '../../funders/records/duty-record.type.js';
import { Requires } from '../../platform/access/requires.js';
import { ConnectionArgs } from '../../platform/api/connection.js';
import type { Page } from '../../platform/api/page.js';
import type { RequestContext } from '../../platform/api/request-context.js';
import type { Answer } from '../../platform/idempotency/mutations.service.js';
import type { ReportResponseRow } from '../shares/report-share.entity.js';
import { ReportResponseType } from '../shares/report-share.type.js';
import {
  RateReportResponseInput,
  ReplyToReportResponseInput,
  RespondToReportInput,
} from './report-responses.inputs.js';
import { ratingByShare } from './report-responses.loaders.js';
import { ReportResponses } from './report-responses.service.js';
import {
  RateReportResponsePayload,
  ReplyToReportResponsePayload,
  ReportReplyConnection,
  RespondToReportPayload,
} from './report-responses.type.js';
import type { ReportReplyRow } from './report-talk.entity.js';
import { ResponseRecord } from './response-record.service.js';

@Resolver(() => ReportResponseType)
export class ReportResponsesResolver {
  constructor(private readonly responses: ReportResponses) {}

  @Requires('FUNDER')
  @Mutation(() => RespondToReportPayload, {
    description:
      'Answers a report that was shared with you, once. There is no approval, score or rejection. Errors: NOT_FOUND, SHARE_ALREADY_ANSWERED, TEXT_TOO_SHORT.',
  })
  respondToReport(@Args('input') input: RespondToReportInput, @Context() { actor }: RequestContext): Promise<Answer> {
    return this.responses.respond(actor, input);
  }

  @Requires('FUNDER', 'GRANTEE')
  @Mutation(() => ReplyToReportResponsePayload, {
    description:
      'Goes on from an answer, at most 200 times. Both sides may: the grantee replies, and the funder to that. Errors: NOT_FOUND, ACTION_NOT_ALLOWED (not answered yet), TOO_MANY_ITEMS.',
  })
  replyToReportResponse(
    @Args('input') input: ReplyToReportResponseInput,
    @Context() { actor }: RequestContext,
  ): Promise<Answer> {
    return this.responses.reply(actor, input);
  }

  @Requires('GRANTEE')
  @Mutation(() => RateReportResponsePayload, {
    description:
      'Says whether an answer helped; who thinks again says it again, and the last word counts. Errors: NOT_FOUND, ACTION_NOT_ALLOWED (not answered yet), TOO_MANY_ITEMS.',
  })
  rateReportResponse(
    @Args('input') input: RateReportResponseInput,
    @Context() { actor }: RequestContext,
  ): Promise<Answer> {
    return this.responses.rate(actor, input);
  }

  @ResolveField(() => Boolean, {
    nullable: true,
    description: "Whether it helped, in the grantee's last word; null until it says so.",
  })
  async helped(@Parent() { shareId }: ReportResponseRow, @Context() context: RequestContext): Promise<boolean | null> {
    return (await context.load(ratingByShare, shareId))?.helped ?? null;
  }

  @ResolveField(() => ReportReplyConnection, { description: 'What was said after it, in its order.' })
  replies(
    @Parent() { shareId }: ReportResponseRow,
    @Args() page: ConnectionArgs,
    @Context() context: RequestContext,
  ): Promise<Page<ReportReplyRow> | null> {
    return this.responses.replies(context, shareId, page);
  }
}

/** `Funder.responseRecord`. */
@Resolver(() => FunderType)
export class FunderResponseRecordResolver {
  constructor(private readonly record: ResponseRecord) {}

  @ResolveField(() => DutyRecordType, { description: 'How it answers the reports that grantees share with it.' })
  responseRecord(@Parent() { id }: { readonly id: string }, @Context() context: RequestContext): Promise<DutyRecord> {
    return this.record.of(context, id);
  }
}
